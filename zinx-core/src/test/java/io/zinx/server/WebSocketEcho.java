package io.zinx.server;

import java.io.IOException;
import java.util.List;

import io.zinx.link.WebSocketSettings;
import io.zinx.routing.RouteRegistry;
import io.zinx.testing.ChildJvm;

/**
 * An echo server for WebSocket clients in a process of its own, with {@code --deflate}
 * one that compresses: prints its port, and ends when its input does.
 */
final class WebSocketEcho {

	private WebSocketEcho() {
	}

	public static void main(String[] args) throws IOException {
		RouteRegistry routes = new RouteRegistry();
		routes.add(1, (request) -> request.reply(1, request.body()));
		ServerConfig config = ServerConfig.builder()
			.host("127.0.0.1")
			.port(-1)
			.maxPacketSize(65_535)
			.webSocket(settings(List.of(args).contains("--deflate")))
			.build();
		ZinxServer server = ZinxServer.builder(config).routes(routes).build();
		server.start();
		ChildJvm.print("port " + server.webSocketPort());
		while (System.in.read() >= 0) {
			Thread.onSpinWait();
		}
		server.stop();
	}

	private static WebSocketSettings settings(boolean deflate) {
		return WebSocketSettings.onPort(0).withCompression(deflate);
	}

}

package io.zinx.server;

import java.io.IOException;

import io.zinx.dispatch.WorkerMode;
import io.zinx.routing.RouteRegistry;
import io.zinx.testing.ChildJvm;

/**
 * A server in a JVM of its own, with default bounds. Message 1 is an echo, message 2 asks
 * for much. It prints its port, and ends with its input.
 */
final class SmallMemoryServer {

	/** The bytes of the reply to message 2. */
	static final int MUCH = 900 * 1024;

	private SmallMemoryServer() {
	}

	/**
	 * Run until the input ends.
	 * @param args the mode
	 * @throws IOException if the output breaks
	 */
	public static void main(String[] args) throws IOException {
		RouteRegistry routes = new RouteRegistry();
		routes.add(1, (request) -> request.reply(1, request.body()));
		routes.add(2, (request) -> request.reply(2, new byte[MUCH]));
		ServerConfig config = ServerConfig.builder()
			.host("127.0.0.1")
			.port(0)
			.eventLoops(2)
			.workerMode(WorkerMode.valueOf(args[0]))
			.build();
		ZinxServer server = ZinxServer.builder(config).routes(routes).build();
		server.start();
		ChildJvm.print("" + server.port());
		while (System.in.read() >= 0) {
			// The test is not over.
		}
		server.stop();
	}

}

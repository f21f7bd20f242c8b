package io.zinx.bench;

import java.util.Locale;

import io.zinx.dispatch.WorkerMode;
import io.zinx.server.ServerConfig;
import io.zinx.server.ServerConfigBuilder;
import io.zinx.server.ZinxServer;

/**
 * An echo server to be measured: {@code PORT event-loop|hash [WORKERS]}. Runs until it is
 * killed.
 */
public final class EchoServer {

	private static final int MAX_PACKET_SIZE = 64 * 1024;

	private EchoServer() {
	}

	/**
	 * Start the server.
	 * @param args the port, the worker mode and the number of workers
	 */
	public static void main(String[] args) {
		ServerConfigBuilder config = ServerConfig.builder()
			.name("echo")
			.host("127.0.0.1")
			.port(Integer.parseInt(args[0]))
			.eventLoops(1)
			.maxPacketSize(MAX_PACKET_SIZE)
			.workerMode(WorkerMode.valueOf(args[1].toUpperCase(Locale.ROOT).replace('-', '_')));
		if (args.length > 2) {
			config.workerPoolSize(Integer.parseInt(args[2]));
		}
		new ZinxServer(config.build()).router(1, (request) -> request.reply(1, request.body())).start();
	}

}

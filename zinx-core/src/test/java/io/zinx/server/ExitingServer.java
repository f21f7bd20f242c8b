package io.zinx.server;

import java.time.Duration;

import io.zinx.testing.SocketClient;

/**
 * A process whose router ends the JVM, which has a shutdown hook that stops the server.
 */
final class ExitingServer {

	static final int STATUS = 7;

	private ExitingServer() {
	}

	/**
	 * Run it.
	 * @param args the name of a {@link Setup}
	 */
	public static void main(String[] args) {
		ServerConfigBuilder config = Setup.valueOf(args[0]).config().eventLoops(2).gracePeriod(Duration.ofMinutes(10));
		ZinxServer server = new ZinxServer(config.host("127.0.0.1").port(0).build());
		server.router(1, (request) -> request.reply(1, request.body()));
		server.router(2, (request) -> System.exit(STATUS));
		Runtime.getRuntime().addShutdownHook(new Thread(server::stop));
		server.start();
		try (SocketClient other = SocketClient.connect(server.port());
				SocketClient caller = SocketClient.connect(server.port())) {
			other.send(1, "hello").receive();
			caller.send(2, "");
			caller.receiveOrEnd();
			other.receiveOrEnd();
		}
	}

}

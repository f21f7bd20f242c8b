package io.zinx.bench;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.zinx.bench.load.LoadClient;
import io.zinx.connection.ConnManager;
import io.zinx.dispatch.WorkerMode;
import io.zinx.heartbeat.HeartbeatMode;
import io.zinx.heartbeat.HeartbeatSettings;
import io.zinx.link.TlsSettings;
import io.zinx.link.WebSocketSettings;
import io.zinx.metrics.ServerMetrics;
import io.zinx.routing.Router;
import io.zinx.server.ServerConfig;
import io.zinx.server.ServerConfigBuilder;
import io.zinx.server.ZinxServer;

/**
 * An echo server to be measured: {@code PORT MODE [WORKERS]}, where the mode is one of
 * {@link WorkerMode}. Heartbeats are checked, limits and counting are on. Runs until it
 * is killed. System properties:
 * <ul>
 * <li>{@code zinx.bench.loops}: event loops, 1 by default;
 * <li>{@code zinx.bench.counting}: {@code false} to count no messages and bytes of the
 * server;
 * <li>{@code zinx.bench.body}: {@code request}, the default, to send the body back as it
 * lies in the request; {@code array} to ask for an array of it;
 * <li>{@code zinx.bench.tls}: a {@link TlsKeyStore} to encrypt with;
 * <li>{@code zinx.bench.ws}: {@code true} to accept WebSocket connections, too.
 * </ul>
 */
public final class EchoServer {

	/** Far longer than a measurement. */
	static final Duration HEARTBEAT_TIMEOUT = Duration.ofMinutes(10);

	static final int MAX_PACKET_SIZE = 64 * 1024;

	/** More than any load makes, as the server written by hand has no limit. */
	private static final int MAX_CONN = 100_000;

	private EchoServer() {
	}

	/**
	 * Start the server.
	 * @param args the port, the worker mode and the number of workers
	 */
	public static void main(String[] args) {
		ServerConfig config = config(args);
		ZinxServer server = newServer(config);
		server.router(LoadClient.ECHO, echo())
			.router(LoadClient.BROADCAST, broadcast(server.connManager()))
			.router(LoadClient.SLEEP, Waiting.sleep())
			.router(LoadClient.READ, Waiting.read())
			.router(LoadClient.QUERY, Waiting.query())
			.router(LoadClient.COMPUTE, compute())
			.start();
		ServerControl.listen();
	}

	static ServerConfig config(String[] args) {
		ServerConfigBuilder config = ServerConfig.builder()
			.name("echo")
			.host("127.0.0.1")
			.port(Integer.parseInt(args[0]))
			.eventLoops(Integer.getInteger("zinx.bench.loops", 1))
			.maxConn(MAX_CONN)
			.maxPacketSize(MAX_PACKET_SIZE)
			.heartbeat(HeartbeatSettings.builder(HeartbeatMode.CHECK_ONLY).timeout(HEARTBEAT_TIMEOUT).build())
			.workerMode(Modes.parse(args[1]));
		if (args.length > 2) {
			config.workerPoolSize(Integer.parseInt(args[2]));
		}
		TlsKeyStore keys = TlsKeyStore.given();
		if (keys != null) {
			config.tls(TlsSettings.of(keys.serverContext()));
		}
		if (WebSockets.given()) {
			config.webSocket(WebSocketSettings.onSamePort());
		}
		return config.build();
	}

	private static ZinxServer newServer(ServerConfig config) {
		boolean counting = !"false".equals(System.getProperty("zinx.bench.counting"));
		ServerMetrics metrics = counting ? new ServerMetrics() : ServerMetrics.withoutTraffic();
		return ZinxServer.builder(config).connManager(new ConnManager(config::maxConn, metrics)).build();
	}

	static Router broadcast(ConnManager connections) {
		return (request) -> connections.broadcast(LoadClient.PUSHED, request.body());
	}

	/**
	 * Computes for as many microseconds as the body has bytes, and sends it back.
	 */
	static Router compute() {
		return (request) -> {
			long end = System.nanoTime() + TimeUnit.MICROSECONDS.toNanos(request.bodyLength());
			while (System.nanoTime() - end < 0) {
				Thread.onSpinWait();
			}
			request.reply(request.msgId(), request);
		};
	}

	static Router echo() {
		return "array".equals(System.getProperty("zinx.bench.body"))
				? (request) -> request.reply(LoadClient.ECHO, request.body())
				: (request) -> request.reply(LoadClient.ECHO, request);
	}

}

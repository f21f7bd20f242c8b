package io.zinx.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

import io.lettuce.core.RedisURI;
import io.zinx.cluster.Backplane;
import io.zinx.cluster.redis.RedisBackplane;
import io.zinx.cluster.redis.RedisBackplaneSettings;

/**
 * A Redis in a process of its own, without persistence, which ends with this object and
 * with this process.
 */
final class RedisServer implements AutoCloseable {

	private static final long START_TIMEOUT = TimeUnit.SECONDS.toNanos(10);

	private static final String TOPICS = "pubsub_channels:";

	private final int port;

	private final Process process;

	private RedisServer(int port, Process process) {
		this.port = port;
		this.process = process;
		Runtime.getRuntime().addShutdownHook(new Thread(this::close, "stop-redis"));
	}

	static RedisServer start() throws IOException {
		int port = freePort();
		Process process = new ProcessBuilder("redis-server", "--port", String.valueOf(port), "--bind", "127.0.0.1",
				"--save", "", "--appendonly", "no")
			.redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.start();
		RedisServer redis = new RedisServer(port, process);
		long start = System.nanoTime();
		while (!redis.answers()) {
			if (!process.isAlive() || System.nanoTime() - start > START_TIMEOUT) {
				throw new IOException("redis-server does not start");
			}
			Pushing.pause();
		}
		return redis;
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

	/**
	 * A backplane through a Redis on this machine.
	 */
	static Backplane backplane(int port) {
		return new RedisBackplane(RedisBackplaneSettings.of(RedisURI.create("redis://127.0.0.1:" + port)));
	}

	private boolean answers() {
		try {
			return command("PING").equals("+PONG");
		}
		catch (IOException ex) {
			return false;
		}
	}

	/**
	 * Send a command of words without blanks.
	 * @return the first line of the answer
	 */
	String command(String command) throws IOException {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
			socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.UTF_8));
			String line = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
				.readLine();
			if (line == null || line.startsWith("-")) {
				throw new IOException(command + ": " + line);
			}
			return line;
		}
	}

	/**
	 * The number of topics that somebody has subscribed to.
	 */
	long topics() throws IOException {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
			socket.getOutputStream().write("INFO stats\r\n".getBytes(StandardCharsets.UTF_8));
			BufferedReader in = new BufferedReader(
					new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
			String line = in.readLine();
			while (line != null) {
				if (line.startsWith(TOPICS)) {
					return Long.parseLong(line.substring(TOPICS.length()).strip());
				}
				line = in.readLine();
			}
			throw new IOException("Redis does not tell the number of topics");
		}
	}

	int port() {
		return this.port;
	}

	Process process() {
		return this.process;
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
	}

}

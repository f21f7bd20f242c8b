package io.zinx.it.cluster;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;

/**
 * A Redis in a process of its own, on the same port whenever it is started, without
 * persistence. It ends with this process, but for a kill.
 */
final class Redis implements AutoCloseable {

	private static final long START_TIMEOUT = TimeUnit.SECONDS.toNanos(10);

	private static final int READ_MILLIS = 5000;

	private final File log;

	private final int port;

	private @Nullable Process process;

	Redis(File log) throws IOException {
		this.log = log;
		this.port = freePort();
		Runtime.getRuntime().addShutdownHook(new Thread(this::close, "stop-redis"));
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

	int port() {
		return this.port;
	}

	/**
	 * Start it; returns when it answers.
	 */
	void start() throws IOException {
		Process started = new ProcessBuilder("redis-server", "--port", String.valueOf(this.port), "--bind", "127.0.0.1",
				"--save", "", "--appendonly", "no", "--dir", this.log.getAbsoluteFile().getParent())
			.redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.appendTo(this.log))
			.start();
		this.process = started;
		long start = System.nanoTime();
		while (!answers()) {
			if (!started.isAlive() || System.nanoTime() - start > START_TIMEOUT) {
				throw new IOException("redis-server does not start, see " + this.log);
			}
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
		}
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
		try (Socket socket = new Socket()) {
			socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), this.port), READ_MILLIS);
			socket.setSoTimeout(READ_MILLIS);
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
	 * Send a signal.
	 * @param name for example {@code STOP}
	 */
	void signal(String name) throws IOException {
		Process running = this.process;
		if (running != null) {
			Processes.signal(running, name);
		}
	}

	/**
	 * Kill it with -9.
	 */
	void kill() {
		Process running = this.process;
		if (running != null) {
			running.destroyForcibly();
		}
	}

	@Override
	public void close() {
		kill();
	}

}

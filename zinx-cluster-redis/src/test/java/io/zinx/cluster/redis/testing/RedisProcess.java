package io.zinx.cluster.redis.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * A {@code redis-server} on a free port of the loopback interface, without persistence,
 * in a directory of its own. One thread.
 */
public final class RedisProcess implements AutoCloseable {

	private final Path binary;

	private final Path directory;

	private final List<String> arguments;

	private final int port;

	private final @Nullable String password;

	private @Nullable Process process;

	private @Nullable Thread hook;

	RedisProcess(Path binary, Path directory, int port, List<String> arguments, @Nullable String password) {
		this.binary = binary;
		this.directory = directory;
		this.port = port;
		this.arguments = arguments;
		this.password = password;
		launch();
	}

	/**
	 * Start a server and wait until it answers.
	 * @param options options of the command line, for example {@code --maxclients 10}
	 * @return the server
	 */
	public static RedisProcess start(String... options) {
		return start(null, options);
	}

	/**
	 * Start a server with a password and wait until it answers.
	 * @param password the password, {@code null} for none
	 * @param options options of the command line
	 * @return the server
	 */
	public static RedisProcess start(@Nullable String password, String[] options) {
		Path binary = RedisBinary.require(RedisBinary.SERVER);
		int port = freePort();
		List<String> arguments = new ArrayList<>(List.of("--port", String.valueOf(port), "--bind", "127.0.0.1",
				"--save", "", "--appendonly", "no", "--daemonize", "no"));
		if (password != null) {
			arguments.addAll(List.of("--requirepass", password));
		}
		arguments.addAll(List.of(options));
		return new RedisProcess(binary, newDirectory(), port, arguments, password);
	}

	static Path newDirectory() {
		try {
			return Files.createTempDirectory("zinx-redis");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Look for a port that is free now.
	 * @return the port
	 */
	public static int freePort() {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void launch() {
		List<String> command = new ArrayList<>(List.of(this.binary.toString()));
		command.addAll(this.arguments);
		try {
			Process started = new ProcessBuilder(command).directory(this.directory.toFile())
				.redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.appendTo(this.directory.resolve("log").toFile()))
				.start();
			this.process = started;
			this.hook = new Thread(started::destroyForcibly);
			Runtime.getRuntime().addShutdownHook(this.hook);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		Awaitility.await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(10)).until(this::answers);
	}

	private boolean answers() {
		if (!running().isAlive()) {
			throw new IllegalStateException("redis-server has ended: " + log());
		}
		try {
			return command("PING").equals("PONG");
		}
		catch (UncheckedIOException | IllegalStateException ex) {
			return false;
		}
	}

	/**
	 * The log of the server.
	 * @return the text
	 */
	public String log() {
		try {
			return Files.readString(this.directory.resolve("log"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * The port of the server, the same after a restart.
	 * @return the port
	 */
	public int port() {
		return this.port;
	}

	/**
	 * The URI of the server.
	 * @return the URI with the password, if there is one
	 */
	public String uri() {
		return "redis://" + ((this.password != null) ? ":" + this.password + "@" : "") + "127.0.0.1:" + this.port;
	}

	/**
	 * Send a command through a connection of its own.
	 * @param words the command
	 * @return the reply; arrays as one line for each element
	 * @throws IllegalStateException if it is an error
	 */
	public String command(String... words) {
		return commandAs(this.password, words);
	}

	/**
	 * Send a command through a connection of its own.
	 * @param password the password to log in with, {@code null} for none
	 * @param words the command
	 * @return the reply; arrays as one line for each element
	 * @throws IllegalStateException if it is an error
	 */
	public String commandAs(@Nullable String password, String... words) {
		try (RespClient client = new RespClient(this.port)) {
			if (password != null) {
				client.send("AUTH", password);
			}
			return client.send(words);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Kill the server with signal 9, and wait until it has ended.
	 */
	public void kill() {
		Process killed = running();
		killed.destroyForcibly();
		await(killed);
	}

	/**
	 * Start the server again after a kill, on the same port, and wait until it answers.
	 */
	public void restart() {
		removeHook();
		launch();
	}

	/**
	 * Stop the server with signal SIGSTOP: its connections stay open and nothing is
	 * answered.
	 */
	public void pause() {
		signal("STOP");
	}

	/**
	 * Let a paused server continue.
	 */
	public void resume() {
		signal("CONT");
	}

	private void signal(String name) {
		try {
			Process kill = new ProcessBuilder("kill", "-" + name, String.valueOf(running().pid())).start();
			await(kill);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private Process running() {
		Process running = this.process;
		if (running == null) {
			throw new IllegalStateException("Closed");
		}
		return running;
	}

	private static void await(Process process) {
		try {
			if (!process.waitFor(10, TimeUnit.SECONDS)) {
				throw new IllegalStateException("Process " + process.pid() + " does not end");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void removeHook() {
		if (this.hook != null) {
			Runtime.getRuntime().removeShutdownHook(this.hook);
			this.hook = null;
		}
	}

	@Override
	public void close() {
		if (this.process == null) {
			return;
		}
		kill();
		removeHook();
		this.process = null;
		try (Stream<Path> files = Files.walk(this.directory)) {
			for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
				Files.deleteIfExists(file);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}

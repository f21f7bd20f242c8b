package io.zinx.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * A server in a process of its own, which ends with this object and with this process,
 * however that ends, because the server reads its standard input from here.
 */
final class ServerProcess implements AutoCloseable {

	private static final long START_TIMEOUT = TimeUnit.SECONDS.toNanos(60);

	private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

	private static final double NANOS_PER_SECOND = 1e9;

	private static final int FIRST_PORT = 20_000;

	private static final int FIRST_CLIENT_PORT = 32_768;

	private static final int PORT_ATTEMPTS = 100;

	private static final Set<Integer> givenPorts = ConcurrentHashMap.newKeySet();

	private final Contender contender;

	private final int port;

	private final Process process;

	private final BufferedReader output;

	private ServerProcess(Contender contender, int port, Process process) {
		this.contender = contender;
		this.port = port;
		this.process = process;
		this.output = process.inputReader(StandardCharsets.UTF_8);
	}

	/**
	 * Start a server.
	 * @param contender which one
	 * @param processors where
	 * @param jvmArguments for its JVM
	 */
	static ServerProcess start(Contender contender, Processors processors, List<String> jvmArguments)
			throws IOException {
		int port = freePort();
		List<String> command = processors.prefix();
		command.add(System.getProperty("java.home") + "/bin/java");
		command.add("-Xmx512m");
		command.add("-Dzinx.bench.control=true");
		command.add(CompareOptions.LOOPS + processors.loops());
		command.addAll(jvmArguments);
		command.addAll(List.of("-cp", System.getProperty("java.class.path"), contender.main().getName()));
		command.add(String.valueOf(port));
		command.addAll(contender.arguments());
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
		return new ServerProcess(contender, port, builder.start());
	}

	/**
	 * A port that no server before was given, which may not listen there yet. None of
	 * those that Linux gives to clients, of which one could come before the server.
	 */
	private static int freePort() throws IOException {
		for (int attempt = 0; attempt < PORT_ATTEMPTS; attempt++) {
			int port = ThreadLocalRandom.current().nextInt(FIRST_PORT, FIRST_CLIENT_PORT);
			if (isFree(port) && givenPorts.add(port)) {
				return port;
			}
		}
		throw new IOException("No port from " + FIRST_PORT + " to " + (FIRST_CLIENT_PORT - 1) + " is free");
	}

	private static boolean isFree(int port) {
		try (ServerSocket socket = new ServerSocket(port)) {
			return socket.isBound();
		}
		catch (IOException ex) {
			return false;
		}
	}

	/**
	 * Wait until it can be connected to.
	 * @throws IOException if it ends, or cannot be reached for a minute
	 */
	void awaitStarted() throws IOException {
		long start = System.nanoTime();
		while (!accepts()) {
			if (!this.process.isAlive()) {
				throw new IOException(
						this.contender.name() + " has ended at its start: " + this.output.lines().toList());
			}
			if (System.nanoTime() - start > START_TIMEOUT) {
				throw new IOException(this.contender.name() + " cannot be reached");
			}
			LockSupport.parkNanos(POLL_NANOS);
		}
	}

	private boolean accepts() {
		try (Socket socket = new Socket()) {
			socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), this.port),
					(int) Duration.ofSeconds(1).toMillis());
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

	Contender contender() {
		return this.contender;
	}

	int port() {
		return this.port;
	}

	/**
	 * The CPU time of the process.
	 * @return seconds, of all its threads
	 */
	double cpuSeconds() {
		return this.process.info()
			.totalCpuDuration()
			.map((duration) -> duration.toNanos() / NANOS_PER_SECOND)
			.orElse(Double.NaN);
	}

	/**
	 * The memory in use after a full collection: heap and Netty's direct memory.
	 * @return bytes
	 */
	long memory() throws IOException {
		return ask(ServerControl.MEMORY);
	}

	/**
	 * The number of its threads, except those of the compiler and the collector.
	 */
	long threads() throws IOException {
		return ask(ServerControl.THREADS);
	}

	/**
	 * Ask for numbers.
	 * @return their sum
	 */
	private long ask(String question) throws IOException {
		Writer input = this.process.outputWriter(StandardCharsets.UTF_8);
		input.write(question + "\n");
		input.flush();
		String line = this.output.readLine();
		while (line != null) {
			String[] words = line.split(" ", -1);
			if (words[0].equals(question)) {
				return Stream.of(words).skip(1).mapToLong(Long::parseLong).sum();
			}
			line = this.output.readLine();
		}
		throw new IOException(this.contender.name() + " has ended");
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
	}

}

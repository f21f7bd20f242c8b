package io.zinx.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The measured side of {@link Compare}: a server started with
 * {@code -Dzinx.bench.control=true} answers requests that come as lines on standard
 * input, and ends with it, so that it never outlives who has started it.
 */
final class ServerControl {

	/** Asks for what the server holds after a full collection. */
	static final String MEMORY = "memory";

	/** Asks how many threads there are. */
	static final String THREADS = "threads";

	private static final Logger report = LoggerFactory.getLogger("report");

	private static final int COLLECTIONS = 8;

	private ServerControl() {
	}

	/**
	 * Listen, on a thread of its own, if this process was started so.
	 */
	static void listen() {
		if (!Boolean.getBoolean("zinx.bench.control")) {
			return;
		}
		Thread thread = new Thread(ServerControl::answer, "control");
		thread.setDaemon(true);
		thread.start();
	}

	private static void answer() {
		try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
			String line = in.readLine();
			while (line != null) {
				if (MEMORY.equals(line)) {
					report.info("{} {} {}", MEMORY, heapAfterCollection(), direct());
				}
				else if (THREADS.equals(line)) {
					report.info("{} {}", THREADS, ManagementFactory.getThreadMXBean().getThreadCount());
				}
				line = in.readLine();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		finally {
			Runtime.getRuntime().halt(0);
		}
	}

	/**
	 * Several collections, because references are cleared by one and what they held is
	 * freed by the next. The least of what is used behind them, because a thread that has
	 * run meanwhile has taken a piece of the heap for what it will make, up to a
	 * megabyte, all of which counts as used.
	 */
	private static long heapAfterCollection() {
		long least = Long.MAX_VALUE;
		for (int i = 0; i < COLLECTIONS; i++) {
			ManagementFactory.getMemoryMXBean().gc();
			least = Math.min(least, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
		}
		return least;
	}

	private static long direct() {
		return (ByteBufAllocator.DEFAULT instanceof ByteBufAllocatorMetricProvider provider)
				? provider.metric().usedDirectMemory() : 0;
	}

}

package io.zinx.traffic;

import java.io.File;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * What is left when a server has stopped: it may reach a level, and must stay there.
 */
final class Residue {

	/** Rounds until the level is reached: each kind of server twice. */
	private static final int WARM = 2 * Combination.COUNT;

	private static final long MEGABYTE = 1024 * 1024;

	private int rounds;

	private long direct;

	private long heap;

	private long files;

	/**
	 * Look at what a round has left.
	 * @return what is too much
	 */
	List<String> check() {
		List<String> errors = new ArrayList<>();
		try {
			Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> threads().isEmpty());
		}
		catch (ConditionTimeoutException ex) {
			errors.add("Threads are left: " + threads());
		}
		long directNow = direct();
		long heapNow = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
		long filesNow = files();
		if (this.rounds++ < WARM) {
			this.direct = Math.max(this.direct, directNow);
			this.heap = Math.max(this.heap, heapNow);
			this.files = Math.max(this.files, filesNow);
			return errors;
		}
		check("direct memory", directNow, this.direct + this.direct / 2 + 8 * MEGABYTE, errors);
		check("heap", heapNow, this.heap + this.heap / 2 + 16 * MEGABYTE, errors);
		check("open files", filesNow, this.files + 10, errors);
		return errors;
	}

	private static void check(String what, long now, long most, List<String> errors) {
		if (now > most) {
			errors.add(what + " has grown to " + now + ", more than " + most);
		}
	}

	@Override
	public String toString() {
		return direct() / MEGABYTE + " MB direct, " + files() + " files";
	}

	private static List<String> threads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.map(Thread::getName)
			.filter((name) -> name.startsWith(Settings.NAME + "-"))
			.toList();
	}

	private static long direct() {
		return ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT).metric().usedDirectMemory();
	}

	private static long files() {
		String[] open = new File("/proc/self/fd").list();
		return (open != null) ? open.length : 0;
	}

}

package io.zinx.worker;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Threads that begin together.
 */
final class Crowd {

	private static final int SECONDS = 90;

	private Crowd() {
	}

	/**
	 * Let each of some threads do its part, and wait for all of them.
	 */
	static void run(int size, Member member) throws Exception {
		CyclicBarrier start = new CyclicBarrier(size);
		CompletableFuture<?>[] ends = IntStream.range(0, size)
			.mapToObj((number) -> CompletableFuture.runAsync(() -> act(start, member, number), (task) -> {
				Thread thread = new Thread(task, "member-" + number);
				thread.setDaemon(true);
				thread.start();
			}))
			.toArray(CompletableFuture[]::new);
		CompletableFuture.allOf(ends).get(SECONDS, TimeUnit.SECONDS);
	}

	private static void act(CyclicBarrier start, Member member, int number) {
		try {
			start.await();
			member.act(number);
		}
		catch (Exception ex) {
			throw new IllegalStateException("Member " + number, ex);
		}
	}

	interface Member {

		void act(int number) throws Exception;

	}

}

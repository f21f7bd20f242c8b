package io.zinx.connection;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

import io.zinx.metrics.ServerMetrics;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class InboundCounterTests {

	private static final long LAST = 20_000_000;

	private final Counted counter = new Counted();

	/**
	 * Who reads in a loop sees each value sooner or later, and none after a newer one.
	 */
	@Test
	void readersSeeTheNewestActivityAndNeverAnOlderOne() throws Exception {
		ExecutorService threads = Executors.newCachedThreadPool();
		List<CompletableFuture<Boolean>> readers = new ArrayList<>();
		for (LongSupplier value : List.<LongSupplier>of(this.counter::lastActiveNanos, this.counter::bytesIn,
				this.counter::messagesIn)) {
			readers.add(CompletableFuture.supplyAsync(() -> readUntilLast(value), threads));
		}
		try {
			for (long now = 1; now <= LAST; now++) {
				this.counter.countBytes(1, now);
				this.counter.countMessages(1, 0);
			}
			for (CompletableFuture<Boolean> reader : readers) {
				assertThat(inTime(reader)).as("in order").isTrue();
			}
		}
		finally {
			threads.shutdownNow();
		}
	}

	private boolean readUntilLast(LongSupplier value) {
		long before = 0;
		while (before < LAST) {
			long read = value.getAsLong();
			if (read < before) {
				return false;
			}
			before = read;
		}
		return true;
	}

	private static boolean inTime(CompletableFuture<Boolean> reader) throws InterruptedException, ExecutionException {
		try {
			return reader.get(60, TimeUnit.SECONDS);
		}
		catch (TimeoutException ex) {
			throw new AssertionError("A reader does not see what was written", ex);
		}
	}

	/**
	 * A connection that only counts.
	 */
	private static final class Counted extends InboundCounter {

		Counted() {
			super(new ServerMetrics().newTrafficCounter(), 0);
		}

		@Override
		public boolean isOpen() {
			return true;
		}

		@Override
		protected boolean decideKick() {
			throw new UnsupportedOperationException();
		}

		@Override
		protected void kicked() {
			throw new UnsupportedOperationException();
		}

	}

}

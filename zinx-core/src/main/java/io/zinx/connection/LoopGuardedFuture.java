package io.zinx.connection;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;

/**
 * A future that an event loop must not wait for, and the futures that depend on it.
 *
 * @param <T> the type of its value
 */
class LoopGuardedFuture<T extends @Nullable Object> extends CompletableFuture<T> {

	private final Writer writer;

	LoopGuardedFuture(Writer writer) {
		this.writer = writer;
	}

	@Override
	public <U extends @Nullable Object> CompletableFuture<U> newIncompleteFuture() {
		return new LoopGuardedFuture<>(this.writer);
	}

	@Override
	public T get() throws InterruptedException, ExecutionException {
		beforeWaiting();
		return super.get();
	}

	@Override
	public T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
		beforeWaiting();
		return super.get(timeout, unit);
	}

	@Override
	public T join() {
		beforeWaiting();
		return super.join();
	}

	private void beforeWaiting() {
		if (isDone()) {
			return;
		}
		if (this.writer.isOnEventLoop()) {
			throw new IllegalStateException("An event loop cannot wait for a message that an event loop writes: "
					+ "use whenComplete(), or wait on a worker or a thread of your own");
		}
		this.writer.writeSoon();
	}

	/**
	 * The writing side of a connection, as a waiting thread sees it. Any thread.
	 */
	interface Writer {

		/**
		 * True if the caller is an event loop, none of which may wait for another.
		 */
		boolean isOnEventLoop();

		/**
		 * Make the event loop write everything that waits.
		 */
		void writeSoon();

	}

}

package io.zinx.boot.test.client;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * The data that a client has received and that is not taken yet. The event loop adds
 * data, any thread takes it and waits for it.
 */
final class Inbound {

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition changed = this.lock.newCondition();

	private final ByteBuf bytes = Unpooled.buffer();

	private final CompletableFuture<ConnectionEnd> ended = new CompletableFuture<>();

	private @Nullable ConnectionEnd end;

	void add(ByteBuf received) {
		change(() -> {
			this.bytes.discardSomeReadBytes();
			this.bytes.writeBytes(received, received.readerIndex(), received.readableBytes());
		});
	}

	/**
	 * Record the end of the connection; only the first call has an effect.
	 */
	void end(ConnectionEnd how) {
		change(() -> this.end = (this.end != null) ? this.end : how);
		this.ended.complete(how);
	}

	CompletableFuture<ConnectionEnd> ended() {
		return this.ended;
	}

	private void change(Runnable change) {
		this.lock.lock();
		try {
			change.run();
			this.changed.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	@Nullable ConnectionEnd end() {
		this.lock.lock();
		try {
			return this.end;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Wait until data can be taken.
	 * @param timeout the maximum time to wait
	 * @param attempt takes data out of what was received, or returns {@code null} if it
	 * is not there
	 * @return the taken data; {@code null} if the time is over, or the connection has
	 * ended and it will never be there
	 */
	<T> @Nullable T take(Duration timeout, Function<ByteBuf, @Nullable T> attempt) {
		long left = timeout.toNanos();
		this.lock.lock();
		try {
			T taken = attempt.apply(this.bytes);
			while (taken == null && this.end == null && left > 0) {
				left = this.changed.awaitNanos(left);
				taken = attempt.apply(this.bytes);
			}
			return taken;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError("Interrupted while waiting for the server", ex);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Wait for the end of the connection.
	 * @param timeout the maximum time to wait
	 * @return how it ended, or {@code null} if it has not
	 */
	@Nullable ConnectionEnd awaitEnd(Duration timeout) {
		take(timeout, (received) -> null);
		return end();
	}

}

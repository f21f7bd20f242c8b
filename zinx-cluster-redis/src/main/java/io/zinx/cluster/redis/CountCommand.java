package io.zinx.cluster.redis;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.zinx.cluster.ClusterUnavailableException;
import org.jspecify.annotations.Nullable;

/**
 * A command that is answered with a number. Its reply may fail before Redis answers,
 * because its time is over; the command itself ends with the answer or with the
 * connection.
 */
final class CountCommand extends Command<String, byte[], Long> {

	private final CompletableFuture<Long> reply = new CompletableFuture<>();

	private final AtomicBoolean ended = new AtomicBoolean();

	private final long bytes;

	private final long deadline;

	private final PublishingConnection connection;

	private volatile boolean written;

	CountCommand(PublishingConnection connection, CommandType type, CommandArgs<String, byte[]> args, long bytes,
			long deadline) {
		super(type, new CountOutput(Codecs.TOPICS), args);
		this.connection = connection;
		this.bytes = bytes;
		this.deadline = deadline;
	}

	CompletableFuture<Long> reply() {
		return this.reply;
	}

	/**
	 * The bytes that are counted for it.
	 */
	long bytes() {
		return this.bytes;
	}

	/**
	 * The time when its reply fails, as {@link System#nanoTime()}.
	 */
	long deadline() {
		return this.deadline;
	}

	/**
	 * Note that it is given to the driver.
	 */
	void setWritten() {
		this.written = true;
	}

	boolean isWritten() {
		return this.written;
	}

	@Override
	public void complete() {
		super.complete();
		String error = getError();
		if (end()) {
			if (error != null) {
				this.reply.completeExceptionally(this.connection.refused(error));
			}
			else {
				this.reply.complete(get());
			}
		}
	}

	@Override
	public boolean completeExceptionally(Throwable cause) {
		super.completeExceptionally(cause);
		if (end()) {
			this.reply.completeExceptionally(new NoAnswerException("Redis has not answered", cause));
		}
		return true;
	}

	@Override
	public void cancel() {
		super.cancel();
		if (end()) {
			this.reply.completeExceptionally(new NoAnswerException("Redis has not answered", null));
		}
	}

	/**
	 * Give up a command that was not written.
	 */
	void drop(String message, @Nullable Throwable cause) {
		super.cancel();
		if (end()) {
			this.reply.completeExceptionally(new ClusterUnavailableException(message, cause));
		}
	}

	private boolean end() {
		boolean first = this.ended.compareAndSet(false, true);
		if (first) {
			this.connection.ended(this);
		}
		return first;
	}

}

package io.zinx.cluster.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandKeyword;
import io.lettuce.core.protocol.CommandType;
import io.zinx.cluster.ClusterUnavailableException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection that messages are published through. Commands wait until they are
 * flushed, and are written in the order of the calls. Any thread.
 */
final class PublishingConnection {

	private static final Logger logger = LoggerFactory.getLogger(PublishingConnection.class);

	/** The bytes that are counted for a command besides its topic and message. */
	private static final int OVERHEAD = 64;

	private final StatefulRedisConnection<String, byte[]> connection;

	private final RedisBackplaneSettings settings;

	private final Refusals refusals;

	private final LongSupplier nanoTime;

	/** The commands that were not written. */
	private final Queue<CountCommand> waiting = new ConcurrentLinkedQueue<>();

	/** The commands that were written; the answers come in the same order. */
	private final Queue<CountCommand> written = new ConcurrentLinkedQueue<>();

	private final AtomicInteger commands = new AtomicInteger();

	private final AtomicLong bytes = new AtomicLong();

	/** Above zero while one thread writes; the others leave it to that one. */
	private final AtomicInteger flushes = new AtomicInteger();

	private volatile @Nullable Throwable lost;

	PublishingConnection(StatefulRedisConnection<String, byte[]> connection, RedisBackplaneSettings settings,
			Refusals refusals, LongSupplier nanoTime) {
		this.connection = connection;
		this.settings = settings;
		this.refusals = refusals;
		this.nanoTime = nanoTime;
	}

	CompletableFuture<Long> publish(String topic, byte[] message) {
		return add(CommandType.PUBLISH, new CommandArgs<>(Codecs.TOPICS).addKey(topic).addValue(message),
				OVERHEAD + topic.length() + message.length);
	}

	CompletableFuture<Long> subscribers(String topic) {
		CompletableFuture<Long> reply = add(CommandType.PUBSUB,
				new CommandArgs<>(Codecs.TOPICS).add(CommandKeyword.NUMSUB).addKey(topic), OVERHEAD + topic.length());
		flush();
		return reply;
	}

	private CompletableFuture<Long> add(CommandType type, CommandArgs<String, byte[]> args, long size) {
		CountCommand command = new CountCommand(this, type, args, size,
				this.nanoTime.getAsLong() + this.settings.commandTimeout().toNanos());
		boolean fits = this.commands.incrementAndGet() <= this.settings.requestQueueSize();
		long before = this.bytes.getAndAdd(size);
		if (size > MessageLimit.LONGEST) {
			command.drop("A message must not have more than " + MessageLimit.LONGEST + " bytes", null);
			return command.reply();
		}
		if (!fits || (before > 0 && before + size > this.settings.maxUnanswered())) {
			command.drop("Redis has not answered " + before + " bytes of messages yet", null);
			return command.reply();
		}
		this.waiting.add(command);
		Throwable cause = this.lost;
		if (cause != null) {
			command.drop("Redis is away", cause);
		}
		return command.reply();
	}

	/**
	 * Write what waits. A call while another thread writes leaves it to that one, so that
	 * the order is kept and nobody waits.
	 */
	void flush() {
		if (this.flushes.getAndIncrement() != 0) {
			return;
		}
		int done = 1;
		do {
			writeAll();
			done = this.flushes.addAndGet(-done);
		}
		while (done != 0);
	}

	private void writeAll() {
		List<CountCommand> batch = new ArrayList<>();
		for (CountCommand next = this.waiting.poll(); next != null; next = this.waiting.poll()) {
			if (!next.isDone()) {
				next.setWritten();
				batch.add(next);
			}
		}
		if (batch.isEmpty()) {
			return;
		}
		this.written.addAll(batch);
		try {
			this.connection.dispatch(batch);
		}
		catch (RuntimeException ex) {
			batch.forEach((command) -> command.completeExceptionally(ex));
		}
		if (this.lost != null) {
			failWritten();
		}
	}

	/**
	 * Called when a command has ended, on the event loop unless it could not be written.
	 */
	void ended(CountCommand command) {
		this.commands.decrementAndGet();
		this.bytes.addAndGet(-command.bytes());
		if (command.isWritten()) {
			this.written.remove(command);
		}
	}

	/**
	 * The exception for an error reply.
	 */
	ClusterUnavailableException refused(String error) {
		return this.refusals.refused(error);
	}

	/**
	 * Fail the replies whose time is over.
	 * @return the nanoseconds until it has to be called again; negative if nothing waits
	 */
	long expire() {
		long now = this.nanoTime.getAsLong();
		for (CountCommand command : this.written) {
			if (command.deadline() - now > 0) {
				break;
			}
			command.reply().completeExceptionally(new NoAnswerException("Redis has not answered in time", null));
		}
		for (CountCommand next = this.waiting.peek(); next != null
				&& next.deadline() - now <= 0; next = this.waiting.peek()) {
			this.waiting.remove(next);
			next.drop("Not flushed in time", null);
		}
		return nextDeadline(now);
	}

	private long nextDeadline(long now) {
		long next = -1;
		for (CountCommand command : this.written) {
			if (!command.reply().isDone()) {
				next = Math.max(0, command.deadline() - now);
				break;
			}
		}
		CountCommand head = this.waiting.peek();
		if (head != null) {
			long until = Math.max(0, head.deadline() - now);
			next = (next < 0) ? until : Math.min(next, until);
		}
		return next;
	}

	/**
	 * Fail everything that is not answered, and all later commands.
	 */
	void fail(Throwable cause) {
		this.lost = cause;
		for (CountCommand next = this.waiting.poll(); next != null; next = this.waiting.poll()) {
			next.drop("Redis is away", cause);
		}
		failWritten();
	}

	private void failWritten() {
		Throwable cause = this.lost;
		for (CountCommand command : this.written) {
			command.completeExceptionally((cause != null) ? cause : new IllegalStateException());
		}
	}

	/**
	 * Write what waits, and wait for the answers.
	 * @param nanos the longest time to wait
	 */
	void drain(long nanos) {
		flush();
		List<CompletableFuture<Long>> replies = this.written.stream().map(CountCommand::reply).toList();
		try {
			CompletableFuture.allOf(replies.toArray(CompletableFuture[]::new)).get(nanos, TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (ExecutionException | TimeoutException ex) {
			logger.debug("Redis has not answered every message", ex);
		}
	}

}

package io.zinx.cluster.redis;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.zinx.cluster.ClusterUnavailableException;
import org.jspecify.annotations.Nullable;

/**
 * The connection that messages are received through. At most one command is on its way:
 * the driver's own future of a command completes with the first topic that is
 * acknowledged, and acknowledgements do not say which command they belong to, so that
 * they are counted here. Any thread.
 */
final class SubscribingConnection extends RedisPubSubAdapter<String, byte[]> {

	private static final int MOST_WAITING = 256;

	private final StatefulRedisPubSubConnection<String, byte[]> connection;

	private final RedisBackplaneSettings settings;

	private final Refusals refusals;

	private final LongSupplier nanoTime;

	private final BiConsumer<String, byte[]> received;

	/** Guarded by this. */
	private final Deque<SubscribeCommand> waiting = new ArrayDeque<>();

	/** The command on its way; guarded by this. */
	private @Nullable SubscribeCommand current;

	/** Guarded by this. */
	private @Nullable Throwable lost;

	SubscribingConnection(StatefulRedisPubSubConnection<String, byte[]> connection, RedisBackplaneSettings settings,
			Refusals refusals, LongSupplier nanoTime, BiConsumer<String, byte[]> received) {
		this.connection = connection;
		this.settings = settings;
		this.refusals = refusals;
		this.nanoTime = nanoTime;
		this.received = received;
	}

	/**
	 * Send a command when those before it are acknowledged.
	 * @param kind the kind
	 * @param topics the topics
	 * @return completes when Redis has acknowledged each topic
	 */
	CompletableFuture<Void> send(SubscribeCommand.Kind kind, Collection<String> topics) {
		SubscribeCommand command = new SubscribeCommand(kind, topics.toArray(String[]::new),
				this.nanoTime.getAsLong() + this.settings.commandTimeout().toNanos());
		if (topics.isEmpty()) {
			command.reply().complete(null);
			return command.reply();
		}
		String refused = enqueue(command);
		if (refused != null) {
			command.reply().completeExceptionally(new ClusterUnavailableException(refused, null));
			return command.reply();
		}
		sendNext();
		return command.reply();
	}

	private synchronized @Nullable String enqueue(SubscribeCommand command) {
		if (this.lost != null) {
			return "Redis is away";
		}
		if (this.waiting.size() >= MOST_WAITING) {
			return "Redis has not acknowledged " + MOST_WAITING + " subscriptions yet";
		}
		this.waiting.add(command);
		return null;
	}

	private void sendNext() {
		SubscribeCommand next = takeNext();
		if (next == null) {
			return;
		}
		CompletionStage<Void> sent = (next.kind() == SubscribeCommand.Kind.SUBSCRIBE)
				? this.connection.async().subscribe(next.topics()) : this.connection.async().unsubscribe(next.topics());
		sent.whenComplete((first, failure) -> {
			if (failure != null) {
				failed(next, failure);
			}
		});
	}

	private synchronized @Nullable SubscribeCommand takeNext() {
		if (this.current != null) {
			return null;
		}
		this.current = this.waiting.poll();
		return this.current;
	}

	private void failed(SubscribeCommand command, Throwable failure) {
		synchronized (this) {
			if (this.current != command) {
				return;
			}
			this.current = null;
		}
		command.reply()
			.completeExceptionally((failure instanceof RedisCommandExecutionException)
					? this.refusals.refused(String.valueOf(failure.getMessage()))
					: new NoAnswerException("Redis has not acknowledged the subscription", failure));
		sendNext();
	}

	@Override
	public void message(String topic, byte[] message) {
		this.received.accept(topic, message);
	}

	@Override
	public void subscribed(String topic, long count) {
		acknowledged(SubscribeCommand.Kind.SUBSCRIBE);
	}

	@Override
	public void unsubscribed(String topic, long count) {
		acknowledged(SubscribeCommand.Kind.UNSUBSCRIBE);
	}

	private void acknowledged(SubscribeCommand.Kind kind) {
		SubscribeCommand done;
		synchronized (this) {
			done = this.current;
			if (done == null || done.kind() != kind || !done.acknowledge()) {
				return;
			}
			this.current = null;
		}
		done.reply().complete(null);
		sendNext();
	}

	/**
	 * Fail the replies whose time is over. The command on its way stays there until its
	 * acknowledgements have arrived.
	 * @return the nanoseconds until it has to be called again; negative if nothing waits
	 */
	long expire() {
		long now = this.nanoTime.getAsLong();
		List<SubscribeCommand> unsent = new ArrayList<>();
		SubscribeCommand sent;
		long next = -1;
		synchronized (this) {
			sent = this.current;
			while (!this.waiting.isEmpty() && this.waiting.element().deadline() - now <= 0) {
				unsent.add(this.waiting.remove());
			}
			SubscribeCommand head = (sent != null && !sent.reply().isDone() && sent.deadline() - now > 0) ? sent
					: this.waiting.peek();
			if (head != null) {
				next = head.deadline() - now;
			}
		}
		unsent.forEach((command) -> command.reply()
			.completeExceptionally(new ClusterUnavailableException("Redis does not answer", null)));
		if (sent != null && sent.deadline() - now <= 0) {
			sent.reply()
				.completeExceptionally(
						new NoAnswerException("Redis has not acknowledged the subscription in time", null));
		}
		return next;
	}

	/**
	 * Fail everything that is not acknowledged, and all later commands.
	 */
	void fail(Throwable cause) {
		List<SubscribeCommand> failed = new ArrayList<>();
		synchronized (this) {
			this.lost = cause;
			if (this.current != null) {
				failed.add(this.current);
				this.current = null;
			}
			failed.addAll(this.waiting);
			this.waiting.clear();
		}
		failed.forEach((command) -> command.reply()
			.completeExceptionally(new ClusterUnavailableException("Redis is away", cause)));
	}

}

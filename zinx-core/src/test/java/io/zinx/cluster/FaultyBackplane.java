package io.zinx.cluster;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * An end of an in-process backplane that fails as it is told, and counts its commands.
 */
class FaultyBackplane implements Backplane {

	final InProcessBackplane end;

	/** The sizes of the commands that subscribe. */
	final List<Integer> subscribed = new CopyOnWriteArrayList<>();

	final AtomicInteger mostAtOnce = new AtomicInteger();

	/** Answers to publishing do not come. */
	volatile boolean silent;

	/** The topics whose messages do not arrive here. */
	volatile Predicate<String> deaf = (topic) -> false;

	private final AtomicInteger atOnce = new AtomicInteger();

	private final AtomicInteger toDrop = new AtomicInteger();

	FaultyBackplane(InProcessBackplane end) {
		this.end = end;
	}

	void disconnect() {
		this.end.disconnect();
	}

	void connect() {
		this.end.connect();
	}

	/**
	 * Drop the next messages that arrive for the topics of keys and groups.
	 */
	void drop(int count) {
		this.toDrop.set(count);
	}

	@Override
	public void start(BackplaneListener listener) {
		this.end.start(new BackplaneListener() {

			@Override
			public void received(String topic, byte[] message) {
				boolean dropped = !topic.endsWith(":nodes") && FaultyBackplane.this.toDrop.get() > 0
						&& FaultyBackplane.this.toDrop.getAndDecrement() > 0;
				if (!dropped && !FaultyBackplane.this.deaf.test(topic)) {
					listener.received(topic, message);
				}
			}

			@Override
			public void restored() {
				listener.restored();
			}

			@Override
			public void lost(@Nullable Throwable cause) {
				listener.lost(cause);
			}

		});
	}

	@Override
	public CompletionStage<Void> subscribe(Collection<String> topics) {
		this.subscribed.add(topics.size());
		return counted(() -> this.end.subscribe(topics));
	}

	@Override
	public CompletionStage<Void> unsubscribe(Collection<String> topics) {
		return counted(() -> this.end.unsubscribe(topics));
	}

	private CompletionStage<Void> counted(Supplier<CompletionStage<Void>> command) {
		this.mostAtOnce.accumulateAndGet(this.atOnce.incrementAndGet(), Math::max);
		CompletableFuture<Void> answer = new CompletableFuture<>();
		command.get().whenComplete((nothing, failure) -> {
			this.atOnce.decrementAndGet();
			if (failure == null) {
				answer.complete(null);
			}
			else {
				answer.completeExceptionally(failure);
			}
		});
		return answer;
	}

	@Override
	public CompletionStage<Long> publish(String topic, byte[] message) {
		CompletionStage<Long> answer = this.end.publish(topic, message);
		return (this.silent && !topic.endsWith(":nodes")) ? new CompletableFuture<>() : answer;
	}

	@Override
	public CompletionStage<Long> subscribers(String topic) {
		CompletionStage<Long> answer = this.end.subscribers(topic);
		return this.silent ? new CompletableFuture<>() : answer;
	}

	@Override
	public void flush() {
		this.end.flush();
	}

	@Override
	public boolean isConnected() {
		return this.end.isConnected();
	}

	@Override
	public void reconnect() {
		this.end.reconnect();
	}

	@Override
	public void close(Duration timeout) {
		this.end.close(timeout);
	}

}

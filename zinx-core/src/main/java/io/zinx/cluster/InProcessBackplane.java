package io.zinx.cluster;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * A backplane within one JVM: for several servers in one application, and for tests. Each
 * node has an end of its own: the first one is created, the others are made from it with
 * {@link #anotherEnd()}. Any thread.
 */
public final class InProcessBackplane implements Backplane {

	private final InProcessHub hub;

	/** Used by the thread of the hub only, as the next field. */
	private final Set<String> subscribed = new HashSet<>();

	private final BiConsumer<String, byte[]> subscriber = this::received;

	private @Nullable BackplaneListener listener;

	private volatile boolean connected;

	/**
	 * Create the first end of a backplane.
	 */
	public InProcessBackplane() {
		this(new InProcessHub());
	}

	private InProcessBackplane(InProcessHub hub) {
		this.hub = hub;
	}

	/**
	 * Make an end of the same backplane for another node.
	 * @return the end
	 */
	public InProcessBackplane anotherEnd() {
		return new InProcessBackplane(this.hub);
	}

	@Override
	public void start(BackplaneListener listener) {
		this.hub.execute(() -> {
			this.listener = listener;
			connectNow();
		});
	}

	/**
	 * Connect, if it is started and not connected.
	 */
	void connect() {
		this.hub.execute(this::connectNow);
	}

	/**
	 * Lose the connection, if there is one.
	 */
	void disconnect() {
		this.hub.execute(this::disconnectNow);
	}

	private void connectNow() {
		if (this.listener != null && !this.connected) {
			this.connected = true;
			this.listener.restored();
		}
	}

	private void disconnectNow() {
		if (this.listener != null && this.connected) {
			forgetConnection();
			this.listener.lost(null);
		}
	}

	private void forgetConnection() {
		this.connected = false;
		this.subscribed.forEach((topic) -> this.hub.unsubscribe(topic, this.subscriber));
		this.subscribed.clear();
	}

	private void received(String topic, byte[] message) {
		if (this.listener != null) {
			this.listener.received(topic, message);
		}
	}

	@Override
	public CompletionStage<Void> subscribe(Collection<String> topics) {
		List<String> names = List.copyOf(topics);
		return ask(() -> {
			names.forEach((topic) -> this.hub.subscribe(topic, this.subscriber));
			this.subscribed.addAll(names);
			return null;
		});
	}

	@Override
	public CompletionStage<Void> unsubscribe(Collection<String> topics) {
		List<String> names = List.copyOf(topics);
		return ask(() -> {
			names.forEach((topic) -> this.hub.unsubscribe(topic, this.subscriber));
			names.forEach(this.subscribed::remove);
			return null;
		});
	}

	@Override
	public CompletionStage<Long> publish(String topic, byte[] message) {
		return ask(() -> this.hub.publish(topic, message));
	}

	@Override
	public CompletionStage<Long> subscribers(String topic) {
		return ask(() -> this.hub.subscribers(topic));
	}

	private <T extends @Nullable Object> CompletionStage<T> ask(Supplier<T> question) {
		CompletableFuture<T> answer = new CompletableFuture<>();
		if (this.connected) {
			this.hub.execute(() -> answer(question, answer));
		}
		else {
			refuse(answer);
		}
		return answer;
	}

	private <T extends @Nullable Object> void answer(Supplier<T> question, CompletableFuture<T> answer) {
		if (this.connected) {
			answer.complete(question.get());
		}
		else {
			refuse(answer);
		}
	}

	private static void refuse(CompletableFuture<?> answer) {
		answer
			.completeExceptionally(new ClusterUnavailableException("This end of the backplane is disconnected", null));
	}

	@Override
	public void flush() {
	}

	@Override
	public boolean isConnected() {
		return this.connected;
	}

	@Override
	public void reconnect() {
		this.hub.execute(() -> {
			if (this.connected) {
				disconnectNow();
				connectNow();
			}
		});
	}

	@Override
	public void close(Duration timeout) {
		CompletableFuture<Void> closed = CompletableFuture.runAsync(() -> {
			forgetConnection();
			this.listener = null;
		}, this.hub);
		try {
			closed.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (ExecutionException | TimeoutException ex) {
			throw new ClusterUnavailableException("This end of the backplane is not closed yet", ex);
		}
	}

}

package io.zinx.it.cluster;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionStage;

import io.zinx.cluster.Backplane;
import io.zinx.cluster.BackplaneListener;
import org.jspecify.annotations.Nullable;

/**
 * A backplane that tells which subscriptions are acknowledged. A subscription counts from
 * its acknowledgement until the end is asked for or the connection is lost.
 */
final class WatchedBackplane implements Backplane {

	private final Backplane delegate;

	private final Watcher watcher;

	/** Changes with each lost connection. */
	private int epoch;

	WatchedBackplane(Backplane delegate, Watcher watcher) {
		this.delegate = delegate;
		this.watcher = watcher;
	}

	@Override
	public void start(BackplaneListener listener) {
		this.delegate.start(new BackplaneListener() {

			@Override
			public void received(String topic, byte[] message) {
				listener.received(topic, message);
			}

			@Override
			public void restored() {
				note(Change.CONNECTED, List.of());
				listener.restored();
			}

			@Override
			public void lost(@Nullable Throwable cause) {
				note(Change.LOST, List.of());
				listener.lost(cause);
			}

		});
	}

	private synchronized int epoch() {
		return this.epoch;
	}

	private synchronized void note(Change change, Collection<String> topics) {
		if (change == Change.LOST) {
			this.epoch++;
		}
		this.watcher.changed(change, topics);
	}

	private synchronized void acknowledged(Change change, int epoch, Collection<String> topics) {
		if (epoch == this.epoch) {
			this.watcher.changed(change, topics);
		}
	}

	@Override
	public CompletionStage<Void> subscribe(Collection<String> topics) {
		int epoch = epoch();
		List<String> names = List.copyOf(topics);
		note(Change.SUBSCRIBING, names);
		return this.delegate.subscribe(topics).thenRun(() -> acknowledged(Change.SUBSCRIBED, epoch, names));
	}

	@Override
	public CompletionStage<Void> unsubscribe(Collection<String> topics) {
		int epoch = epoch();
		List<String> names = List.copyOf(topics);
		note(Change.UNSUBSCRIBING, names);
		return this.delegate.unsubscribe(topics).thenRun(() -> acknowledged(Change.UNSUBSCRIBED, epoch, names));
	}

	@Override
	public CompletionStage<Long> publish(String topic, byte[] message) {
		return this.delegate.publish(topic, message);
	}

	@Override
	public void flush() {
		this.delegate.flush();
	}

	@Override
	public CompletionStage<Long> subscribers(String topic) {
		return this.delegate.subscribers(topic);
	}

	@Override
	public boolean isConnected() {
		return this.delegate.isConnected();
	}

	@Override
	public void reconnect() {
		this.delegate.reconnect();
	}

	@Override
	public void close(Duration timeout) {
		this.delegate.close(timeout);
	}

	/** A change of subscriptions. */
	enum Change {

		/** Subscriptions are asked for. */
		SUBSCRIBING,

		/** Topics are subscribed to. */
		SUBSCRIBED,

		/** The end of subscriptions is asked for. */
		UNSUBSCRIBING,

		/** Subscriptions have ended. */
		UNSUBSCRIBED,

		/** The connection is lost. */
		LOST,

		/** The connection is there. */
		CONNECTED

	}

	/**
	 * Is told of changes, one call at a time.
	 */
	@FunctionalInterface
	interface Watcher {

		/**
		 * Subscriptions have changed.
		 * @param change the change
		 * @param topics the topics, none if the connection has changed
		 */
		void changed(Change change, Collection<String> topics);

	}

}

package io.zinx.cluster.redis;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.output.StatusOutput;
import org.jspecify.annotations.Nullable;

/**
 * The two connections to one Redis: one to publish, one to subscribe. They are lost
 * together. Any thread.
 */
final class Link {

	private final StatefulRedisConnection<String, byte[]> publishing;

	private final StatefulRedisPubSubConnection<String, byte[]> subscribing;

	private final PublishingConnection publisher;

	private final SubscribingConnection subscriber;

	private final ServerInfo server;

	private final String address;

	private final LinkListener listener;

	private final AtomicBoolean lost = new AtomicBoolean();

	private final AtomicBoolean publishingClosed = new AtomicBoolean();

	Link(Connections connections, RedisBackplaneSettings settings, Refusals refusals, LongSupplier nanoTime,
			LinkListener listener) {
		this.publishing = connections.publishing();
		this.subscribing = connections.subscribing();
		this.server = connections.server();
		this.address = connections.address();
		this.listener = listener;
		this.publisher = new PublishingConnection(this.publishing, settings, refusals, nanoTime);
		this.subscriber = new SubscribingConnection(this.subscribing, settings, refusals, nanoTime,
				(topic, message) -> listener.received(this, topic, message));
	}

	/**
	 * Begin to watch the connections and to receive.
	 */
	void open() {
		this.subscribing.addListener(this.subscriber);
		watch(this.publishing, false);
		watch(this.subscribing, true);
	}

	private void watch(StatefulConnection<?, ?> connection, boolean subscribes) {
		connection.addListener(new RedisConnectionStateListener() {

			@Override
			public void onRedisDisconnected(RedisChannelHandler<?, ?> closed) {
				disconnected(subscribes);
			}

		});
		if (!connection.isOpen()) {
			disconnected(subscribes);
		}
	}

	private void disconnected(boolean subscribes) {
		lose(new NoAnswerException("Redis has closed the connection that " + (subscribes ? "subscribes" : "publishes"),
				null), subscribes);
	}

	/**
	 * Give up both connections.
	 */
	void lose(Throwable cause) {
		lose(cause, false);
	}

	private void lose(Throwable cause, boolean subscribes) {
		if (!this.lost.compareAndSet(false, true)) {
			return;
		}
		this.publisher.fail(cause);
		this.subscriber.fail(cause);
		this.listener.lost(this, cause);
		this.subscribing.closeAsync();
		if (subscribes) {
			closeAfterAnswer();
		}
		else {
			closePublishing();
		}
	}

	/**
	 * Close the publishing connection after a question whether Redis is still there: if
	 * it is, Redis has closed the other one on purpose.
	 */
	private void closeAfterAnswer() {
		this.publishing.async()
			.dispatch(CommandType.PING, new StatusOutput<>(Codecs.TOPICS))
			.whenComplete((pong, failure) -> {
				if (failure == null) {
					this.listener.closedOnPurpose(this);
				}
				closePublishing();
			});
	}

	/**
	 * Close the publishing connection of a lost link, unless that has happened.
	 */
	void closePublishing() {
		if (this.publishingClosed.compareAndSet(false, true)) {
			this.publishing.closeAsync();
		}
	}

	PublishingConnection publisher() {
		return this.publisher;
	}

	SubscribingConnection subscriber() {
		return this.subscriber;
	}

	ServerInfo server() {
		return this.server;
	}

	String address() {
		return this.address;
	}

	/**
	 * Fail the replies whose time is over.
	 * @return the nanoseconds until it has to be called again; negative if nothing waits
	 */
	long expire() {
		long first = this.publisher.expire();
		long second = this.subscriber.expire();
		return (first < 0 || second < 0) ? Math.max(first, second) : Math.min(first, second);
	}

	/**
	 * Fail everything without a word to the listener; the client closes the connections.
	 */
	void end() {
		this.lost.set(true);
		Throwable cause = new NoAnswerException("The backplane is closed", null);
		this.publisher.fail(cause);
		this.subscriber.fail(cause);
	}

	/**
	 * Two connections that were just made.
	 *
	 * @param publishing the connection to publish
	 * @param subscribing the connection to subscribe
	 * @param server what is at the other end
	 * @param address its address
	 */
	record Connections(StatefulRedisConnection<String, byte[]> publishing,
			StatefulRedisPubSubConnection<String, byte[]> subscribing, ServerInfo server, String address) {
	}

	/**
	 * Receiver of what happens on a link. Called by event loops.
	 */
	interface LinkListener {

		/**
		 * A message has arrived.
		 */
		void received(Link link, String topic, byte[] message);

		/**
		 * The link is lost. Called once.
		 */
		void lost(Link link, @Nullable Throwable cause);

		/**
		 * Redis has closed the subscribing connection, and still answers on the other
		 * one.
		 */
		void closedOnPurpose(Link link);

	}

}

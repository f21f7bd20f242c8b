package io.zinx.cluster.redis;

import java.time.Duration;
import java.util.Collection;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.zinx.cluster.Backplane;
import io.zinx.cluster.BackplaneListener;
import io.zinx.cluster.ClusterUnavailableException;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Backplane} through the publish and subscribe commands of Redis, standalone or
 * found through Sentinel. It has two connections of its own, one to publish and one to
 * subscribe, which are lost together, and threads of its own, which end with
 * {@link #close}. After a loss it tries to connect again at least every 2 seconds.
 * Nothing waits for a connection: what is sent without one fails at once. A message may
 * have up to 32 MB with its topic.
 * <p>
 * A future fails with {@link ClusterUnavailableException} if Redis surely has not done
 * the command, and with another exception if that is not known. Each one completes within
 * {@link RedisBackplaneSettings#commandTimeout()}.
 */
public final class RedisBackplane implements Backplane {

	private static final Duration CLOSE_AFTER_FAILED_START = Duration.ofSeconds(2);

	private final RedisBackplaneSettings settings;

	/** From start to close. Changed under the lock of this. */
	private volatile @Nullable BackplaneRun run;

	private volatile @Nullable Expiry expiry;

	/**
	 * Create a backplane, which does nothing before it is started.
	 * @param settings the settings
	 */
	public RedisBackplane(RedisBackplaneSettings settings) {
		this.settings = Objects.requireNonNull(settings, "settings");
	}

	/**
	 * {@inheritDoc}
	 * @throws IllegalStateException if it is started already
	 * @throws RedisBackplaneException if Redis rejects the credentials, the user lacks a
	 * permission, a certificate is not trusted, or it is a Redis Cluster
	 */
	@Override
	public void start(BackplaneListener listener) {
		Objects.requireNonNull(listener, "listener");
		BackplaneRun started;
		synchronized (this) {
			if (this.run != null) {
				throw new IllegalStateException("The backplane is started already");
			}
			started = new BackplaneRun(this.settings, listener);
			this.expiry = new Expiry(started, this.settings.commandTimeout());
			this.run = started;
		}
		try {
			started.start();
		}
		catch (RuntimeException ex) {
			close(CLOSE_AFTER_FAILED_START);
			throw ex;
		}
	}

	@Override
	public CompletionStage<Void> subscribe(Collection<String> topics) {
		return send(SubscribeCommand.Kind.SUBSCRIBE, topics);
	}

	@Override
	public CompletionStage<Void> unsubscribe(Collection<String> topics) {
		return send(SubscribeCommand.Kind.UNSUBSCRIBE, topics);
	}

	private CompletionStage<Void> send(SubscribeCommand.Kind kind, Collection<String> topics) {
		Link link = link();
		return (link != null) ? expiring(link.subscriber().send(kind, topics)) : away();
	}

	@Override
	public CompletionStage<Long> publish(String topic, byte[] message) {
		Link link = link();
		return (link != null) ? expiring(link.publisher().publish(topic, message)) : away();
	}

	@Override
	public void flush() {
		Link link = link();
		if (link != null) {
			link.publisher().flush();
		}
	}

	@Override
	public CompletionStage<Long> subscribers(String topic) {
		Link link = link();
		return (link != null) ? expiring(link.publisher().subscribers(topic)) : away();
	}

	private <T> CompletionStage<T> expiring(CompletionStage<T> reply) {
		Expiry timer = this.expiry;
		if (timer != null) {
			timer.begin();
		}
		return reply;
	}

	private static <T> CompletionStage<T> away() {
		return CompletableFuture.failedStage(new ClusterUnavailableException("Redis is away", null));
	}

	@Override
	public boolean isConnected() {
		return link() != null;
	}

	private @Nullable Link link() {
		BackplaneRun current = this.run;
		return (current != null) ? current.link() : null;
	}

	@Override
	public void reconnect() {
		Link link = link();
		if (link != null) {
			link.lose(new NoAnswerException("Given up, because nothing arrives", null));
		}
	}

	@Override
	public void close(Duration timeout) {
		BackplaneRun ended = this.run;
		if (ended == null) {
			return;
		}
		ended.close(timeout);
		synchronized (this) {
			if (this.run == ended) {
				this.run = null;
				this.expiry = null;
			}
		}
	}

}

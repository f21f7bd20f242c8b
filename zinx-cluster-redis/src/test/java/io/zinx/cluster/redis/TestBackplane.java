package io.zinx.cluster.redis;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;

import io.lettuce.core.RedisURI;
import org.awaitility.Awaitility;

/**
 * A backplane with a recording listener, and short ways to use it. One thread.
 */
final class TestBackplane implements AutoCloseable {

	/** Long, because the machine may be busy. */
	private static final Duration UNLOADED = Duration.ofSeconds(9);

	final RecordingListener listener = new RecordingListener();

	final RedisBackplane backplane;

	private TestBackplane(RedisBackplaneSettings settings) {
		this.backplane = new RedisBackplane(settings);
	}

	static TestBackplane unstarted(String uri, UnaryOperator<RedisBackplaneSettings> change) {
		return new TestBackplane(change.apply(RedisBackplaneSettings.of(RedisURI.create(uri))
			.withCommandTimeout(UNLOADED)
			.withConnectTimeout(UNLOADED)));
	}

	static TestBackplane start(String uri) {
		return start(uri, UnaryOperator.identity());
	}

	static TestBackplane start(String uri, UnaryOperator<RedisBackplaneSettings> change) {
		TestBackplane started = unstarted(uri, change);
		started.backplane.start(started.listener);
		return started;
	}

	void subscribe(String... topics) {
		join(this.backplane.subscribe(List.of(topics)));
	}

	void unsubscribe(String... topics) {
		join(this.backplane.unsubscribe(List.of(topics)));
	}

	CompletableFuture<Long> publishing(String topic, String text) {
		CompletableFuture<Long> reply = this.backplane.publish(topic, text.getBytes(StandardCharsets.UTF_8))
			.toCompletableFuture();
		this.backplane.flush();
		return reply;
	}

	long publish(String topic, String text) {
		return join(publishing(topic, text));
	}

	void awaitEvents(String... events) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.pollInterval(Duration.ofMillis(5))
			.until(() -> this.listener.events.equals(List.of(events)));
	}

	void awaitMessages(String... messages) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.pollInterval(Duration.ofMillis(5))
			.until(() -> this.listener.messages.equals(List.of(messages)));
	}

	static <T> T join(CompletionStage<T> stage) {
		try {
			return stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
		}
		catch (ExecutionException | TimeoutException | InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		this.backplane.close(Duration.ofSeconds(5));
	}

}

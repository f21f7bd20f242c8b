package io.zinx.cluster.redis;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.event.DefaultEventPublisherOptions;
import io.lettuce.core.metrics.CommandLatencyRecorder;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.EpollProvider;
import io.zinx.eventloop.ServerThreads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The driver's client with the threads that belong to it, two of which read and write.
 * The driver does not reconnect and keeps no command for later.
 */
final class Connector {

	private static final Logger logger = LoggerFactory.getLogger(Connector.class);

	/** Commands of the driver itself, on top of those of the settings. */
	private static final int OWN_COMMANDS = 16;

	private final RedisBackplaneSettings settings;

	private final ClientResources resources;

	private final RedisClient client;

	private final Addresses addresses;

	Connector(RedisBackplaneSettings settings, ServerThreads threads) {
		this.settings = settings;
		AtomicInteger number = new AtomicInteger();
		MessageLimit limit = new MessageLimit();
		this.resources = ClientResources.builder()
			.nettyCustomizer(new DriverPipeline(limit))
			.ioThreadPoolSize(2)
			.computationThreadPoolSize(2)
			.commandLatencyRecorder(CommandLatencyRecorder.disabled())
			.commandLatencyPublisherOptions(DefaultEventPublisherOptions.disabled())
			.threadFactoryProvider((pool) -> (task) -> threads
				.fast(threads.serverName() + "-" + pool + "-" + number.incrementAndGet(), task))
			.build();
		this.client = RedisClient.create(this.resources);
		this.client.setOptions(options(settings, limit));
		this.addresses = new Addresses(this.client, settings);
	}

	private static ClientOptions options(RedisBackplaneSettings settings, MessageLimit limit) {
		ClientOptions.Builder options = ClientOptions.builder()
			.autoReconnect(false)
			.disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
			.decodeBufferPolicy(limit)
			.pingBeforeActivateConnection(true)
			.requestQueueSize(settings.requestQueueSize() + OWN_COMMANDS)
			.timeoutOptions(TimeoutOptions.builder().timeoutCommands(false).build())
			.socketOptions(socketOptions(settings));
		if (settings.sslOptions() != null) {
			options.sslOptions(settings.sslOptions());
		}
		return options.build();
	}

	private static SocketOptions socketOptions(RedisBackplaneSettings settings) {
		SocketOptions.Builder options = SocketOptions.builder()
			.connectTimeout(settings.connectTimeout())
			.keepAlive(SocketOptions.KeepAliveOptions.builder()
				.enable()
				.idle(Duration.ofSeconds(5))
				.interval(Duration.ofSeconds(2))
				.count(3)
				.build());
		if (EpollProvider.isAvailable()) {
			options.tcpUserTimeout(SocketOptions.TcpUserTimeoutOptions.builder()
				.enable()
				.tcpUserTimeout(Duration.ofSeconds(10))
				.build());
		}
		return options.build();
	}

	/**
	 * Prepare an attempt to connect.
	 */
	Attempt attempt() {
		return new Attempt(this.client, this.addresses, this.settings.probeTopic());
	}

	/**
	 * The longest time of an attempt.
	 */
	Duration longestAttempt() {
		return this.settings.connectTimeout()
			.multipliedBy(this.addresses.count())
			.plus(this.settings.commandTimeout().multipliedBy(4));
	}

	/**
	 * Close all connections and end the threads.
	 */
	void close(Duration timeout) {
		long half = timeout.toNanos() / 2;
		await(this.client.shutdownAsync(0, half, TimeUnit.NANOSECONDS), half);
		await(this.resources.shutdown(0, half, TimeUnit.NANOSECONDS), half);
	}

	private static void await(Future<?> end, long nanos) {
		try {
			end.get(nanos, TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (ExecutionException | TimeoutException ex) {
			logger.debug("The Redis client has not ended in good order", ex);
		}
	}

}

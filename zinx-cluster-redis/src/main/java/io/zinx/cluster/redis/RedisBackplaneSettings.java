package io.zinx.cluster.redis;

import java.time.Duration;
import java.util.Objects;

import io.lettuce.core.RedisURI;
import io.lettuce.core.SslOptions;
import io.zinx.InvalidSettingException;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a {@link RedisBackplane}.
 *
 * @param uri the address of Redis, or of its Sentinels, with credentials; its timeout,
 * client name and database are not used, the latter because channels have none
 * @param clientName the name of the connections in {@code CLIENT LIST}, to which
 * {@code -publish} and {@code -subscribe} are appended; characters that Redis does not
 * allow in it become underscores
 * @param commandTimeout the time after which a command that is not answered fails, 1 ms
 * or more
 * @param connectTimeout the longest time in which a connection is made, with TLS and
 * login, 1 ms or more
 * @param sslOptions the keys and certificates for a URI with TLS; {@code null} for those
 * of the JVM
 * @param requestQueueSize the most commands that are not answered, 1 or more; above it
 * they fail at once
 * @param maxUnanswered the most bytes of messages that Redis has not answered, also those
 * whose time is over, 1 or more; above it messages fail at once. A single message may be
 * larger
 * @param probeTopic a topic without subscribers: at each start of a connection the
 * permissions for it are checked; {@code null} for no check
 */
public record RedisBackplaneSettings(RedisURI uri, String clientName, Duration commandTimeout, Duration connectTimeout,
		@Nullable SslOptions sslOptions, int requestQueueSize, long maxUnanswered, @Nullable String probeTopic) {

	private static final Duration LONGEST = Duration.ofHours(1);

	public RedisBackplaneSettings {
		Objects.requireNonNull(uri, "uri");
		Objects.requireNonNull(clientName, "clientName");
		requireDuration("command-timeout", commandTimeout);
		requireDuration("connect-timeout", connectTimeout);
		InvalidSettingException.requireRange("request-queue-size", requestQueueSize, 1, 1 << 24);
		InvalidSettingException.requireRange("max-unanswered", maxUnanswered, 1, Long.MAX_VALUE);
	}

	private static void requireDuration(String setting, Duration value) {
		if (value.compareTo(Duration.ofMillis(1)) < 0 || value.compareTo(LONGEST) > 0) {
			throw new InvalidSettingException(setting, value, "PT0.001S to PT1H");
		}
	}

	/**
	 * Settings with default values.
	 * @param uri the address of Redis, or of its Sentinels
	 * @return client name {@code zinx}, 500 ms for a command, 2 seconds for a connection,
	 * 65,536 commands and 16 MB
	 */
	public static RedisBackplaneSettings of(RedisURI uri) {
		return new RedisBackplaneSettings(uri, "zinx", Duration.ofMillis(500), Duration.ofSeconds(2), null, 65_536,
				16L << 20, null);
	}

	/**
	 * The same settings with another client name.
	 * @param clientName the name of the connections in {@code CLIENT LIST}
	 * @return the settings
	 */
	public RedisBackplaneSettings withClientName(String clientName) {
		return new RedisBackplaneSettings(this.uri, clientName, this.commandTimeout, this.connectTimeout,
				this.sslOptions, this.requestQueueSize, this.maxUnanswered, this.probeTopic);
	}

	/**
	 * The same settings with another timeout for commands.
	 * @param commandTimeout the time after which a command that is not answered fails
	 * @return the settings
	 */
	public RedisBackplaneSettings withCommandTimeout(Duration commandTimeout) {
		return new RedisBackplaneSettings(this.uri, this.clientName, commandTimeout, this.connectTimeout,
				this.sslOptions, this.requestQueueSize, this.maxUnanswered, this.probeTopic);
	}

	/**
	 * The same settings with another timeout for connections.
	 * @param connectTimeout the longest time in which a connection is made
	 * @return the settings
	 */
	public RedisBackplaneSettings withConnectTimeout(Duration connectTimeout) {
		return new RedisBackplaneSettings(this.uri, this.clientName, this.commandTimeout, connectTimeout,
				this.sslOptions, this.requestQueueSize, this.maxUnanswered, this.probeTopic);
	}

	/**
	 * The same settings with keys and certificates for TLS.
	 * @param sslOptions the options, or {@code null} for those of the JVM
	 * @return the settings
	 */
	public RedisBackplaneSettings withSslOptions(@Nullable SslOptions sslOptions) {
		return new RedisBackplaneSettings(this.uri, this.clientName, this.commandTimeout, this.connectTimeout,
				sslOptions, this.requestQueueSize, this.maxUnanswered, this.probeTopic);
	}

	/**
	 * The same settings with another bound of commands that are not answered.
	 * @param requestQueueSize the most commands
	 * @return the settings
	 */
	public RedisBackplaneSettings withRequestQueueSize(int requestQueueSize) {
		return new RedisBackplaneSettings(this.uri, this.clientName, this.commandTimeout, this.connectTimeout,
				this.sslOptions, requestQueueSize, this.maxUnanswered, this.probeTopic);
	}

	/**
	 * The same settings with another bound of messages that are not answered.
	 * @param maxUnanswered the most bytes
	 * @return the settings
	 */
	public RedisBackplaneSettings withMaxUnanswered(long maxUnanswered) {
		return new RedisBackplaneSettings(this.uri, this.clientName, this.commandTimeout, this.connectTimeout,
				this.sslOptions, this.requestQueueSize, maxUnanswered, this.probeTopic);
	}

	/**
	 * The same settings with a check of the permissions for a topic.
	 * @param probeTopic a topic without subscribers, or {@code null} for no check
	 * @return the settings
	 */
	public RedisBackplaneSettings withProbeTopic(@Nullable String probeTopic) {
		return new RedisBackplaneSettings(this.uri, this.clientName, this.commandTimeout, this.connectTimeout,
				this.sslOptions, this.requestQueueSize, this.maxUnanswered, probeTopic);
	}

}

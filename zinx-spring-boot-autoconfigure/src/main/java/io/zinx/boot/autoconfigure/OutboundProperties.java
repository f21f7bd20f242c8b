package io.zinx.boot.autoconfigure;

import java.time.Duration;

import io.zinx.outbound.SlowConsumerPolicy;
import org.jspecify.annotations.Nullable;

import org.springframework.util.unit.DataSize;

/**
 * Limits on the data that waits to be written.
 */
@SuppressWarnings("checkstyle:MissingJavadocMethod")
public class OutboundProperties {

	/**
	 * Maximum amount of data that may wait to be written on one connection. The
	 * zinx.outbound.slow-consumer-policy applies to a message for which there is no room.
	 */
	private DataSize maxBytes = DataSize.ofMegabytes(1);

	/**
	 * Maximum amount of data that may wait to be written on all connections together.
	 * Defaults to a quarter of the available memory, the smaller of heap and direct
	 * memory.
	 */
	private @Nullable DataSize totalMaxBytes;

	/**
	 * Amount of data waiting to be written above which a connection is no longer read.
	 * Defaults to a quarter of zinx.outbound.max-bytes.
	 */
	private @Nullable DataSize highWaterMark;

	/**
	 * Amount of data waiting to be written below which a connection is read again.
	 * Defaults to half of zinx.outbound.high-water-mark.
	 */
	private @Nullable DataSize lowWaterMark;

	/**
	 * Action to take when there is no room for a message to a client because the client
	 * does not read.
	 */
	private SlowConsumerPolicy slowConsumerPolicy = SlowConsumerPolicy.CLOSE;

	/**
	 * Maximum time that a sending thread waits for room, with
	 * 'zinx.outbound.slow-consumer-policy=block'. The client is disconnected when the
	 * time has elapsed.
	 */
	private Duration blockTimeout = Duration.ofSeconds(5);

	/**
	 * Maximum time that a closing connection takes to write the messages sent before.
	 */
	private Duration flushTimeout = Duration.ofSeconds(5);

	public DataSize getMaxBytes() {
		return this.maxBytes;
	}

	public void setMaxBytes(DataSize maxBytes) {
		this.maxBytes = maxBytes;
	}

	public @Nullable DataSize getTotalMaxBytes() {
		return this.totalMaxBytes;
	}

	public void setTotalMaxBytes(@Nullable DataSize totalMaxBytes) {
		this.totalMaxBytes = totalMaxBytes;
	}

	public @Nullable DataSize getHighWaterMark() {
		return this.highWaterMark;
	}

	public void setHighWaterMark(@Nullable DataSize highWaterMark) {
		this.highWaterMark = highWaterMark;
	}

	public @Nullable DataSize getLowWaterMark() {
		return this.lowWaterMark;
	}

	public void setLowWaterMark(@Nullable DataSize lowWaterMark) {
		this.lowWaterMark = lowWaterMark;
	}

	public SlowConsumerPolicy getSlowConsumerPolicy() {
		return this.slowConsumerPolicy;
	}

	public void setSlowConsumerPolicy(SlowConsumerPolicy slowConsumerPolicy) {
		this.slowConsumerPolicy = slowConsumerPolicy;
	}

	public Duration getBlockTimeout() {
		return this.blockTimeout;
	}

	public void setBlockTimeout(Duration blockTimeout) {
		this.blockTimeout = blockTimeout;
	}

	public Duration getFlushTimeout() {
		return this.flushTimeout;
	}

	public void setFlushTimeout(Duration flushTimeout) {
		this.flushTimeout = flushTimeout;
	}

}

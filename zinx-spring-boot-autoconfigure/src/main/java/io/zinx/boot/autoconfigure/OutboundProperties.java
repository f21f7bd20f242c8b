package io.zinx.boot.autoconfigure;

import java.time.Duration;

import io.zinx.outbound.SlowConsumerPolicy;
import org.jspecify.annotations.Nullable;

import org.springframework.util.unit.DataSize;

/**
 * What may wait to be written.
 */
@SuppressWarnings("checkstyle:MissingJavadocMethod")
public class OutboundProperties {

	/**
	 * Most bytes that may wait to be written on one connection. A message for which there
	 * is no room meets the slow-consumer-policy.
	 */
	private DataSize maxBytes = DataSize.ofMegabytes(1);

	/**
	 * Most bytes that may wait to be written on all connections together. A quarter of
	 * the memory there is, the smaller of heap and direct memory, if not set.
	 */
	private @Nullable DataSize totalMaxBytes;

	/**
	 * Waiting bytes above which a connection is not read. A quarter of max-bytes if not
	 * set.
	 */
	private @Nullable DataSize highWaterMark;

	/**
	 * Waiting bytes below which it is read again. Half of high-water-mark if not set.
	 */
	private @Nullable DataSize lowWaterMark;

	/**
	 * What happens to a message for which there is no room because the client does not
	 * read.
	 */
	private SlowConsumerPolicy slowConsumerPolicy = SlowConsumerPolicy.CLOSE;

	/**
	 * Time a sending thread waits for room with policy 'block'. The client is
	 * disconnected when there is none by then.
	 */
	private Duration blockTimeout = Duration.ofSeconds(5);

	/**
	 * Time a closing connection has to write what was sent before.
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

package io.zinx.boot.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.util.unit.DataSize;

/**
 * Limits on the memory for received data that is not yet handled.
 */
@SuppressWarnings("checkstyle:MissingJavadocMethod")
public class InboundProperties {

	/**
	 * Maximum memory of one connection for received data that is not yet handled. A
	 * connection that reaches it is not read until half of the data is handled. At least
	 * one whole frame of zinx.max-packet-size. Defaults to the larger of 1MB and two
	 * whole frames.
	 */
	private @Nullable DataSize maxBytes;

	/**
	 * Maximum memory of all connections together for received data that is not yet
	 * handled. Beyond it, connections that hold more than an equal share are not read.
	 * Defaults to an eighth of the available memory, the smaller of heap and direct
	 * memory.
	 */
	private @Nullable DataSize totalMaxBytes;

	public @Nullable DataSize getMaxBytes() {
		return this.maxBytes;
	}

	public void setMaxBytes(@Nullable DataSize maxBytes) {
		this.maxBytes = maxBytes;
	}

	public @Nullable DataSize getTotalMaxBytes() {
		return this.totalMaxBytes;
	}

	public void setTotalMaxBytes(@Nullable DataSize totalMaxBytes) {
		this.totalMaxBytes = totalMaxBytes;
	}

}

package io.zinx.boot.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.util.unit.DataSize;

/**
 * The bounds of what may be held that was received and is not handled.
 */
@SuppressWarnings("checkstyle:MissingJavadocMethod")
public class InboundProperties {

	/**
	 * Most memory that one connection holds for what was received and is not handled. Who
	 * holds as much is not read until half of it is handled. At least one whole frame of
	 * max-packet-size; the larger of 1MB and two whole frames if not set.
	 */
	private @Nullable DataSize maxBytes;

	/**
	 * Most memory that all connections together hold for what was received and is not
	 * handled. Beyond it, connections that hold more than an equal share are not read. An
	 * eighth of the memory there is, the smaller of heap and direct memory, if not set.
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

package io.zinx.boot.autoconfigure;

import java.time.Duration;

import io.zinx.heartbeat.ReceiveTimeouts;

/**
 * Limits on the time that clients take to send a message.
 */
@SuppressWarnings("checkstyle:MissingJavadocMethod")
public class ReceiveProperties {

	/**
	 * Maximum time from onStart until the first whole message has arrived. Disabled if 0.
	 * Not suitable for clients that only receive.
	 */
	private Duration firstMessageTimeout = Duration.ZERO;

	/**
	 * Maximum time from the first to the last byte of a frame. Disabled if 0.
	 */
	private Duration frameTimeout = Duration.ZERO;

	public Duration getFirstMessageTimeout() {
		return this.firstMessageTimeout;
	}

	public void setFirstMessageTimeout(Duration firstMessageTimeout) {
		this.firstMessageTimeout = firstMessageTimeout;
	}

	public Duration getFrameTimeout() {
		return this.frameTimeout;
	}

	public void setFrameTimeout(Duration frameTimeout) {
		this.frameTimeout = frameTimeout;
	}

	ReceiveTimeouts toTimeouts() {
		return new ReceiveTimeouts(this.firstMessageTimeout, this.frameTimeout);
	}

}

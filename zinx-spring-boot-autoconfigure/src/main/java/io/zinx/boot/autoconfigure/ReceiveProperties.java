package io.zinx.boot.autoconfigure;

import java.time.Duration;

import io.zinx.heartbeat.ReceiveTimeouts;

/**
 * How long clients may take to send a message.
 */
@SuppressWarnings("checkstyle:MissingJavadocMethod")
public class ReceiveProperties {

	/**
	 * Time from onStart in which the first whole message must have arrived, 0 for off.
	 * Not for clients that only receive.
	 */
	private Duration firstMessageTimeout = Duration.ZERO;

	/**
	 * Time from the first byte of a frame in which its last one must have arrived, 0 for
	 * off.
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

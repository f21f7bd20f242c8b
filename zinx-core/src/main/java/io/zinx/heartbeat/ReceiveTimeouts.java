package io.zinx.heartbeat;

import java.time.Duration;

/**
 * How long a client may take to send a message, before its connection is closed with
 * {@link io.zinx.connection.CloseReason#MESSAGE_TIMEOUT}. Each is zero for off, to 365
 * days. A client between two messages may be silent for as long as it likes.
 *
 * @param firstMessage from the end of {@code onStart} until the first message has arrived
 * whole; not for servers with clients that only receive
 * @param frame from the first read that brings a part of a frame until its last byte,
 * however busily the bytes between come
 */
public record ReceiveTimeouts(Duration firstMessage, Duration frame) {

	/** Both off. */
	public static final ReceiveTimeouts OFF = new ReceiveTimeouts(Duration.ZERO, Duration.ZERO);

	public ReceiveTimeouts {
		IdleSettings.require("receive.first-message-timeout", firstMessage);
		IdleSettings.require("receive.frame-timeout", frame);
	}

}

package io.zinx.heartbeat;

import java.time.Duration;

/**
 * The time limits for a client to send a message, after which its connection is closed
 * with {@link io.zinx.connection.CloseReason#MESSAGE_TIMEOUT}. Each is from zero, which
 * turns it off, to 365 days. They do not limit the silence between two messages.
 *
 * @param firstMessage the limit from the end of {@code onStart} until the first message
 * is complete; not for servers with clients that only receive
 * @param frame the limit from the first byte of a frame until its last one, however
 * steadily its bytes arrive
 */
public record ReceiveTimeouts(Duration firstMessage, Duration frame) {

	/** Both turned off. */
	public static final ReceiveTimeouts OFF = new ReceiveTimeouts(Duration.ZERO, Duration.ZERO);

	public ReceiveTimeouts {
		IdleSettings.require("receive.first-message-timeout", firstMessage);
		IdleSettings.require("receive.frame-timeout", frame);
	}

}

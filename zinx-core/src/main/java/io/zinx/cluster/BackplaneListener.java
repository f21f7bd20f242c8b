package io.zinx.cluster;

import org.jspecify.annotations.Nullable;

/**
 * Receiver of what arrives on a {@link Backplane}. Called by threads of the backplane,
 * one call at a time, which must not block; throws nothing.
 */
public interface BackplaneListener {

	/**
	 * A message has arrived.
	 * @param topic its topic
	 * @param message the message, written by whoever may publish to the topic; not
	 * changed any more
	 */
	void received(String topic, byte[] message);

	/**
	 * The connection is there, for the first time or again. There are no subscriptions.
	 */
	void restored();

	/**
	 * The connection is lost, with all subscriptions; or the first attempt to connect has
	 * failed. Called once until it is restored, and not after a close.
	 * @param cause the cause, or {@code null} if none is known
	 */
	void lost(@Nullable Throwable cause);

}

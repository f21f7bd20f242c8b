package io.zinx.outbound;

import org.jspecify.annotations.Nullable;

/**
 * Listener for the result of one accepted write. Called once.
 */
@FunctionalInterface
public interface WriteListener {

	/**
	 * The payload was written to the socket, or will never be. Usually on the event loop;
	 * with no lock held.
	 * @param cause the reason why it was not written, or {@code null} if it was
	 */
	void written(@Nullable Throwable cause);

}

package io.zinx.outbound;

import org.jspecify.annotations.Nullable;

/**
 * Hears once what became of one thing that was accepted.
 */
@FunctionalInterface
public interface WriteListener {

	/**
	 * It was written to the socket, or never will be. Mostly on the event loop; with no
	 * lock held.
	 * @param cause why it was not written, or {@code null} if it was
	 */
	void written(@Nullable Throwable cause);

}

package io.zinx.inbound;

/**
 * An approximate snapshot of the memory for messages that were received and are not
 * handled yet.
 *
 * @param bytes the memory of all connections together, in bytes
 * @param incomplete the part of it that belongs to incomplete frames
 * @param paused the number of connections that are not read because of their memory
 */
public record InboundStatus(long bytes, long incomplete, int paused) {

	/** No memory is held. */
	public static final InboundStatus NOTHING = new InboundStatus(0, 0, 0);

}

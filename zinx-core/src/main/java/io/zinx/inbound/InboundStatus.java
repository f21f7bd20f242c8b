package io.zinx.inbound;

/**
 * The memory that is held for what was received and is not handled. A snapshot, about.
 *
 * @param bytes on all connections together
 * @param begun those of them that belong to frames that have not come as a whole
 * @param paused how many connections are not read because they hold too much
 */
public record InboundStatus(long bytes, long begun, int paused) {

	/** Nothing is held. */
	public static final InboundStatus NOTHING = new InboundStatus(0, 0, 0);

}

package io.zinx.connection;

/**
 * The result of a broadcast.
 *
 * @param reached the number of connections that accepted the message, as
 * {@link SendResult#ACCEPTED}
 * @param closed the number that were closed or closing
 * @param overflowed the number whose outbound queue bound was reached, because the client
 * reads too slowly
 * @param unsendable the number it cannot be sent to, because it is longer than
 * {@code zinx.outbound.max-bytes} or the wire format cannot express it
 */
public record BroadcastResult(int reached, int closed, int overflowed, int unsendable) {

	/**
	 * The number of recipients of the broadcast.
	 * @return 0 or more
	 */
	public int total() {
		return this.reached + this.closed + this.overflowed + this.unsendable;
	}

}

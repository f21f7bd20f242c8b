package io.zinx.connection;

/**
 * What became of a broadcast.
 *
 * @param reached how many connections have taken the message over, as
 * {@link SendResult#ACCEPTED}
 * @param closed how many were closed or closing
 * @param overflowed how many read too slowly and have no room for it
 * @param unsendable how many it cannot be sent to, because it is longer than the outbound
 * bound or the wire format cannot express it
 */
public record BroadcastResult(int reached, int closed, int overflowed, int unsendable) {

	/**
	 * How many connections the broadcast was for.
	 * @return 0 or more
	 */
	public int total() {
		return this.reached + this.closed + this.overflowed + this.unsendable;
	}

}

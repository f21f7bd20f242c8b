package io.zinx.outbound;

import io.zinx.codec.FrameCodec;

/**
 * The things that the ways out of all connections of a running server share.
 *
 * @param codec how messages are written
 * @param settings how much may wait on one connection
 * @param budget how much may wait on all connections together
 */
public record OutboundContext(FrameCodec codec, OutboundSettings settings, OutboundBudget budget) {

	/**
	 * Create a context with a budget of its own.
	 * @param codec how messages are written
	 * @param settings how much may wait
	 */
	public OutboundContext(FrameCodec codec, OutboundSettings settings) {
		this(codec, settings, new OutboundBudget(settings.totalMaxBytes()));
	}

	/**
	 * All connections together hold too much: close those of them that have not read for
	 * the longest time, if that is the policy. Any thread, without a lock.
	 * @param length the bytes there is to be room for, with or without what the wire
	 * format adds
	 * @param asking the connection that needs it
	 * @return whether there is room
	 */
	public boolean makeRoom(int length, SlowPeer asking) {
		long whole = (long) this.codec.headLength() + length + this.codec.tailLength();
		return this.settings.policy() == SlowConsumerPolicy.CLOSE && this.budget.makeRoom(whole, asking);
	}

}

package io.zinx.outbound;

import io.zinx.codec.FrameCodec;

/**
 * The objects that the outbound queues of one server run share.
 *
 * @param codec the wire format
 * @param settings the queue bounds and the policy
 * @param budget the queue bound of all connections together
 */
public record OutboundContext(FrameCodec codec, OutboundSettings settings, OutboundBudget budget) {

	/**
	 * Create a context with a budget of its own.
	 * @param codec the wire format
	 * @param settings the queue bounds and the policy
	 */
	public OutboundContext(FrameCodec codec, OutboundSettings settings) {
		this(codec, settings, new OutboundBudget(settings.totalMaxBytes()));
	}

	/**
	 * Free space in the queue bound of all connections by closing those that have been
	 * congested for the longest time, if that is the policy. Any thread, without a lock.
	 * @param length the number of bytes needed, with or without those of the wire format
	 * @param asking the connection that needs them
	 * @return whether they are free
	 */
	public boolean makeRoom(int length, SlowPeer asking) {
		long whole = (long) this.codec.headLength() + length + this.codec.tailLength();
		return this.settings.policy() == SlowConsumerPolicy.CLOSE && this.budget.makeRoom(whole, asking);
	}

}

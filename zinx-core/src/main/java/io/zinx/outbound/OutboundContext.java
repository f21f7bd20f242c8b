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

}

package io.zinx.pipeline;

import io.zinx.codec.FrameCodec;
import io.zinx.inbound.InboundBudget;
import io.zinx.inbound.InboundSettings;
import io.zinx.transport.ReadBuffers;

/**
 * The way connections are read.
 *
 * @param codec reads frames
 * @param maxPacketSize the longest body, in bytes
 * @param budget the memory that may be held for what is not handled
 * @param readBlocks how many blocks of memory each event loop may read into, 1 or more
 */
public record ReadPlan(FrameCodec codec, int maxPacketSize, InboundBudget budget, int readBlocks) {

	/**
	 * The part of the budget that the blocks of all event loops may take: one in so many.
	 */
	private static final int BLOCKS_PART = 4;

	/**
	 * Plan the reading of a server.
	 * @param serverName its name, for logs
	 * @param codec reads frames
	 * @param maxPacketSize the longest body, in bytes
	 * @param settings the memory that may be held
	 * @param eventLoops how many event loops read
	 * @return a plan with a budget of its own
	 */
	public static ReadPlan of(String serverName, FrameCodec codec, int maxPacketSize, InboundSettings settings,
			int eventLoops) {
		long fitting = settings.totalMaxBytes() / BLOCKS_PART / eventLoops / ReadBuffers.BLOCK;
		int blocks = (int) Math.max(1, Math.min(ReadBuffers.MOST_BLOCKS, fitting));
		long readInto = (long) blocks * ReadBuffers.BLOCK * eventLoops;
		return new ReadPlan(codec, maxPacketSize, new InboundBudget(serverName, settings, readInto), blocks);
	}

	/**
	 * A plan without a bound of memory.
	 * @param codec reads frames
	 * @param maxPacketSize the longest body, in bytes
	 * @return a plan with a budget of its own
	 */
	static ReadPlan unbounded(FrameCodec codec, int maxPacketSize) {
		return new ReadPlan(codec, maxPacketSize, InboundBudget.unbounded(), ReadBuffers.MOST_BLOCKS);
	}

}

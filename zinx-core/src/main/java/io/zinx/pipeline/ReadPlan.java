package io.zinx.pipeline;

import io.zinx.codec.FrameCodec;
import io.zinx.inbound.InboundBudget;
import io.zinx.inbound.InboundSettings;
import io.zinx.transport.ReadBuffers;

/**
 * The settings of reading, for all connections of a server run.
 *
 * @param codec the wire format
 * @param maxPacketSize the longest body, in bytes
 * @param budget the bound on memory for messages that are not handled
 * @param readBlocks the most blocks of memory that an event loop reads into, 1 or more
 */
public record ReadPlan(FrameCodec codec, int maxPacketSize, InboundBudget budget, int readBlocks) {

	/**
	 * The divisor of the budget that gives the memory for the blocks of all event loops.
	 */
	private static final int BLOCKS_PART = 4;

	/**
	 * Create the settings of a server.
	 * @param serverName its name, for logs
	 * @param codec the wire format
	 * @param maxPacketSize the longest body, in bytes
	 * @param settings the bounds on memory
	 * @param eventLoops the number of event loops
	 * @return settings with a new budget
	 */
	public static ReadPlan of(String serverName, FrameCodec codec, int maxPacketSize, InboundSettings settings,
			int eventLoops) {
		long fitting = settings.totalMaxBytes() / BLOCKS_PART / eventLoops / ReadBuffers.BLOCK;
		int blocks = (int) Math.max(1, Math.min(ReadBuffers.MOST_BLOCKS, fitting));
		long readInto = (long) blocks * ReadBuffers.BLOCK * eventLoops;
		return new ReadPlan(codec, maxPacketSize, new InboundBudget(serverName, settings, readInto), blocks);
	}

	/**
	 * The length of the longest message with head and tail.
	 * @return bytes
	 */
	public int maxMessageLength() {
		long length = (long) this.maxPacketSize + this.codec.headLength() + this.codec.tailLength();
		return (int) Math.min(Integer.MAX_VALUE, length);
	}

	/**
	 * Create settings without a bound on memory.
	 * @param codec the wire format
	 * @param maxPacketSize the longest body, in bytes
	 * @return settings with a new budget
	 */
	static ReadPlan unbounded(FrameCodec codec, int maxPacketSize) {
		return new ReadPlan(codec, maxPacketSize, InboundBudget.unbounded(), ReadBuffers.MOST_BLOCKS);
	}

}

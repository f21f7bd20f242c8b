package io.zinx.pipeline;

import io.zinx.codec.Frame;
import io.zinx.codec.FrameCodec;
import io.zinx.inbound.InboundBudget;
import io.zinx.inbound.InboundShare;

/**
 * The things that the cutters of one event loop share. It cuts one frame at a time, so
 * one {@link Frame} is enough for all of them.
 *
 * @param codec the wire format
 * @param maxPacketSize the longest body, in bytes
 * @param smallestFrame the bytes of the smallest frame
 * @param faults reports what is no frame
 * @param frame the frame that is being cut
 * @param inbound counts the memory that is held
 */
record CutterContext(FrameCodec codec, int maxPacketSize, int smallestFrame, FrameFault faults, Frame frame,
		InboundShare inbound) {

	CutterContext(FrameCodec codec, int maxPacketSize) {
		this(codec, maxPacketSize, InboundBudget.unbounded().newShare(Runnable::run, (task) -> {
		}));
	}

	CutterContext(FrameCodec codec, int maxPacketSize, InboundShare inbound) {
		this(codec, maxPacketSize, new FrameFault(codec, System::nanoTime), inbound);
	}

	CutterContext(FrameCodec codec, int maxPacketSize, FrameFault faults, InboundShare inbound) {
		this(codec, maxPacketSize, Math.max(1, codec.headLength() + codec.minBodyLength() + codec.tailLength()), faults,
				new Frame(), inbound);
	}

	/**
	 * The most that a begun frame misses when bytes were added to it: what it has
	 * declared, or what the largest would.
	 * @param missing what it misses as the decoder says
	 * @param there how many bytes of it are there
	 * @param added how many are added
	 */
	int mayMiss(int missing, int there, int added) {
		long largest = (long) this.codec.headLength() + this.maxPacketSize + this.codec.tailLength();
		long expected = (missing > 0) ? missing : largest - there;
		return (int) Math.max(0, Math.min(expected - added, Integer.MAX_VALUE));
	}

}

package io.zinx.pipeline;

import io.zinx.codec.Frame;
import io.zinx.codec.FrameCodec;
import io.zinx.inbound.InboundBudget;
import io.zinx.inbound.InboundShare;

/**
 * The objects that the {@link FrameCutter}s of one event loop share. An event loop
 * decodes one frame at a time, so one {@link Frame} is enough for all of them.
 *
 * @param codec the wire format
 * @param maxPacketSize the longest body, in bytes
 * @param smallestFrame the bytes of the smallest frame
 * @param faults reports invalid frames
 * @param frame the frame that is being decoded
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
	 * The most bytes that an incomplete frame misses after bytes are added: those it
	 * declares, or those of the longest frame.
	 * @param missing the missing bytes as the decoder returned them
	 * @param there the number of its bytes received before
	 * @param added the number of bytes to add
	 */
	int mayMiss(int missing, int there, int added) {
		long largest = (long) this.codec.headLength() + this.maxPacketSize + this.codec.tailLength();
		long expected = (missing > 0) ? missing : largest - there;
		return (int) Math.max(0, Math.min(expected - added, Integer.MAX_VALUE));
	}

}

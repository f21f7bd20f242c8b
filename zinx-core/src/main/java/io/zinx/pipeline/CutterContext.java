package io.zinx.pipeline;

import io.zinx.codec.Frame;
import io.zinx.codec.FrameCodec;

/**
 * The things that the cutters of one event loop share. It cuts one frame at a time, so
 * one {@link Frame} is enough for all of them.
 *
 * @param codec the wire format
 * @param maxPacketSize the longest body, in bytes
 * @param smallestFrame the bytes of the smallest frame
 * @param frame the frame that is being cut
 */
record CutterContext(FrameCodec codec, int maxPacketSize, int smallestFrame, Frame frame) {

	CutterContext(FrameCodec codec, int maxPacketSize) {
		this(codec, maxPacketSize, Math.max(1, codec.headLength() + codec.minBodyLength() + codec.tailLength()),
				new Frame());
	}

	/**
	 * The bytes of the largest frame.
	 */
	int largestFrame() {
		long largest = (long) this.codec.headLength() + this.maxPacketSize + this.codec.tailLength();
		return (int) Math.min(largest, Integer.MAX_VALUE);
	}

}

package io.zinx.link;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/**
 * The target that Jazzer calls: WebSocket frames become a stream of bytes. The first byte
 * of the input is the number of bytes that are read at a time; the rest describes frames
 * and raw bytes, because Jazzer would not find a valid frame among masked ones. A second
 * reader says what has to come out, however the stream is split.
 * <p>
 * A byte under 0x80 describes a frame: four bits choose its first byte, three its length.
 * Its mask is the byte behind, four times changed; the first bytes of its payload follow.
 * A byte from 0x80 says how many raw bytes follow.
 */
public final class WebSocketFramesFuzzer {

	private static final int LONGEST = 4096;

	/** The bytes with which frames begin, most of them valid. */
	static final int[] FIRST = { 0x82, 0x81, 0x02, 0x01, 0x00, 0x80, 0x89, 0x8A, 0x88, 0x82, 0x81, 0x89, 0x09, 0x83,
			0xC2, 0x8B };

	/** The lengths of payloads. */
	static final int[] LENGTHS = { 0, 1, 2, 5, 125, 126, 200, 201 };

	/** The most bytes of a payload that are read from the input. */
	private static final int CHOSEN = 8;

	private WebSocketFramesFuzzer() {
	}

	/**
	 * Try one input.
	 * @param input any bytes
	 */
	public static void fuzzerTestOneInput(byte[] input) {
		if (input.length == 0 || input.length > LONGEST) {
			return;
		}
		int piece = 1 + (input[0] & 0x3F);
		byte[] stream = stream(ByteBuffer.wrap(input, 1, input.length - 1));
		WebSocketFramesOutcome expected = WebSocketFramesReference.outcome(stream);
		requireEqual("whole", expected, WebSocketFramesOutcome.of(stream, Math.max(1, stream.length)));
		requireEqual("in pieces of " + piece, expected, WebSocketFramesOutcome.of(stream, piece));
	}

	private static void requireEqual(String how, WebSocketFramesOutcome expected, WebSocketFramesOutcome outcome) {
		if (!expected.equals(outcome)) {
			throw new AssertionError("Read " + how + ": " + outcome + " instead of " + expected);
		}
	}

	private static byte[] stream(ByteBuffer in) {
		ByteArrayOutputStream stream = new ByteArrayOutputStream();
		while (in.hasRemaining()) {
			int what = in.get() & 0xFF;
			if (what < 0x80) {
				frame(FIRST[what & 0x0F], LENGTHS[what >> 4], in, stream);
			}
			else {
				for (int count = what & 0x1F; count > 0 && in.hasRemaining(); count--) {
					stream.write(in.get());
				}
			}
		}
		return stream.toByteArray();
	}

	private static void frame(int first, int length, ByteBuffer in, ByteArrayOutputStream out) {
		int seed = in.hasRemaining() ? in.get() : 0;
		int[] mask = { seed, seed * 3, seed * 5, seed * 7 };
		out.write(first);
		if (length <= 125) {
			out.write(0x80 | length);
		}
		else {
			out.write(0x80 | 126);
			out.write(0);
			out.write(length);
		}
		for (int each : mask) {
			out.write(each);
		}
		for (int index = 0; index < length; index++) {
			int next = (index < CHOSEN && in.hasRemaining()) ? in.get() : index;
			out.write(next ^ mask[index % mask.length]);
		}
	}

}

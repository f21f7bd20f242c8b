package io.zinx.cluster;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import io.netty.buffer.Unpooled;

/**
 * The target that Jazzer calls: a message of another node becomes frames, and what is
 * dropped is told; nothing is thrown. Each frame can be encoded, and is the same then.
 */
public final class ClusterFrameFuzzer {

	private ClusterFrameFuzzer() {
	}

	/**
	 * Try one input.
	 * @param input any bytes
	 */
	public static void fuzzerTestOneInput(byte[] input) {
		int[] seen = new int[1];
		ClusterFrameReader.read(input, new ClusterFrameReader.Sink() {

			@Override
			public void frame(ClusterFrame frame) {
				seen[0]++;
				check(frame);
			}

			@Override
			public void dropped(FrameDropReason reason) {
				seen[0]++;
			}

		});
		if (seen[0] == 0 != (input.length == 0)) {
			throw new AssertionError("A message of " + input.length + " bytes has " + seen[0] + " frames");
		}
		if (ClusterFrameReader.count(input) < Math.max(1, seen[0] - 1)) {
			throw new AssertionError("Fewer frames are counted than found");
		}
	}

	private static void check(ClusterFrame frame) {
		KickBody.decode(frame.body());
		HeartbeatBody.decode(frame.body());
		if (!isText(frame)) {
			return;
		}
		ClusterFrameWriter writer = new ClusterFrameWriter(frame.server(), frame.node());
		byte[] again = writer.draft(frame.kind(), frame.target(), frame.msgId(), frame.body().length)
			.write(Unpooled.wrappedBuffer(frame.body()));
		writer.number(again, 0, frame.sequence());
		ClusterFrameReader.read(again, new ClusterFrameReader.Sink() {

			@Override
			public void frame(ClusterFrame copy) {
				boolean same = copy.kind() == frame.kind() && copy.server().equals(frame.server())
						&& copy.node().equals(frame.node()) && copy.sequence() == frame.sequence()
						&& copy.msgId() == frame.msgId() && Arrays.equals(copy.body(), frame.body())
						&& copy.target().kind() == frame.target().kind()
						&& copy.target().name().equals(frame.target().name())
						&& copy.target().exceptKeys().equals(frame.target().exceptKeys());
				if (!same) {
					throw new AssertionError("Not the same after encoding: " + copy);
				}
			}

			@Override
			public void dropped(FrameDropReason reason) {
				throw new AssertionError("Not a frame after encoding: " + reason);
			}

		});
	}

	/**
	 * True unless a text was no UTF-8: what is in its place may be longer.
	 */
	private static boolean isText(ClusterFrame frame) {
		String all = frame.server() + frame.node() + frame.target().name()
				+ String.join("", frame.target().exceptKeys());
		return all.indexOf('\uFFFD') < 0 && StandardCharsets.UTF_8.newEncoder().canEncode(all);
	}

}

package io.zinx.cluster;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.netty.buffer.Unpooled;
import io.zinx.connection.CloseReason;
import io.zinx.fuzz.Seeds;
import io.zinx.message.Message;

/**
 * The seeds: messages with one and several frames of each kind, and some that are none.
 */
public final class ClusterFrameSeeds {

	private ClusterFrameSeeds() {
	}

	/**
	 * Write all seeds to a directory.
	 * @param args its path
	 * @throws IOException if they cannot be written
	 */
	public static void main(String[] args) throws IOException {
		Seeds.write(Path.of(args[0]), all());
	}

	static List<byte[]> all() {
		List<byte[]> seeds = new ArrayList<>();
		seeds.add(frame(FrameKind.PUSH, PushTarget.key("ann"), new byte[] { 1, 2, 3 }));
		seeds.add(frame(FrameKind.PUSH, PushTarget.group("room").exceptKeys(List.of("ann", "b\u00f6b")), new byte[0]));
		seeds.add(frame(FrameKind.PUSH, PushTarget.all(), new byte[200]));
		seeds.add(frame(FrameKind.KICK, PushTarget.key("ann"),
				new KickBody(CloseReason.KICKED, new Message(5, new byte[] { 7 })).encode()));
		seeds.add(frame(FrameKind.HEARTBEAT, PushTarget.all(), new HeartbeatBody(1, 2, 3000, 4).encode()));
		seeds.add(frame(FrameKind.GOODBYE, PushTarget.all(), new HeartbeatBody(1, 0, 3000, 5).encode()));
		byte[] together = together(seeds);
		byte[] newer = seeds.get(0).clone();
		newer[4] = 2;
		seeds.add(together);
		seeds.add(newer);
		seeds.add(new byte[0]);
		seeds.add(new byte[] { 0, 0, 0, 2, 1, 77 });
		seeds.add(new byte[] { -1, -1, -1, -1, 1, 1 });
		return seeds;
	}

	private static byte[] frame(FrameKind kind, PushTarget target, byte[] body) {
		return new ClusterFrameWriter("chat", "node-1").draft(kind, target, 7, body.length)
			.write(Unpooled.wrappedBuffer(body));
	}

	private static byte[] together(List<byte[]> frames) {
		ByteBuffer all = ByteBuffer.allocate(frames.stream().mapToInt((frame) -> frame.length).sum());
		frames.forEach(all::put);
		return all.array();
	}

}

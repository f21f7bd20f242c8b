package io.zinx.heartbeat;

import java.util.ArrayList;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.zinx.codec.FrameCodec;

/**
 * Heartbeats that a wire format can write, but that do not work as they are meant,
 * because the format has no numbers for them, or the other side may not send them.
 */
public final class HeartbeatFit {

	private HeartbeatFit() {
	}

	/**
	 * Find what does not fit.
	 * @param heartbeat the settings
	 * @param codec the wire format
	 * @param maxPacketSize the longest body that a client may send
	 * @return one note for each; empty if all is well
	 */
	public static List<Note> check(HeartbeatSettings heartbeat, FrameCodec codec, int maxPacketSize) {
		List<Note> notes = new ArrayList<>();
		if (heartbeat.mode() == HeartbeatMode.OFF) {
			return notes;
		}
		if (heartbeat.msgId() > codec.maxMsgId()) {
			notes.add(new Note(true,
					"zinx.heartbeat.msg-id is " + heartbeat.msgId() + ", but the largest number of codec "
							+ codec.name() + " is " + codec.maxMsgId()
							+ ": no message of a client is taken for a heartbeat"));
		}
		else if (heartbeat.msgId() != 0 && !hasNumbers(codec)) {
			boolean answers = heartbeat.mode() == HeartbeatMode.REPLY;
			notes.add(new Note(answers,
					"zinx.heartbeat.mode is " + heartbeat.mode() + ", but codec " + codec.name()
							+ " has no message numbers: a client's heartbeat is handled as any message, and "
							+ (answers ? "none is answered" : "that of the server looks like any other to a client")));
		}
		int shortest = shortest(heartbeat);
		if (shortest > maxPacketSize) {
			notes.add(new Note(false, "zinx.max-packet-size is " + maxPacketSize + ", but a heartbeat has " + shortest
					+ " bytes or more: a client that sends the same is closed"));
		}
		return notes;
	}

	private static int shortest(HeartbeatSettings heartbeat) {
		byte[] fixed = heartbeat.fixedBody();
		if (fixed != null) {
			return fixed.length;
		}
		return heartbeat.runsUserCode() ? 0 : HeartbeatText.SHORTEST;
	}

	/**
	 * True if frames of two numbers begin differently.
	 */
	private static boolean hasNumbers(FrameCodec codec) {
		ByteBuf one = Unpooled.buffer();
		ByteBuf other = Unpooled.buffer();
		try {
			codec.writeHead(1, codec.minBodyLength(), one);
			codec.writeHead(2, codec.minBodyLength(), other);
			return !ByteBufUtil.equals(one, other);
		}
		catch (RuntimeException ex) {
			return true; // a codec of the application that expects something else
		}
	}

	/**
	 * A sentence about heartbeats, for the log.
	 *
	 * @param mistake whether this is surely not meant
	 * @param text the sentence
	 */
	public record Note(boolean mistake, String text) {
	}

}

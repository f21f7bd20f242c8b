package io.zinx.cluster;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import io.zinx.connection.CloseReason;
import io.zinx.message.Message;
import org.jspecify.annotations.Nullable;

/**
 * The body of a frame that closes connections: the tag of the reason behind its length as
 * {@code u16}, then, if there is a last message, its number as {@code u32} and its body.
 *
 * @param reason the reason; {@link CloseReason#KICKED} for a tag that is not known here
 * @param lastMessage the last message, or {@code null} for none
 */
record KickBody(CloseReason reason, @Nullable Message lastMessage) {

	byte[] encode() {
		byte[] tag = this.reason.tag().getBytes(StandardCharsets.UTF_8);
		Message last = this.lastMessage;
		int length = Short.BYTES + tag.length + ((last != null) ? Integer.BYTES + last.body().length : 0);
		ByteBuffer out = ByteBuffer.allocate(length);
		out.putShort((short) tag.length).put(tag);
		if (last != null) {
			out.putInt((int) last.msgId()).put(last.body());
		}
		return out.array();
	}

	/**
	 * Decode a body.
	 * @param body the bytes
	 * @return the body, or {@code null} if they are none
	 */
	static @Nullable KickBody decode(byte[] body) {
		ByteBuffer in = ByteBuffer.wrap(body);
		if (in.remaining() < Short.BYTES) {
			return null;
		}
		int length = Short.toUnsignedInt(in.getShort());
		if (length > in.remaining()) {
			return null;
		}
		CloseReason reason = reason(new String(body, in.position(), length, StandardCharsets.UTF_8));
		in.position(in.position() + length);
		if (!in.hasRemaining()) {
			return new KickBody(reason, null);
		}
		if (in.remaining() < Integer.BYTES) {
			return null;
		}
		long msgId = Integer.toUnsignedLong(in.getInt());
		byte[] last = new byte[in.remaining()];
		in.get(last);
		return new KickBody(reason, new Message(msgId, last));
	}

	private static CloseReason reason(String tag) {
		for (CloseReason reason : CloseReason.values()) {
			if (reason.tag().equals(tag)) {
				return reason;
			}
		}
		return CloseReason.KICKED;
	}

}

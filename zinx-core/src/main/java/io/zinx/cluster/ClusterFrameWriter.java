package io.zinx.cluster;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * Encodes the frames of one node, see {@link ClusterFrame}. Any thread.
 */
final class ClusterFrameWriter {

	private final byte[] server;

	private final byte[] node;

	private final int sequenceAt;

	ClusterFrameWriter(String server, String node) {
		this.server = bytes("server", server);
		this.node = bytes("node", node);
		this.sequenceAt = Integer.BYTES + 2 + Short.BYTES + this.server.length + Short.BYTES + this.node.length;
	}

	private static byte[] bytes(String what, String text) {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		if (bytes.length > Topics.LONGEST_NAME) {
			throw new IllegalArgumentException(
					"The name of the " + what + " has " + bytes.length + " bytes (expected: at most 65535)");
		}
		return bytes;
	}

	/**
	 * Prepare a frame.
	 * @param kind the kind
	 * @param target the connections it is for
	 * @param msgId the number of the message
	 * @param bodyLength the length of its body
	 * @return the frame without its body and number
	 * @throws IllegalArgumentException if the name of the target or of a key to leave out
	 * is too long, or there are too many of them
	 */
	Draft draft(FrameKind kind, PushTarget target, long msgId, int bodyLength) {
		List<String> except = target.exceptKeys();
		if (except.size() > ClusterFrame.MOST_EXCEPTIONS) {
			throw new IllegalArgumentException(
					except.size() + " keys to leave out (expected: at most " + ClusterFrame.MOST_EXCEPTIONS + ")");
		}
		byte[] name = bytes("target", target.name());
		long length = this.sequenceAt + Long.BYTES + 1L + Short.BYTES + name.length + Short.BYTES + 2L * Integer.BYTES
				+ bodyLength;
		List<byte[]> exceptions = new ArrayList<>(except.size());
		for (String key : except) {
			byte[] exception = bytes("key to leave out", key);
			exceptions.add(exception);
			length += Short.BYTES + exception.length;
		}
		return new Draft(kind, target.kind(), name, exceptions, msgId, bodyLength, length);
	}

	/**
	 * A frame for all nodes.
	 * @param kind the kind
	 * @param body the body
	 * @return the frame without a number
	 */
	byte[] toNodes(FrameKind kind, byte[] body) {
		return draft(kind, PushTarget.all(), 0, body.length).write(Unpooled.wrappedBuffer(body));
	}

	/**
	 * Put the number into a frame.
	 * @param message an array with a frame of this writer
	 * @param at the index of the frame in it
	 * @param sequence the number
	 */
	void number(byte[] message, int at, long sequence) {
		ByteBuffer.wrap(message).putLong(at + this.sequenceAt, sequence);
	}

	static int code(PushTarget.Kind kind) {
		return switch (kind) {
			case KEY -> 1;
			case GROUP -> 2;
			case ALL -> 3;
		};
	}

	/**
	 * A frame whose length is known and for which no memory is taken yet.
	 */
	@SuppressWarnings("ArrayRecordComponent")
	final class Draft {

		private final FrameKind kind;

		private final PushTarget.Kind targetKind;

		private final byte[] name;

		private final List<byte[]> exceptions;

		private final long msgId;

		private final int bodyLength;

		private final long length;

		@SuppressWarnings("checkstyle:ParameterNumber")
		private Draft(FrameKind kind, PushTarget.Kind targetKind, byte[] name, List<byte[]> exceptions, long msgId,
				int bodyLength, long length) {
			this.kind = kind;
			this.targetKind = targetKind;
			this.name = name;
			this.exceptions = exceptions;
			this.msgId = msgId;
			this.bodyLength = bodyLength;
			this.length = length;
		}

		/**
		 * The length of the frame.
		 * @return bytes, possibly more than an array can have
		 */
		long length() {
			return this.length;
		}

		byte[] write(ByteBuf body) {
			byte[] frame = new byte[Math.toIntExact(this.length)];
			ByteBuffer out = ByteBuffer.wrap(frame);
			out.putInt(frame.length - Integer.BYTES);
			out.put((byte) ClusterFrame.VERSION).put((byte) this.kind.code());
			put(out, ClusterFrameWriter.this.server);
			put(out, ClusterFrameWriter.this.node);
			out.putLong(0);
			out.put((byte) code(this.targetKind));
			put(out, this.name);
			out.putShort((short) this.exceptions.size());
			this.exceptions.forEach((exception) -> put(out, exception));
			out.putInt((int) this.msgId);
			out.putInt(this.bodyLength);
			body.getBytes(body.readerIndex(), frame, out.position(), this.bodyLength);
			return frame;
		}

		private static void put(ByteBuffer out, byte[] text) {
			out.putShort((short) text.length).put(text);
		}

	}

}

package io.zinx.cluster;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Decodes messages of other nodes, which are input like any other: no length is believed
 * before the bytes are there, and nothing is thrown.
 */
final class ClusterFrameReader {

	private static final int SHORTEST = 2;

	private ClusterFrameReader() {
	}

	/**
	 * Decode a message.
	 * @param message the message
	 * @param sink is given its frames, and told what was dropped: a frame of a version or
	 * kind that is not known, or the rest of the message as one, behind bytes that are no
	 * frame
	 */
	static void read(byte[] message, Sink sink) {
		ByteBuffer in = ByteBuffer.wrap(message);
		while (in.hasRemaining()) {
			ByteBuffer frame = next(in);
			if (frame == null || !read(frame, sink)) {
				sink.dropped(FrameDropReason.MALFORMED);
				return;
			}
		}
	}

	/**
	 * The number of frames of a message, of which only the lengths are read.
	 * @param message the message
	 * @return 1 or more
	 */
	static int count(byte[] message) {
		ByteBuffer in = ByteBuffer.wrap(message);
		int count = 0;
		while (in.hasRemaining() && next(in) != null) {
			count++;
		}
		return Math.max(1, count);
	}

	private static @Nullable ByteBuffer next(ByteBuffer in) {
		if (in.remaining() < Integer.BYTES) {
			return null;
		}
		int length = in.getInt();
		if (length < SHORTEST || length > in.remaining()) {
			return null;
		}
		ByteBuffer frame = in.slice(in.position(), length);
		in.position(in.position() + length);
		return frame;
	}

	/**
	 * Decode one frame.
	 * @return whether it is one, or one of another version or kind
	 */
	private static boolean read(ByteBuffer in, Sink sink) {
		if (in.get() != ClusterFrame.VERSION) {
			sink.dropped(FrameDropReason.UNKNOWN_VERSION);
			return true;
		}
		FrameKind kind = FrameKind.of(Byte.toUnsignedInt(in.get()));
		if (kind == null) {
			sink.dropped(FrameDropReason.UNKNOWN_KIND);
			return true;
		}
		ClusterFrame frame = rest(kind, in);
		if (frame == null) {
			return false;
		}
		sink.frame(frame);
		return true;
	}

	private static @Nullable ClusterFrame rest(FrameKind kind, ByteBuffer in) {
		try {
			String server = text(in);
			String node = text(in);
			long sequence = in.getLong();
			PushTarget target = target(in);
			long msgId = Integer.toUnsignedLong(in.getInt());
			int length = in.getInt();
			if (target == null || length != in.remaining()) {
				return null;
			}
			byte[] body = new byte[length];
			in.get(body);
			return new ClusterFrame(kind, server, node, sequence, target, msgId, body);
		}
		catch (BufferUnderflowException ex) {
			return null;
		}
	}

	private static @Nullable PushTarget target(ByteBuffer in) {
		PushTarget.Kind kind = kind(in.get());
		String name = text(in);
		int exceptions = Short.toUnsignedInt(in.getShort());
		if (kind == null || exceptions > ClusterFrame.MOST_EXCEPTIONS) {
			return null;
		}
		PushTarget target = PushTarget.of(kind, name);
		if (exceptions == 0) {
			return target;
		}
		List<String> keys = new ArrayList<>(exceptions);
		for (int i = 0; i < exceptions; i++) {
			keys.add(text(in));
		}
		return target.exceptKeys(keys);
	}

	private static PushTarget.@Nullable Kind kind(byte code) {
		for (PushTarget.Kind kind : PushTarget.Kind.values()) {
			if (ClusterFrameWriter.code(kind) == code) {
				return kind;
			}
		}
		return null;
	}

	private static String text(ByteBuffer in) {
		int length = Short.toUnsignedInt(in.getShort());
		if (length > in.remaining()) {
			throw new BufferUnderflowException();
		}
		String text = new String(in.array(), in.arrayOffset() + in.position(), length, StandardCharsets.UTF_8);
		in.position(in.position() + length);
		return text;
	}

	/**
	 * Receiver of what is decoded.
	 */
	interface Sink {

		void frame(ClusterFrame frame);

		void dropped(FrameDropReason reason);

	}

}

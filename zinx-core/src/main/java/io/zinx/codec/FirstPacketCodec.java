package io.zinx.codec;

import java.util.Objects;

import io.netty.buffer.ByteBuf;
import io.zinx.InvalidSettingException;
import io.zinx.message.Message;

/**
 * A first packet in front of frames of another format, for devices that send their ICCID
 * first and then frames.
 *
 * <pre>
 * +----------------+-----------+-----------+
 * |  first packet  |   frame   |   frame   |  ...
 * +----------------+-----------+-----------+
 * </pre>
 *
 * The first packet has a format, too: with {@link FixedLengthCodec} it has that length,
 * with {@link DelimiterCodec} it ends with the delimiter, with {@link RawCodec} it
 * consists of the bytes of the first read, which may be fewer than the peer sent and may
 * contain the beginning of the first frame. Its body arrives before all others, as a
 * message with the number given here.
 * <p>
 * With {@code new FixedLengthCodec(4)}, message 9 and TLV, the stream
 * {@code 38393836 00000001 00000000} is message 9 {@code "8986"}, then an empty message
 * 1. Outgoing messages are all frames, without a first packet.
 */
public final class FirstPacketCodec implements FrameCodec {

	private final FrameCodec first;

	private final long msgId;

	private final FrameCodec frames;

	/**
	 * Create a codec.
	 * @param first the format of the first packet
	 * @param msgId the message number of the first packet, 0 to 4294967295
	 * @param frames the format of the bytes after it
	 * @throws InvalidSettingException if the number is out of range
	 */
	public FirstPacketCodec(FrameCodec first, long msgId, FrameCodec frames) {
		this.first = Objects.requireNonNull(first, "first");
		this.msgId = msgId;
		this.frames = Objects.requireNonNull(frames, "frames");
		if (!Message.isMsgId(msgId)) {
			throw new InvalidSettingException("first-packet.msg-id", msgId, "0 to " + Message.MAX_MSG_ID);
		}
	}

	@Override
	public String name() {
		return "first-packet+" + this.frames.name();
	}

	@Override
	public FrameDecoder newDecoder(int maxPacketSize) {
		return new Decoder(this.first.newDecoder(maxPacketSize), this.msgId, this.frames.newDecoder(maxPacketSize));
	}

	@Override
	public int headLength() {
		return this.frames.headLength();
	}

	@Override
	public int tailLength() {
		return this.frames.tailLength();
	}

	@Override
	public int minBodyLength() {
		return this.frames.minBodyLength();
	}

	@Override
	public int maxBodyLength() {
		return this.frames.maxBodyLength();
	}

	@Override
	public long maxMsgId() {
		return this.frames.maxMsgId();
	}

	@Override
	public int frameStart(int bodyIndex) {
		return formatAt(bodyIndex).frameStart(bodyIndex);
	}

	@Override
	public int frameEnd(ByteBuf in, int bodyIndex, int bodyLength) {
		return formatAt(bodyIndex).frameEnd(in, bodyIndex, bodyLength);
	}

	/**
	 * The format of a body: a body without space for the head of a frame before it is the
	 * first packet.
	 */
	private FrameCodec formatAt(int bodyIndex) {
		return (this.frames.frameStart(bodyIndex) < 0) ? this.first : this.frames;
	}

	@Override
	public void writeHead(long msgId, int bodyLength, ByteBuf out) {
		this.frames.writeHead(msgId, bodyLength, out);
	}

	@Override
	public void writeTail(ByteBuf out, int frameStart) {
		this.frames.writeTail(out, frameStart);
	}

	/**
	 * The decoder of one connection.
	 */
	private static final class Decoder implements FrameDecoder {

		private final long msgId;

		private final FrameDecoder frames;

		private FrameDecoder current;

		Decoder(FrameDecoder first, long msgId, FrameDecoder frames) {
			this.current = first;
			this.msgId = msgId;
			this.frames = frames;
		}

		@Override
		public int decode(ByteBuf in, Frame frame) {
			FrameDecoder decoder = this.current;
			int missing = decoder.decode(in, frame);
			if (missing == COMPLETE && decoder != this.frames) {
				this.current = this.frames;
				frame.set(this.msgId, frame.bodyIndex(), frame.bodyLength());
			}
			return missing;
		}

	}

}

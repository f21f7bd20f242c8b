package io.zinx.codec;

import java.util.Objects;

import io.netty.buffer.ByteBuf;
import io.zinx.InvalidSettingException;
import io.zinx.message.Message;

/**
 * A first packet of its own in front of frames of another format: devices that greet with
 * their ICCID and then talk in frames.
 *
 * <pre>
 * +----------------+-----------+-----------+
 * |  first packet  |   frame   |   frame   |  ...
 * +----------------+-----------+-----------+
 * </pre>
 *
 * The first packet is read by a format as well: with {@link FixedLengthCodec} it is so
 * many bytes, with {@link DelimiterCodec} it goes up to the delimiter, with
 * {@link RawCodec} it is what the first read brings, which may be less than the peer sent
 * and may hold the beginning of the first frame. Its body arrives as a message with a
 * number that is chosen here, before all others.
 * <p>
 * With {@code new FixedLengthCodec(4)}, message 9 and TLV, the stream
 * {@code 38393836 00000001 00000000} is message 9 {@code "8986"}, then an empty message
 * 1. Sending knows no first packet: everything is a frame.
 */
public final class FirstPacketCodec implements FrameCodec {

	private final FrameCodec first;

	private final long msgId;

	private final FrameCodec frames;

	/**
	 * Create a codec.
	 * @param first the format of the first packet
	 * @param msgId the number of the message it arrives as, 0 to 4294967295
	 * @param frames the format of everything after it
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
	 * Which format a body is of: where no head of a frame has room, it is the first
	 * packet.
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
	 * Cuts the frames of one connection.
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

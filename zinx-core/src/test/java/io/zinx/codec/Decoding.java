package io.zinx.codec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One connection's bytes on their way through a decoder. What is left of them lies
 * elsewhere in another buffer after each piece.
 */
final class Decoding {

	private final FrameDecoder decoder;

	private final Frame frame = new Frame();

	private final List<String> messages = new ArrayList<>();

	private byte[] rest = {};

	Decoding(FrameCodec codec, int maxPacketSize) {
		this.decoder = codec.newDecoder(maxPacketSize);
	}

	/**
	 * Decode a stream whole, split at every byte, and byte by byte, and check that it
	 * makes no difference.
	 * @param codec the format
	 * @param stream the bytes in hex
	 * @return the messages, each as number, colon and body in hex
	 */
	static List<String> anyhow(FrameCodec codec, String stream) {
		byte[] bytes = HexFormat.of().parseHex(stream);
		List<String> whole = new Decoding(codec, 4096).feed(bytes).messages;
		for (int at = 0; at <= bytes.length; at++) {
			Decoding split = new Decoding(codec, 4096).feed(Arrays.copyOfRange(bytes, 0, at))
				.feed(Arrays.copyOfRange(bytes, at, bytes.length));
			assertThat(split.messages).as("split at " + at).isEqualTo(whole);
		}
		Decoding single = new Decoding(codec, 4096);
		for (byte one : bytes) {
			single.feed(new byte[] { one });
		}
		assertThat(single.messages).as("byte by byte").isEqualTo(whole);
		return whole;
	}

	/**
	 * The frame of a message.
	 * @param codec the format
	 * @param body the body in hex
	 * @return the frame in hex
	 */
	static String encode(FrameCodec codec, String body) {
		ByteBuf out = Unpooled.buffer().writeByte(0x55);
		byte[] bytes = HexFormat.of().parseHex(body);
		assertThat(bytes.length).isBetween(codec.minBodyLength(), codec.maxBodyLength());
		codec.writeHead(0, bytes.length, out);
		assertThat(out.readableBytes()).isEqualTo(1 + codec.headLength());
		out.writeBytes(bytes);
		codec.writeTail(out, 1);
		assertThat(out.readableBytes()).isEqualTo(1 + codec.headLength() + bytes.length + codec.tailLength());
		return ByteBufUtil.hexDump(out.skipBytes(1));
	}

	Decoding feed(String hex) {
		return feed(HexFormat.of().parseHex(hex));
	}

	Decoding feed(byte[] bytes) {
		int offset = bytes.length % 7;
		ByteBuf in = Unpooled.buffer().writeZero(offset).skipBytes(offset).writeBytes(this.rest).writeBytes(bytes);
		while (in.isReadable()) {
			int before = in.readerIndex();
			int missing = this.decoder.decode(in, this.frame);
			if (missing != FrameDecoder.COMPLETE) {
				break;
			}
			assertThat(in.readerIndex()).isGreaterThan(before);
			this.messages.add(this.frame.msgId() + ":"
					+ ByteBufUtil.hexDump(in, this.frame.bodyIndex(), this.frame.bodyLength()));
		}
		this.rest = ByteBufUtil.getBytes(in);
		return this;
	}

	List<String> messages() {
		return this.messages;
	}

	int waiting() {
		return this.rest.length;
	}

}

package io.zinx.pipeline;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.zinx.codec.FrameCodec;
import io.zinx.fuzz.Seeds;

/**
 * The seeds for each format: valid frames, and heads that no frame has.
 */
public final class FrameReaderSeeds {

	private static final int[] LENGTHS = { 0, 1, 7, 63, 64, 65 };

	private static final List<String> HOSTILE = List.of("", "00", "ff", "ffffffffffffffff", "0000000080000000",
			"7fffffff00000001", "8000000000000000", "cafecafecafe", "a210ff", "0d0d0a0a", "000001000001");

	private FrameReaderSeeds() {
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
		for (int index = 0; index < FrameReaderFuzzer.CODECS.size(); index++) {
			seeds.add(input(index, frames(FrameReaderFuzzer.CODECS.get(index))));
			for (String head : HOSTILE) {
				seeds.add(input(index, Unpooled.wrappedBuffer(HexFormat.of().parseHex(head))));
			}
		}
		return seeds;
	}

	private static byte[] input(int index, ByteBuf stream) {
		return ByteBufUtil
			.getBytes(Unpooled.buffer().writeByte(index).writeByte(0).writeByte(9).writeByte(1).writeBytes(stream));
	}

	private static ByteBuf frames(FrameCodec codec) {
		ByteBuf out = Unpooled.buffer();
		for (int length : LENGTHS) {
			if (length < codec.minBodyLength() || length > codec.maxBodyLength()) {
				continue;
			}
			int start = out.writerIndex();
			codec.writeHead(1, length, out);
			out.writeBytes(new byte[length]);
			codec.writeTail(out, start);
		}
		return out;
	}

}

package io.zinx.pipeline;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import com.sun.management.ThreadMXBean;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.zinx.codec.TlvCodec;
import io.zinx.connection.ChannelConnection;
import io.zinx.connection.CloseReason;
import io.zinx.connection.ConnManager;
import io.zinx.diagnostics.Clocks;
import io.zinx.lane.FrameSink;
import io.zinx.testing.TestConnections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The cost of bytes that somebody sends who wants them to cost much, compared with plain
 * frames. Counted, not timed: looks at bytes, batches begun and buffers made. With the
 * system property {@code zinx.proof.megabytes} a table is written of what it is in time
 * and memory.
 */
class HostileInputCostTests {

	private static final int MAX_PACKET_SIZE = 4096;

	private static final int BLOCK = 64 * 1024;

	/** What a read from the socket costs, at least, in looks at a byte. */
	private static final int READ = 200;

	/** What a batch and a buffer cost. */
	private static final int BATCH = 10;

	private static final int BUFFER = 50;

	/** Frames of HTLV whose sums are computed before that is refused. */
	private static final int FALSE_STARTS = 1100 * 270;

	/** The cost of a byte of plain frames, which many are compared with. */
	private static final Map<List<Object>, Double> plain = new HashMap<>();

	@ParameterizedTest
	@EnumSource
	void inLargePiecesAByteCostsNoMoreThanThatOfAPlainFrameOrThree(HostileInput input) {
		int length = 40 * BLOCK;
		double plain = plain(input, length, BLOCK);
		Cost hostile = cost(input, length, BLOCK);
		assertThat(hostile.units - FALSE_STARTS).as(hostile + ", plain " + plain)
			.isLessThan((long) (Math.max(plain, 1) * 4 * hostile.bytes));
	}

	@ParameterizedTest
	@EnumSource
	void byteByByteAByteCostsNoMoreThanThatOfAPlainFrameOrThree(HostileInput input) {
		double plain = plain(input, BLOCK, 1);
		Cost hostile = cost(input, BLOCK, 1);
		assertThat(hostile.units - FALSE_STARTS).as(hostile + ", plain " + plain)
			.isLessThan((long) (plain * 4 * hostile.bytes));
	}

	@ParameterizedTest
	@EnumSource
	void whatWaitsIsNoMoreThanAFrameOrWhatWasRead(HostileInput input) {
		for (int piece : new int[] { 1, 1000, BLOCK }) {
			int length = (piece == 1) ? 4 * MAX_PACKET_SIZE : 4 * BLOCK;
			assertThat(cost(input, length, piece).memory).as("in pieces of " + piece)
				.isLessThanOrEqualTo(2 * (MAX_PACKET_SIZE + 100));
		}
	}

	@ParameterizedTest
	@EnumSource
	void itIsAsHostileAsItSays(HostileInput input) {
		Cost cost = cost(input, 2 * BLOCK, 1000);
		assertThat(cost.frames > 0).isEqualTo(input.hasFrames());
	}

	private static double plain(HostileInput input, int length, int piece) {
		return plain.computeIfAbsent(List.of(input.plain(), length, piece),
				(key) -> cost(input.plain(), length, piece).perByte());
	}

	private static Cost cost(HostileInput input, int length, int piece) {
		CountingAllocator allocator = new CountingAllocator();
		Cut cut = new Cut(input, allocator);
		byte[] bytes = input.bytes(length);
		int sent = 0;
		int pieces = 0;
		for (; sent < length && !cut.closed; pieces++) {
			int next = Math.min(piece, length - sent);
			cut.cutter.cut(allocator.read(bytes, sent, next));
			cut.memory = Math.max(cut.memory, cut.cutter.restCapacity());
			sent += next;
		}
		cut.end();
		long units = allocator.looks() + (long) READ * pieces + (long) BATCH * cut.batches
				+ (long) BUFFER * allocator.buffers();
		return new Cost(input, sent, units, cut.frames, cut.memory);
	}

	@Test
	@EnabledIfSystemProperty(named = "zinx.proof.megabytes", matches = "\\d+")
	void theTable() throws Exception {
		long length = Long.getLong("zinx.proof.megabytes", 1) << 20;
		List<String> lines = new ArrayList<>();
		for (HostileInput input : HostileInput.values()) {
			measured(input, length, BLOCK);
			lines.add("| `%s` | %.1f | %.1f | %d |".formatted(input.name().toLowerCase(Locale.ROOT).replace('_', '-'),
					measured(input, length, BLOCK), measured(input, length / 16, 1),
					cost(input, 4 * BLOCK, BLOCK).memory));
		}
		Files.write(Path.of("target", "hostile.txt"), lines);
	}

	/**
	 * The processor time of a megabyte, in milliseconds. Who is disconnected comes again.
	 */
	private static double measured(HostileInput input, long length, int piece) {
		ByteBuf pieces = Unpooled.directBuffer(BLOCK).writeBytes(input.bytes(BLOCK));
		ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
		long sent = 0;
		long begun = threads.getCurrentThreadCpuTime();
		while (sent < length) {
			Cut cut = new Cut(input, PooledByteBufAllocator.DEFAULT);
			while (sent < length && !cut.closed) {
				int at = (int) (sent % (BLOCK - piece + 1));
				cut.cutter.cut(pieces.retainedSlice(at, piece));
				sent += piece;
			}
			cut.end();
		}
		double millis = (threads.getCurrentThreadCpuTime() - begun) / 1e6;
		pieces.release();
		return millis / (sent / (double) (1 << 20));
	}

	/**
	 * What some bytes have cost.
	 */
	private record Cost(HostileInput input, int bytes, long units, int frames, int memory) {

		double perByte() {
			return (double) this.units / this.bytes;
		}

	}

	/**
	 * A connection whose frames are counted.
	 */
	private static final class Cut implements FrameSink {

		private final EmbeddedChannel channel = new EmbeddedChannel();

		private final FrameCutter cutter;

		private int batches;

		private int frames;

		private int memory;

		private boolean closed;

		Cut(HostileInput input, ByteBufAllocator allocator) {
			this.channel.config().setAllocator(allocator);
			ChannelConnection connection = TestConnections
				.accept(TestConnections.acceptor(new ConnManager(1), new TlvCodec(), Clocks.SYSTEM), this.channel);
			this.cutter = new FrameCutter(new CutterContext(input.codec(), MAX_PACKET_SIZE), connection) {

				@Override
				FrameSink sink() {
					return Cut.this;
				}

				@Override
				void corrupt(CloseReason reason) {
					Cut.this.closed = true;
				}

				@Override
				void inboundFull() {
					throw new IllegalStateException("No budget here is ever full");
				}

			};
		}

		@Override
		public int open(ByteBuf buffer, int wanted) {
			this.batches++;
			return wanted;
		}

		@Override
		public boolean frame(long msgId, int bodyIndex, int bodyLength) {
			this.frames++;
			return true;
		}

		@Override
		public void close() {
		}

		void end() {
			this.cutter.releaseRest();
			this.channel.finishAndReleaseAll();
		}

	}

}

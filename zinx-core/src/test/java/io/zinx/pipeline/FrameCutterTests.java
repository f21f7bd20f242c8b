package io.zinx.pipeline;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.zinx.codec.ChecksumException;
import io.zinx.codec.CorruptFrameException;
import io.zinx.codec.DelimiterCodec;
import io.zinx.codec.FixedLengthCodec;
import io.zinx.codec.FrameCodec;
import io.zinx.codec.FrameDecoder;
import io.zinx.codec.FrameTooLongException;
import io.zinx.codec.HtlvCrcCodec;
import io.zinx.codec.LtvCodec;
import io.zinx.codec.MagicPrefixCodec;
import io.zinx.codec.MagicPrefixCodec.OnMismatch;
import io.zinx.codec.RawCodec;
import io.zinx.codec.TlvCodec;
import io.zinx.connection.ChannelConnection;
import io.zinx.connection.CloseReason;
import io.zinx.connection.ConnManager;
import io.zinx.diagnostics.Clocks;
import io.zinx.lane.FrameSink;
import io.zinx.testing.CapturedLog;
import io.zinx.testing.TestConnections;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class FrameCutterTests {

	private final EmbeddedChannel channel = new EmbeddedChannel();

	private final ConnManager manager = new ConnManager(1);

	private final ChannelConnection connection = TestConnections
		.accept(TestConnections.acceptor(this.manager, new TlvCodec(), Clocks.SYSTEM), this.channel);

	private final ControlledSink sink = new ControlledSink();

	private FrameSink target = this.sink;

	private final List<CloseReason> faults = new ArrayList<>();

	private final List<ByteBuf> given = new ArrayList<>();

	private final FrameCutter cutter = cutter(new TlvCodec(), this.channel.alloc());

	private FrameCutter cutter(FrameCodec codec, ByteBufAllocator alloc) {
		this.channel.config().setAllocator(alloc);
		return new FrameCutter(new CutterContext(codec, 4096), this.connection) {

			@Override
			FrameSink sink() {
				return FrameCutterTests.this.target;
			}

			@Override
			void inboundFull() {
			}

			@Override
			void corrupt(CloseReason reason) {
				FrameCutterTests.this.faults.add(reason);
			}

		};
	}

	private FrameCutter decodingBy(FrameDecoder decoder) {
		return cutter(new DecodingCodec(decoder), this.channel.alloc());
	}

	@AfterEach
	void release() {
		this.cutter.releaseRest();
		this.channel.finishAndReleaseAll();
	}

	@Test
	void whatAPeerWroteIntoAnExceptionOfTheCodecBeginsNoLineOfTheLog() {
		try (CapturedLog log = new CapturedLog(FrameCutter.class)) {
			decodingBy((in, frame) -> {
				throw new IllegalArgumentException("no command x\nFAKE LINE\u001b[31m");
			}).cut(buffer(new byte[8]));
			assertThat(log.thrown()).singleElement().asString().endsWith("no command x\\nFAKE LINE\\u001b[31m");
		}
	}

	private ByteBuf buffer(byte[] bytes) {
		ByteBuf buffer = ByteBufAllocator.DEFAULT.buffer(bytes.length).writeBytes(bytes);
		this.given.add(buffer);
		return buffer;
	}

	private void take(byte[] bytes) {
		this.cutter.cut(buffer(bytes));
	}

	private void assertAllGivenBack() {
		assertThat(this.given).allSatisfy((buffer) -> assertThat(buffer.refCnt()).isZero());
	}

	/**
	 * Frames of TLV whose bodies are these texts.
	 */
	private static byte[] frames(String... texts) {
		ByteBuf all = Unpooled.buffer();
		for (String text : texts) {
			all.writeBytes(ReaderFixture.frame(text));
		}
		return ByteBufUtil.getBytes(all);
	}

	static Stream<Arguments> formats() {
		byte[] magic = { (byte) 0xCA, (byte) 0xFE };
		Supplier<FrameCodec> resync = () -> new MagicPrefixCodec(new TlvCodec(), magic, OnMismatch.RESYNC);
		return Stream.of(Arguments.of(new TlvCodec(), ""), Arguments.of(new LtvCodec(), ""),
				Arguments.of(new HtlvCrcCodec(), ""), Arguments.of(new DelimiterCodec(), ""),
				Arguments.of(new FixedLengthCodec(5), ""), Arguments.of(resync.get(), ""),
				Arguments.of(resync.get(), "garbage"));
	}

	private static byte[] stream(FrameCodec codec, String garbage) {
		ByteBuf all = Unpooled.buffer();
		for (int i = 0; i < 6; i++) {
			int length = (codec instanceof FixedLengthCodec) ? 5 : i * i;
			all.writeCharSequence(garbage, StandardCharsets.US_ASCII);
			int start = all.writerIndex();
			codec.writeHead(7, length, all);
			all.writeCharSequence(("" + (char) ('a' + i)).repeat(length), StandardCharsets.US_ASCII);
			codec.writeTail(all, start);
		}
		return ByteBufUtil.getBytes(all);
	}

	@ParameterizedTest
	@MethodSource("formats")
	void piecesOfEverySizeGiveTheSameFramesWhateverRoomThereIs(FrameCodec codec, String garbage) {
		byte[] stream = stream(codec, garbage);
		cutter(codec, this.channel.alloc()).cut(buffer(stream));
		List<String> whole = List.copyOf(this.sink.frames);
		assertThat(whole).hasSize(6).doesNotHaveDuplicates();
		for (int room : new int[] { 1, 2, Integer.MAX_VALUE }) {
			for (int size = 1; size < stream.length; size++) {
				assertThat(cutInPieces(codec, stream, size, room)).as("pieces of " + size + ", room for " + room)
					.isEqualTo(whole);
			}
		}
	}

	private List<String> cutInPieces(FrameCodec codec, byte[] stream, int size, int room) {
		this.sink.frames.clear();
		FrameCutter pieces = cutter(codec, new UnpooledByteBufAllocator(false, true));
		int count = 0;
		for (int at = 0; at < stream.length; at += size) {
			pieces.cut(Unpooled.buffer(size).writeBytes(stream, at, Math.min(size, stream.length - at)));
			if (count++ % 3 == 0) {
				this.sink.room = room;
				if (pieces.isFull()) {
					pieces.cutRest();
				}
			}
		}
		while (pieces.isFull()) {
			this.sink.room = room;
			assertThat(pieces.cutRest()).isTrue();
		}
		assertThat(pieces.hasRest()).isFalse();
		return List.copyOf(this.sink.frames);
	}

	@Test
	void aWholeFrameIsCutOutOfTheVeryBufferThatWasRead() {
		ByteBuf read = buffer(frames("one", "two"));
		this.cutter.cut(read);
		assertThat(this.sink.opened).hasSize(1);
		assertThat(this.sink.opened.get(0)).isSameAs(read);
		assertThat(this.sink.frames).containsExactly("1 one", "1 two");
		assertAllGivenBack();
	}

	@Test
	void asManyFramesAreAskedForAsCanBeInABuffer() {
		take(frames("", "", "", "", ""));
		assertThat(this.sink.wanted).singleElement().satisfies((wanted) -> assertThat(wanted).isBetween(5, 6));
		assertThat(this.sink.batches).containsExactly(5);
		assertThat(new CutterContext(new RawCodec(), 10).smallestFrame()).isEqualTo(1);
	}

	@Test
	void noBatchIsLargerThanWasGranted() {
		this.sink.granted = 2;
		take(frames("1", "2", "3", "4", "5"));
		assertThat(this.sink.batches).containsExactly(2, 2, 1);
		assertThat(this.sink.frames).hasSize(5);
	}

	@Test
	void aSinkThatStopsABatchIsAskedAnew() {
		this.sink.stops = true;
		take(frames("1", "2", "3"));
		assertThat(this.sink.batches).containsExactly(1, 1, 1);
	}

	@Test
	void aSinkThatStopsForLackOfRoomGetsTheRestLater() {
		this.sink.stops = true;
		this.sink.room = 1;
		take(frames("1", "2"));
		assertThat(this.cutter.isFull()).isTrue();
		assertThat(this.sink.frames).containsExactly("1 1");
		this.sink.room = 1;
		assertThat(this.cutter.cutRest()).isTrue();
		assertThat(this.cutter.isFull()).isFalse();
		assertThat(this.sink.frames).containsExactly("1 1", "1 2");
		assertAllGivenBack();
	}

	@Test
	void withoutRoomBytesWaitUncutAndAreNoPartOfAFrame() {
		this.sink.room = 0;
		take(frames("waits"));
		assertThat(this.cutter.isFull()).isTrue();
		assertThat(this.cutter.hasRest()).isTrue();
		assertThat(this.cutter.isPartial()).isFalse();
		assertThat(this.connection.messagesIn()).isZero();
		assertThat(this.cutter.cutRest()).isTrue();
		assertThat(this.cutter.isFull()).as("full still").isTrue();
		this.sink.room = 5;
		this.cutter.cutRest();
		assertThat(this.cutter.hasRest()).isFalse();
		assertThat(this.cutter.cutRest()).isFalse();
		assertThat(this.sink.frames).containsExactly("1 waits");
	}

	@Test
	void aPartOfAFrameWaitsForItsRestWithoutTheSinkBeingAsked() {
		byte[] frame = frames("in parts");
		take(Arrays.copyOf(frame, 9));
		assertThat(this.cutter.isPartial()).isTrue();
		int asked = this.sink.wanted.size();
		take(Arrays.copyOfRange(frame, 9, 12));
		assertThat(this.sink.wanted).hasSize(asked);
		take(Arrays.copyOfRange(frame, 12, frame.length));
		assertThat(this.cutter.isPartial()).isFalse();
		assertThat(this.sink.frames).containsExactly("1 in parts");
	}

	@Test
	void whatOthersStillReadIsNotWrittenTo() {
		byte[] frames = frames("held", "in two parts");
		this.sink.holds = true;
		take(Arrays.copyOf(frames, 20));
		ByteBuf held = this.sink.opened.get(0).duplicate();
		byte[] before = ByteBufUtil.getBytes(held, 0, held.capacity());
		take(Arrays.copyOfRange(frames, 20, frames.length));
		assertThat(ByteBufUtil.getBytes(held, 0, held.capacity())).isEqualTo(before);
		assertThat(this.sink.frames).containsExactly("1 held", "1 in two parts");
		this.sink.giveBack();
		assertAllGivenBack();
	}

	@Test
	void whatIsDroppedIsForgottenAndTheNextBytesBeginAFrame() {
		take(Arrays.copyOf(frames("torn"), 9));
		this.cutter.drop();
		take(frames("next"));
		this.sink.room = 0;
		take(frames("no room"));
		this.cutter.drop();
		assertThat(this.cutter.isFull()).isFalse();
		this.sink.room = 5;
		take(frames("last"));
		assertThat(this.sink.frames).containsExactly("1 next", "1 last");
		assertThat(this.cutter.restCapacity()).isZero();
		assertAllGivenBack();
	}

	@Test
	void theSinkIsAskedForBeforeEachBatch() {
		ControlledSink other = new ControlledSink();
		take(frames("first"));
		this.target = other;
		take(frames("second"));
		assertThat(this.sink.frames).containsExactly("1 first");
		assertThat(other.frames).containsExactly("1 second");
	}

	@ParameterizedTest
	@EnumSource(Moment.class)
	void aSinkThatFailsLosesBytesAndNoMemory(Moment moment) {
		this.sink.failing = moment;
		assertThatThrownBy(() -> take(frames("one", "two"))).hasMessage(moment.name());
		assertAllGivenBack();
		assertThat(this.sink.isOpen()).as("a batch").isFalse();
		this.sink.failing = null;
		this.sink.frames.clear();
		take(frames("three"));
		assertThat(this.sink.frames).isEmpty();
		assertThat(this.cutter.hasRest()).isFalse();
		assertThat(this.faults).as("faults of the peer").isEmpty();
		assertAllGivenBack();
	}

	@ParameterizedTest
	@EnumSource(Moment.class)
	void aSinkThatFailsOnAGatheredFrameLosesNoMemoryEither(Moment moment) {
		byte[] frame = frames("in two parts");
		take(Arrays.copyOf(frame, 10));
		this.sink.failing = moment;
		assertThatThrownBy(() -> take(Arrays.copyOfRange(frame, 10, frame.length))).hasMessage(moment.name());
		assertThat(this.cutter.restCapacity()).isZero();
		assertAllGivenBack();
	}

	@Test
	void withoutMemoryForABegunFrameNothingMoreCanBeCut() {
		FrameCutter poor = cutter(new TlvCodec(), new NoMemory());
		assertThatThrownBy(() -> poor.cut(buffer(Arrays.copyOf(frames("one", "two"), 14))))
			.isInstanceOf(OutOfMemoryError.class);
		assertThat(this.sink.frames).containsExactly("1 one");
		poor.cut(buffer(frames("three")));
		assertThat(this.sink.frames).containsExactly("1 one");
		assertThat(poor.hasRest()).isFalse();
		assertAllGivenBack();
	}

	@Test
	void withoutMemoryForWhatWaitsForRoomNothingMoreCanBeCut() {
		FrameCutter poor = cutter(new TlvCodec(), new NoMemory());
		this.sink.holds = true;
		this.sink.room = 1;
		poor.cut(buffer(frames("one", "two")));
		assertThat(poor.isFull()).isTrue();
		assertThatThrownBy(() -> poor.cut(buffer(frames("three")))).isInstanceOf(OutOfMemoryError.class);
		assertThat(poor.isFull()).isFalse();
		assertThat(poor.hasRest()).isFalse();
		this.sink.giveBack();
		assertAllGivenBack();
	}

	static Stream<Arguments> faults() {
		return Stream.of(Arguments.of(new FrameTooLongException(5000, 4096), CloseReason.FRAME_TOO_LONG),
				Arguments.of(new CorruptFrameException("bad"), CloseReason.CORRUPT_FRAME),
				Arguments.of(new ChecksumException(1, 2), CloseReason.BAD_CHECKSUM),
				Arguments.of(new IllegalStateException("of a test"), CloseReason.INTERNAL_ERROR));
	}

	@ParameterizedTest
	@MethodSource("faults")
	void behindBytesThatAreNoFrameNothingIsCut(RuntimeException thrown, CloseReason reason) {
		FrameCutter strict = decodingBy((in, frame) -> {
			if (in.getByte(in.readerIndex()) == '!') {
				throw thrown;
			}
			frame.set(0, in.readerIndex(), 1);
			in.skipBytes(1);
			return FrameDecoder.COMPLETE;
		});
		strict.cut(buffer("ab!cd".getBytes(StandardCharsets.US_ASCII)));
		assertThat(this.sink.frames).containsExactly("0 a", "0 b");
		assertThat(this.sink.batches).containsExactly(2);
		assertThat(this.faults).containsExactly(reason);
		assertThat(strict.hasRest()).isFalse();
		strict.drop();
		strict.cut(buffer("ef".getBytes(StandardCharsets.US_ASCII)));
		assertThat(this.sink.frames).hasSize(2);
		assertThat(this.connection.messagesIn()).isEqualTo(2);
		assertAllGivenBack();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 3, 1000 })
	void bytesThatBelongToNoFrameAreCountedOnceWhereverTheyLie(int size) {
		byte[] magic = { (byte) 0xCA, (byte) 0xFE };
		FrameCutter resync = cutter(new MagicPrefixCodec(new TlvCodec(), magic, OnMismatch.RESYNC),
				this.channel.alloc());
		byte[] stream = stream(new MagicPrefixCodec(new TlvCodec(), magic, OnMismatch.RESYNC), "garbage");
		for (int at = 0; at < stream.length; at += size) {
			resync.cut(buffer(Arrays.copyOfRange(stream, at, Math.min(stream.length, at + size))));
		}
		resync.cut(buffer("behind".getBytes(StandardCharsets.US_ASCII)));
		assertThat(this.connection.messagesIn()).isEqualTo(6);
		assertThat(this.manager.metrics().bytesSkipped()).isEqualTo(6 * 7 + 6);
		resync.releaseRest();
	}

	/**
	 * When a sink fails.
	 */
	private enum Moment {

		OPEN, FRAME, CLOSE

	}

	/**
	 * A sink that takes what a test says, and reads each frame at once.
	 */
	private static final class ControlledSink implements FrameSink {

		private final List<String> frames = new ArrayList<>();

		private final List<Integer> wanted = new ArrayList<>();

		private final List<Integer> batches = new ArrayList<>();

		private final List<ByteBuf> opened = new ArrayList<>();

		private final List<ByteBuf> held = new ArrayList<>();

		/** How many frames there is room for in all. */
		private int room = Integer.MAX_VALUE;

		/** How many frames it takes at a time. */
		private int granted = Integer.MAX_VALUE;

		/** Whether it takes one frame and says that this is enough. */
		private boolean stops;

		/** Whether it needs the buffers longer. */
		private boolean holds;

		private @Nullable Moment failing;

		private @Nullable ByteBuf buffer;

		private int count;

		boolean isOpen() {
			return this.buffer != null;
		}

		void giveBack() {
			this.held.forEach(ByteBuf::release);
			this.held.clear();
		}

		private void failAt(Moment moment) {
			if (this.failing == moment) {
				throw new IllegalStateException(moment.name());
			}
		}

		@Override
		public int open(ByteBuf buffer, int wanted) {
			assertThat(isOpen()).as("a batch").isFalse();
			this.wanted.add(wanted);
			failAt(Moment.OPEN);
			int taken = Collections.min(List.of(wanted, this.room, this.granted));
			if (taken > 0) {
				this.buffer = buffer;
				this.opened.add(buffer);
				this.count = 0;
			}
			return taken;
		}

		@Override
		public boolean frame(long msgId, int bodyIndex, int bodyLength) {
			ByteBuf batch = this.buffer;
			assertThat(batch).as("a batch").isNotNull();
			failAt(Moment.FRAME);
			this.frames.add(msgId + " " + batch.toString(bodyIndex, bodyLength, StandardCharsets.US_ASCII));
			this.count++;
			this.room--;
			return !this.stops;
		}

		@Override
		public void close() {
			ByteBuf batch = this.buffer;
			assertThat(batch).as("a batch").isNotNull();
			this.buffer = null;
			failAt(Moment.CLOSE);
			if (this.count > 0) {
				this.batches.add(this.count);
			}
			if (this.holds && this.count > 0) {
				this.held.add(batch.retain());
			}
		}

	}

	private static final class NoMemory extends AbstractByteBufAllocator {

		@Override
		protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
			throw new OutOfMemoryError("of a test");
		}

		@Override
		protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
			throw new OutOfMemoryError("of a test");
		}

		@Override
		public boolean isDirectBufferPooled() {
			return false;
		}

	}

	/**
	 * A codec that only decodes, as a test says.
	 */
	private record DecodingCodec(FrameDecoder decoder) implements FrameCodec {

		@Override
		public String name() {
			return "decoding";
		}

		@Override
		public FrameDecoder newDecoder(int maxPacketSize) {
			return this.decoder;
		}

		@Override
		public int headLength() {
			return 0;
		}

		@Override
		public void writeHead(long msgId, int bodyLength, ByteBuf out) {
		}

	}

}

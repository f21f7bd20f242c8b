package io.zinx.pipeline;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.zinx.codec.CorruptFrameException;
import io.zinx.codec.DelimiterCodec;
import io.zinx.codec.Frame;
import io.zinx.codec.FrameCodec;
import io.zinx.codec.FrameDecoder;
import io.zinx.codec.HtlvCrcCodec;
import io.zinx.codec.LengthField;
import io.zinx.codec.LengthFieldCodec;
import io.zinx.codec.LtvCodec;
import io.zinx.codec.MagicPrefixCodec;
import io.zinx.codec.MagicPrefixCodec.OnMismatch;
import io.zinx.codec.RawCodec;
import io.zinx.codec.TlvCodec;
import io.zinx.codec.WireVectors;
import io.zinx.connection.ChannelConnection;
import io.zinx.connection.CloseReason;
import io.zinx.diagnostics.Clocks;
import io.zinx.message.Message;
import io.zinx.testing.CapturedLog;
import io.zinx.testing.Repetitions;
import io.zinx.testing.TestConnections;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class FrameReaderTests {

	private final EmbeddedChannel channel = new EmbeddedChannel();

	private final RecordingKeepAlive keepAlive = new RecordingKeepAlive();

	private @Nullable RecordingLane lane;

	private @Nullable ChannelConnection connection;

	private @Nullable FrameReader reader;

	static Stream<FrameCodec> codecs() {
		return Stream.of(new TlvCodec(), new LtvCodec(), new HtlvCrcCodec());
	}

	@AfterEach
	void closeChannel() {
		this.channel.finishAndReleaseAll();
	}

	@ParameterizedTest
	@MethodSource("codecs")
	void readsEveryFrameSplitAtEveryByte(FrameCodec codec) {
		read(codec, 4096);
		for (WireVectors.Vector vector : WireVectors.of(codec)) {
			for (int at = 1; at < vector.frame().length; at++) {
				lane().messages.clear();
				write(slice(vector.frame(), 0, at));
				write(slice(vector.frame(), at, vector.frame().length));
				assertReceived(List.of(vector));
			}
		}
	}

	@ParameterizedTest
	@MethodSource("codecs")
	void readsAllFramesByteByByte(FrameCodec codec) {
		read(codec, 4096);
		for (byte one : glued(codec)) {
			write(new byte[] { one });
		}
		assertReceived(WireVectors.of(codec));
	}

	@ParameterizedTest
	@MethodSource("codecs")
	void readsAllFramesGluedTogether(FrameCodec codec) {
		read(codec, 4096);
		write(glued(codec));
		assertReceived(WireVectors.of(codec));
	}

	@ParameterizedTest
	@MethodSource("codecs")
	void readsAllFramesInPiecesOfAnySize(FrameCodec codec) {
		Random random = new Random(42);
		byte[] stream = glued(codec);
		read(codec, 4096);
		int rounds = Repetitions.of(100);
		for (int round = 0; round < rounds; round++) {
			lane().messages.clear();
			for (int at = 0; at < stream.length;) {
				int next = Math.min(stream.length, at + 1 + random.nextInt(64));
				write(slice(stream, at, next));
				at = next;
			}
			assertReceived(WireVectors.of(codec));
		}
	}

	@Test
	void readsAFrameMuchLargerThanARead() {
		read(new TlvCodec(), 1 << 20);
		byte[] body = new byte[300_000];
		new Random(1).nextBytes(body);
		byte[] frame = ByteBufUtil.getBytes(Unpooled.buffer().writeInt(9).writeInt(body.length).writeBytes(body));
		for (int at = 0; at < frame.length; at += 2048) {
			write(slice(frame, at, Math.min(frame.length, at + 2048)));
		}
		assertThat(lane().messages).singleElement().satisfies((message) -> assertThat(message.body()).isEqualTo(body));
	}

	@Test
	void keepsNoMoreThanArrivesOfALargeFrameThatIsOnlyDeclared() {
		read(new TlvCodec(), 1 << 30);
		write(HexFormat.of().parseHex("0000000140000000"));
		write(new byte[100]);
		assertThat(reader().restCapacity()).isLessThanOrEqualTo(1024);
	}

	@Test
	void aLargeFrameTakesNeverMoreMemoryThanTwiceWhatHasComeNorMoreThanItself() {
		read(new TlvCodec(), 1 << 20);
		int length = 100_000;
		byte[] frame = ByteBufUtil.getBytes(Unpooled.buffer().writeInt(9).writeInt(length).writeZero(length));
		for (int at = 0; at < frame.length; at += 999) {
			assertThat(reader().restCapacity()).isLessThanOrEqualTo(Math.max(512, Math.min(2 * at, frame.length)));
			write(slice(frame, at, Math.min(frame.length, at + 999)));
		}
		assertThat(lane().messages).singleElement().satisfies((message) -> assertThat(message.body()).hasSize(length));
	}

	@ParameterizedTest
	@ValueSource(strings = { "0000000100001001", "0000000180000000", "00000001ffffffff" })
	void endsWithItsOwnReasonWhenAFrameIsTooLong(String head) {
		read(new TlvCodec(), 4096);
		write(HexFormat.of().parseHex("000000010000000170" + head));
		assertThat(lane().events).containsExactly("start", "end frame-too-long after 1");
	}

	@Test
	void closesAtTheByteThatMakesAFrameTooLong() {
		read(new HtlvCrcCodec(), 13);
		for (String one : new String[] { "a2", "10", "0e" }) {
			assertThat(lane().ended()).isNull();
			write(HexFormat.of().parseHex(one));
		}
		assertThat(lane().ended()).isEqualTo(CloseReason.FRAME_TOO_LONG);
	}

	@Test
	void closesAtTheByteThatIsNoMagic() {
		read(new MagicPrefixCodec(new TlvCodec(), new byte[] { 'a', 'b', 'c' }, OnMismatch.CLOSE), 13);
		write(new byte[] { 'a' });
		write(new byte[] { 'b' });
		assertThat(lane().ended()).isNull();
		write(new byte[] { 'd' });
		assertThat(lane().ended()).isEqualTo(CloseReason.CORRUPT_FRAME);
	}

	@Test
	void readsNothingAfterABadFrame() {
		read(new TlvCodec(), 4096);
		write(HexFormat.of().parseHex("00000001ffffffff"));
		write(HexFormat.of().parseHex("000000010000000170"));
		assertThat(lane().messages).isEmpty();
		assertThat(this.channel.config().isAutoRead()).isFalse();
	}

	@Test
	void endsWhenTheCodecSaysCorrupt() {
		read(new BrokenCodec((in, frame) -> {
			throw new CorruptFrameException("bad");
		}), 4096);
		write(new byte[] { 1 });
		assertThat(lane().ended()).isEqualTo(CloseReason.CORRUPT_FRAME);
	}

	@Test
	void endsWhenTheCodecFails() {
		read(new BrokenCodec((in, frame) -> {
			throw new IllegalStateException("defect");
		}), 4096);
		write(new byte[] { 1 });
		assertThat(lane().ended()).isEqualTo(CloseReason.INTERNAL_ERROR);
	}

	@Test
	void doesNotLoopWhenTheCodecTakesNothing() {
		read(new BrokenCodec((in, frame) -> {
			frame.set(1, in.readerIndex(), 0);
			return FrameDecoder.COMPLETE;
		}), 4096);
		write(new byte[] { 1 });
		assertThat(lane().ended()).isEqualTo(CloseReason.INTERNAL_ERROR);
	}

	@Test
	void supportsACodecThatCannotSayHowMuchIsMissing() {
		read(new BrokenCodec(FrameReaderTests::decodeLine), 4096);
		write("one\ntw".getBytes(StandardCharsets.US_ASCII));
		write("o\nthree\nfo".getBytes(StandardCharsets.US_ASCII));
		write("ur\n".getBytes(StandardCharsets.US_ASCII));
		assertThat(lane().messages).extracting((message) -> new String(message.body(), StandardCharsets.US_ASCII))
			.containsExactly("one", "two", "three", "four");
	}

	@ParameterizedTest
	@ValueSource(strings = { "a2100e0102030405060708091011121314050b", "a21000dde3", "a2100101e20a" })
	void endsWithItsOwnReasonWhenACheckSumIsWrong(String frame) {
		read(new HtlvCrcCodec(), 4096);
		write(HexFormat.of().parseHex("a1100401020304f995" + frame));
		assertThat(lane().events).containsExactly("start", "end bad-checksum after 1");
	}

	@ParameterizedTest
	@ValueSource(strings = { "8000000000000000", "ffffffffffffffff", "7fffffffffffffff", "4000000000000000",
			"3fffffffffffffff", "0000000000001001" })
	void closesWithoutMemoryWhenALengthOfEightBytesIsTooLarge(String length) {
		read(new LengthFieldCodec(LengthField.ofLength(8)), 4096);
		write(HexFormat.of().parseHex(length + "00"));
		assertThat(lane().events).containsExactly("start", "end frame-too-long after 0");
		assertThat(reader().restCapacity()).isZero();
	}

	@ParameterizedTest
	@CsvSource({ "-2, 0, 0003710000", "-2, 0, 0003710001", "-100, 0, 0065710005", "0, 5, 00030102030000" })
	void closesWithoutMemoryWhenALengthEndsTheFrameTooEarly(int adjustment, int strip, String stream) {
		read(new LengthFieldCodec(new LengthField(ByteOrder.BIG_ENDIAN, 1000, 0, 2, adjustment, strip)), 4096);
		for (byte one : HexFormat.of().parseHex(stream)) {
			write(new byte[] { one });
		}
		assertThat(lane().events).containsExactly("start", "end corrupt-frame after 1");
		assertThat(reader().restCapacity()).isZero();
	}

	@Test
	void findsItsWayBackInADirtyStreamInBoundedMemory() {
		byte[] magic = { (byte) 0xCA, (byte) 0xFE };
		read(new MagicPrefixCodec(new TlvCodec(), magic, OnMismatch.RESYNC), 64);
		Random random = new Random(3);
		ByteBuf all = Unpooled.buffer();
		for (int count = 0; count < 500; count++) {
			all.writeBytes(new byte[random.nextInt(100)]).writeByte(magic[0]);
			all.writeBytes(magic).writeInt(7).writeInt(2).writeShort(count);
		}
		byte[] stream = ByteBufUtil.getBytes(all);
		for (int at = 0; at < stream.length;) {
			int next = Math.min(stream.length, at + 1 + random.nextInt(64));
			write(slice(stream, at, next));
			assertThat(reader().restCapacity()).isLessThanOrEqualTo(1024);
			at = next;
		}
		assertThat(lane().messages).extracting(Message::body)
			.containsExactlyElementsOf(IntStream.range(0, 500)
				.mapToObj((count) -> new byte[] { (byte) (count >> 8), (byte) count })
				.toList());
	}

	@Test
	void readsALongLineInManyReads() {
		read(new DelimiterCodec(), 100_000);
		byte[] line = new byte[100_001];
		Arrays.fill(line, (byte) 'x');
		line[100_000] = '\n';
		for (int at = 0; at < line.length; at += 1009) {
			write(slice(line, at, Math.min(line.length, at + 1009)));
		}
		write(new byte[] { 'y', '\n' });
		assertThat(lane().messages).extracting((message) -> message.body().length).containsExactly(100_000, 1);
	}

	@Test
	void closesInBoundedMemoryWhenALineDoesNotEnd() {
		read(new DelimiterCodec(), 4096);
		for (int count = 0; count < 1000; count++) {
			write(new byte[100]);
			assertThat(reader().restCapacity()).isLessThanOrEqualTo(4096 + 100);
		}
		assertThat(lane().events).containsExactly("start", "end frame-too-long after 0");
	}

	@Test
	void givesEachReadAsOneMessageWhenThereAreNoFrames() {
		read(new RawCodec(), 4);
		write(new byte[] { 1, 2, 3 });
		write(new byte[0]);
		write(new byte[] { 4 });
		write(new byte[] { 5, 6, 7, 8, 9 });
		assertThat(lane().messages).extracting(Message::body)
			.containsExactly(new byte[] { 1, 2, 3 }, new byte[] { 4 }, new byte[] { 5, 6, 7, 8 }, new byte[] { 9 });
	}

	@Test
	void leavesUndecodedWhatThereIsNoRoomForAndGoesOnLater() {
		read(new TlvCodec(), 4096);
		byte[] stream = glued(new TlvCodec());
		lane().room(2);
		write(stream);
		assertThat(lane().messages).hasSize(2);
		assertThat(this.channel.config().isAutoRead()).isFalse();
		lane().room(3);
		reader().resume();
		assertThat(lane().messages).hasSize(5);
		assertThat(this.channel.config().isAutoRead()).isFalse();
		lane().room(1000);
		reader().resume();
		assertReceived(WireVectors.of(new TlvCodec()));
		assertThat(this.channel.config().isAutoRead()).isTrue();
	}

	@Test
	void closesWhenItFailsOnWhatThereWasNoRoomFor() {
		read(new TlvCodec(), 4096);
		lane().room(0);
		write(glued(new TlvCodec()));
		lane().fail();
		reader().resume();
		assertThat(connection().closeReason()).isEqualTo(CloseReason.INTERNAL_ERROR);
		assertThat(reader().restCapacity()).isZero();
	}

	@Test
	void whatItFailsWithIsEscapedInTheLog() {
		read(new TlvCodec(), 4096);
		try (CapturedLog log = new CapturedLog(FrameReader.class)) {
			this.channel.pipeline().fireExceptionCaught(new IllegalStateException("x\nFAKE LINE"));
			assertThat(log.thrown()).singleElement()
				.asString()
				.endsWith("java.lang.IllegalStateException: x\\nFAKE LINE");
		}
	}

	@Test
	void closesAndKeepsNothingWhenItFailsOnABegunFrame() {
		read(new TlvCodec(), 4096);
		write(HexFormat.of().parseHex("000000010000000470"));
		lane().fail();
		write(HexFormat.of().parseHex("696e67"));
		assertThat(connection().closeReason()).isEqualTo(CloseReason.INTERNAL_ERROR);
		assertThat(reader().restCapacity()).isZero();
	}

	@Test
	void keepsWhatArrivesWhileThereIsNoRoom() {
		read(new TlvCodec(), 4096);
		byte[] stream = glued(new TlvCodec());
		lane().room(0);
		write(slice(stream, 0, 100));
		write(slice(stream, 100, 101));
		write(slice(stream, 101, stream.length));
		lane().room(1000);
		reader().resume();
		assertReceived(WireVectors.of(new TlvCodec()));
	}

	@Test
	void tellsTheEndOnlyAfterWhatThereWasNoRoomFor() {
		read(new TlvCodec(), 4096);
		lane().room(0);
		write(glued(new TlvCodec()));
		this.channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
		assertThat(lane().events).containsExactly("start");
		lane().room(1000);
		reader().resume();
		assertThat(lane().events).containsExactly("start", "end peer-closed after 10");
	}

	@Test
	void tellsOfTheClosedSocketOnlyAfterWhatThereWasNoRoomFor() {
		read(new TlvCodec(), 4096);
		lane().room(0);
		write(glued(new TlvCodec()));
		this.channel.close();
		assertThat(lane().events).containsExactly("start");
		lane().room(1000);
		reader().resume();
		assertThat(lane().events).containsExactly("start", "closed after 10");
	}

	@Test
	void dropsWhatThereWasNoRoomForWhenTheServerCloses() {
		read(new TlvCodec(), 4096);
		lane().room(0);
		write(glued(new TlvCodec()));
		connection().close(CloseReason.KICKED);
		this.channel.runPendingTasks();
		assertThat(lane().events).containsExactly("start", "closed after 0");
	}

	@Test
	void countsMessagesAndBytes() {
		read(new TlvCodec(), 4096);
		byte[] stream = glued(new TlvCodec());
		write(stream);
		assertThat(connection().messagesIn()).isEqualTo(10);
		assertThat(connection().bytesIn()).isEqualTo(stream.length);
	}

	@Test
	void saysOnceOfEachFrameThatItHasBegunAndOfTheLastThatItHasEnded() {
		read(new TlvCodec(), 4096);
		byte[] two = HexFormat.of().parseHex("00000001000000027071000000020000000172");
		write(two);
		assertThat(this.keepAlive.frames).isEmpty();
		write(slice(two, 0, 3));
		write(slice(two, 3, 9));
		assertThat(this.keepAlive.frames).containsExactly("begun");
		write(slice(two, 9, 12));
		assertThat(this.keepAlive.frames).containsExactly("begun", "begun");
		write(slice(two, 12, two.length));
		assertThat(this.keepAlive.frames).containsExactly("begun", "begun", "ended");
	}

	@Test
	void aGateTakesTheFramesUntilItIsTakenAway() {
		read(new TlvCodec(), 4096);
		byte[] frame = HexFormat.of().parseHex("00000001000000027071");
		RecordingLane gate = new RecordingLane(reader());
		write(frame);
		reader().gate((before) -> {
			assertThat(before).isSameAs(lane());
			return gate;
		});
		write(frame);
		write(frame);
		reader().gate((before) -> lane());
		assertThat(lane().messages).hasSize(1);
		assertThat(gate.messages).hasSize(2);
		write(frame);
		assertThat(lane().messages).hasSize(2);
	}

	@Test
	void aFrameForWhichThereIsNoRoomIsNotOneThatHasNotEnded() {
		read(new TlvCodec(), 4096);
		byte[] frame = HexFormat.of().parseHex("00000001000000027071");
		write(slice(frame, 0, 3));
		lane().room(0);
		write(slice(frame, 3, frame.length));
		assertThat(this.keepAlive.frames).containsExactly("begun", "ended");
		lane().room(10);
		reader().resume();
		write(slice(frame, 0, 9));
		assertThat(this.keepAlive.frames).containsExactly("begun", "ended", "begun");
	}

	private static int decodeLine(ByteBuf in, Frame frame) {
		int length = in.bytesBefore((byte) '\n');
		if (length < 0) {
			return FrameDecoder.MORE;
		}
		frame.set(0, in.readerIndex(), length);
		in.skipBytes(length + 1);
		return FrameDecoder.COMPLETE;
	}

	private void read(FrameCodec codec, int maxPacketSize) {
		ChannelConnection accepted = TestConnections.accept(this.channel, codec, Clocks.SYSTEM);
		this.channel.config().setAutoRead(false);
		FrameReader made = new FrameReader(new CutterContext(codec, maxPacketSize), accepted, (conn, loop, owner) -> {
			this.lane = new RecordingLane(owner);
			return this.lane;
		}, this.keepAlive);
		accepted.readSide(made);
		this.connection = accepted;
		this.reader = made;
		this.channel.pipeline().addLast(made);
		this.channel.pipeline().fireChannelActive();
	}

	private void write(byte[] bytes) {
		this.channel.writeInbound(this.channel.alloc().buffer(bytes.length).writeBytes(bytes));
	}

	private RecordingLane lane() {
		assertThat(this.lane).isNotNull();
		return this.lane;
	}

	private ChannelConnection connection() {
		assertThat(this.connection).isNotNull();
		return this.connection;
	}

	private FrameReader reader() {
		assertThat(this.reader).isNotNull();
		return this.reader;
	}

	private void assertReceived(List<WireVectors.Vector> vectors) {
		List<Message> messages = new ArrayList<>(lane().messages);
		assertThat(messages).hasSameSizeAs(vectors);
		IntStream.range(0, vectors.size()).forEach((i) -> {
			assertThat(messages.get(i).msgId()).isEqualTo(vectors.get(i).msgId());
			assertThat(messages.get(i).body()).isEqualTo(vectors.get(i).body());
		});
	}

	private static byte[] glued(FrameCodec codec) {
		ByteBuf all = Unpooled.buffer();
		WireVectors.of(codec).forEach((vector) -> all.writeBytes(vector.frame()));
		return ByteBufUtil.getBytes(all);
	}

	private static byte[] slice(byte[] bytes, int from, int to) {
		return Arrays.copyOfRange(bytes, from, to);
	}

	/**
	 * A codec that only decodes, as a test says.
	 */
	private record BrokenCodec(FrameDecoder decoder) implements FrameCodec {

		@Override
		public String name() {
			return "broken";
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

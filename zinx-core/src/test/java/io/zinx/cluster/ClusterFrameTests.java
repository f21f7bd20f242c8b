package io.zinx.cluster;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import io.netty.buffer.Unpooled;
import io.zinx.connection.CloseReason;
import io.zinx.message.Message;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ClusterFrameTests {

	private final ClusterFrameWriter writer = new ClusterFrameWriter("server", "n\u00f6de");

	private final List<ClusterFrame> frames = new ArrayList<>();

	private final List<FrameDropReason> dropped = new ArrayList<>();

	private void read(byte[] message) {
		this.frames.clear();
		this.dropped.clear();
		ClusterFrameReader.read(message, new ClusterFrameReader.Sink() {

			@Override
			public void frame(ClusterFrame frame) {
				ClusterFrameTests.this.frames.add(frame);
			}

			@Override
			public void dropped(FrameDropReason reason) {
				ClusterFrameTests.this.dropped.add(reason);
			}

		});
	}

	private byte[] push(PushTarget target, long msgId, byte... body) {
		return this.writer.draft(FrameKind.PUSH, target, msgId, body.length).write(Unpooled.wrappedBuffer(body));
	}

	private static byte[] concat(byte[]... parts) {
		ByteBuffer all = ByteBuffer.allocate(Arrays.stream(parts).mapToInt((part) -> part.length).sum());
		Arrays.stream(parts).forEach(all::put);
		return all.array();
	}

	@Test
	void aFrameIsReadAsItWasWritten() {
		byte[] bytes = push(PushTarget.group("r\u00f6om").exceptKeys(List.of("a", "")), 0xFFFF_FFFFL, (byte) 1,
				(byte) 2);
		this.writer.number(bytes, 0, -5);
		assertThat(this.writer.draft(FrameKind.PUSH, PushTarget.group("r\u00f6om").exceptKeys(List.of("a", "")), 1, 2)
			.length()).isEqualTo(bytes.length);
		read(bytes);
		ClusterFrame frame = this.frames.get(0);
		assertThat(this.frames).hasSize(1);
		assertThat(this.dropped).isEmpty();
		assertThat(frame.kind()).isEqualTo(FrameKind.PUSH);
		assertThat(List.of(frame.server(), frame.node(), frame.target().name())).containsExactly("server", "n\u00f6de",
				"r\u00f6om");
		assertThat(frame.sequence()).isEqualTo(-5);
		assertThat(frame.target().kind()).isEqualTo(PushTarget.Kind.GROUP);
		assertThat(frame.target().exceptKeys()).containsExactly("a", "");
		assertThat(frame.msgId()).isEqualTo(0xFFFF_FFFFL);
		assertThat(frame.body()).containsExactly(1, 2);
	}

	@Test
	void theBytesOfAFrameAreThoseThatAreDocumented() {
		byte[] bytes = new ClusterFrameWriter("s", "n").draft(FrameKind.PUSH, PushTarget.key("k"), 7, 1)
			.write(Unpooled.wrappedBuffer(new byte[] { 9 }));
		assertThat(bytes).containsExactly(0, 0, 0, 31, 1, 1, 0, 1, 's', 0, 1, 'n', 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1, 'k',
				0, 0, 0, 0, 0, 7, 0, 0, 0, 1, 9);
	}

	@Test
	void aMessageHasSeveralFramesAndWhatIsUnknownIsSkipped() {
		byte[] one = push(PushTarget.key("k"), 1);
		byte[] version = push(PushTarget.key("k"), 2);
		version[4] = 77;
		byte[] kind = push(PushTarget.key("k"), 3);
		kind[5] = 5;
		byte[] last = push(PushTarget.all(), 4);
		byte[] message = concat(one, version, new byte[] { 0, 0, 0, 2, 9, 9 }, kind, last);
		read(message);
		assertThat(this.frames).extracting(ClusterFrame::msgId).containsExactly(1L, 4L);
		assertThat(this.dropped).containsExactly(FrameDropReason.UNKNOWN_VERSION, FrameDropReason.UNKNOWN_VERSION,
				FrameDropReason.UNKNOWN_KIND);
		assertThat(ClusterFrameReader.count(message)).isEqualTo(5);
		assertThat(ClusterFrameReader.count(new byte[] { 1 })).isEqualTo(1);
	}

	@Test
	void theRestIsDroppedBehindBytesThatAreNoFrame() {
		byte[] good = push(PushTarget.key("k"), 1);
		List<byte[]> bad = List.of(new byte[] { 0 }, new byte[] { 0, 0, 0, 1, 1 }, new byte[] { 0, 0, 0, 0 },
				new byte[] { -1, -1, -1, -1, 1, 1 }, new byte[] { 0x7F, -1, -1, -1, 1, 1 },
				new byte[] { 0, 0, 0, 2, 1, 1 }, new byte[] { 0, 0, 0, 4, 1, 1, -1, -1 });
		for (byte[] bytes : bad) {
			read(concat(good, bytes, good));
			assertThat(this.frames).hasSize(1);
			assertThat(this.dropped).containsExactly(FrameDropReason.MALFORMED);
		}
	}

	@Test
	void noPartOfAFrameMayBeMissingOrTooMuch() {
		byte[] good = push(PushTarget.key("key").exceptKeys(List.of("x")), 1, (byte) 1, (byte) 2);
		for (int length = 6; length < good.length + 3; length++) {
			byte[] bytes = Arrays.copyOf(good, length);
			ByteBuffer.wrap(bytes).putInt(0, length - 4);
			read(bytes);
			assertThat(this.frames).hasSize((length == good.length) ? 1 : 0);
			assertThat(this.dropped).hasSize((length == good.length) ? 0 : 1);
		}
	}

	@Test
	void randomChangesNeverThrowAndEveryFrameIsFromTheMessage() {
		Random random = new Random(1);
		byte[] seed = concat(push(PushTarget.key("key").exceptKeys(List.of("x", "y")), 1, (byte) 1),
				push(PushTarget.all(), 2), push(PushTarget.group("g"), 3));
		for (int i = 0; i < 20_000; i++) {
			byte[] changed = seed.clone();
			for (int count = random.nextInt(4); count >= 0; count--) {
				changed[random.nextInt(changed.length)] = (byte) random.nextInt();
			}
			read(changed);
			assertThat(this.frames.size() + this.dropped.size()).isBetween(1, 10);
			assertThat(this.frames).allMatch((frame) -> frame.body().length < changed.length);
		}
	}

	@Test
	void whatDoesNotFitIsRefusedAtTheSender() {
		List<String> keys = IntStream.range(0, 100).mapToObj(String::valueOf).toList();
		read(push(PushTarget.all().exceptKeys(keys), 1));
		assertThat(this.frames.get(0).target().exceptKeys()).isEqualTo(keys);
		PushTarget tooMany = PushTarget.all().exceptKeys(keys).exceptKeys(List.of("one more"));
		assertThatIllegalArgumentException().isThrownBy(() -> push(tooMany, 1)).withMessageContaining("101");
		assertThatIllegalArgumentException().isThrownBy(() -> push(PushTarget.key("\u20ac".repeat(22_000)), 1));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> push(PushTarget.all().exceptKeys(List.of("x".repeat(65_536))), 1));
		assertThatIllegalArgumentException().isThrownBy(() -> new ClusterFrameWriter("x".repeat(65_536), "n"));
		assertThat(this.writer.draft(FrameKind.PUSH, PushTarget.all(), 1, Integer.MAX_VALUE).length())
			.isGreaterThan(Integer.MAX_VALUE);
	}

	@Test
	void aKickHasAReasonAndALastMessageOrNone() {
		KickBody body = KickBody
			.decode(new KickBody(CloseReason.REPLACED, new Message(0xFFFF_FFFFL, new byte[] { 1 })).encode());
		assertThat(body).isNotNull();
		assertThat(body.reason()).isEqualTo(CloseReason.REPLACED);
		assertThat(body.lastMessage()).isNotNull();
		assertThat(body.lastMessage().msgId()).isEqualTo(0xFFFF_FFFFL);
		assertThat(body.lastMessage().body()).containsExactly(1);
		assertThat(KickBody.decode(new KickBody(CloseReason.KICKED, null).encode()))
			.isEqualTo(new KickBody(CloseReason.KICKED, null));
		assertThat(KickBody.decode(new byte[] { 0, 1, 'x' })).isEqualTo(new KickBody(CloseReason.KICKED, null));
		for (byte[] bad : List.of(new byte[0], new byte[] { 0 }, new byte[] { 0, 9, 'x' }, new byte[] { 0, 0, 1, 2 })) {
			assertThat(KickBody.decode(bad)).isNull();
		}
	}

	@Test
	void aHeartbeatHasNumbersThatMakeSense() {
		HeartbeatBody body = new HeartbeatBody(-1, 5, 3000, Long.MIN_VALUE);
		assertThat(HeartbeatBody.decode(body.encode())).isEqualTo(body);
		assertThat(HeartbeatBody.decode(new HeartbeatBody(1, -1, 3000, 1).encode())).isNull();
		assertThat(HeartbeatBody.decode(new HeartbeatBody(1, 1, -1, 1).encode())).isNull();
		assertThat(HeartbeatBody.decode(new byte[23])).isNull();
		assertThat(HeartbeatBody.decode(new byte[25])).isNull();
	}

}

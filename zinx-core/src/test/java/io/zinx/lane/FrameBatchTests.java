package io.zinx.lane;

import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class FrameBatchTests {

	private static final long LARGEST = 4_294_967_295L;

	private final ByteBuf buffer = ByteBufAllocator.DEFAULT.buffer();

	private final FrameBatch batch = new FrameBatch(this.buffer, 1);

	private final RecordingRun run = new RecordingRun();

	@Test
	void framesAreHandledInOrderWithTheirOwnBytes() {
		add(1, "first");
		add(0, "");
		add(LARGEST, "third");
		assertThat(this.batch.run(this.run)).isTrue();
		assertThat(this.run.handled).containsExactly("1 first", "0 ", LARGEST + " third");
		assertThat(this.run.taken).isEqualTo(3);
		assertThat(this.buffer.refCnt()).isZero();
	}

	@Test
	void itTakesManyMoreFramesThanWereExpected() {
		int many = FrameBatch.LIMIT;
		IntStream.range(0, many).forEach((i) -> add(i, "" + i));
		assertThat(this.batch.size()).isEqualTo(many);
		assertThat(this.batch.run(this.run)).isTrue();
		assertThat(this.run.handled)
			.containsExactlyElementsOf(IntStream.range(0, many).mapToObj((i) -> i + " " + i).toList());
	}

	@Test
	void itStopsBeforeAMessageThatMayNotBeHandledAndGoesOnThere() {
		add(7, "a");
		add(8, "b");
		add(LARGEST, "c");
		assertThat(this.batch.currentMsgId()).isEqualTo(-1);
		assertThat(this.batch.nextMsgId()).isEqualTo(7);
		this.run.left = 2;
		assertThat(this.batch.run(this.run)).isFalse();
		assertThat(this.run.handled).containsExactly("7 a", "8 b");
		assertThat(this.batch.currentMsgId()).isEqualTo(8);
		assertThat(this.batch.nextMsgId()).isEqualTo(LARGEST);
		assertThat(this.batch.position()).isEqualTo(2);
		assertThat(this.batch.waiting()).isEqualTo(1);
		assertThat(this.buffer.refCnt()).isEqualTo(1);
		this.run.left = 1;
		assertThat(this.batch.run(this.run)).isTrue();
		assertThat(this.run.handled).endsWith(LARGEST + " c").hasSize(3);
		assertThat(this.batch.nextMsgId()).isZero();
	}

	@Test
	void messagesThatAreDroppedGiveBackTheirRoomAndTheirBuffer() {
		add(1, "a");
		add(1, "b");
		add(1, "c");
		this.run.left = 1;
		assertThat(this.batch.run(this.run)).isFalse();
		this.run.drops = true;
		assertThat(this.batch.run(this.run)).isTrue();
		assertThat(this.run.handled).containsExactly("1 a");
		assertThat(this.run.dropped).isEqualTo(2);
		assertThat(this.run.taken).isEqualTo(3);
		assertThat(this.batch.waiting()).isZero();
		assertThat(this.buffer.refCnt()).isZero();
	}

	@Test
	void whatIsAbandonedHalfwayGivesBackTheOtherHalf() {
		add(1, "a");
		add(1, "b");
		add(1, "c");
		this.run.left = 1;
		this.batch.run(this.run);
		this.batch.abandon(this.run);
		assertThat(this.run.dropped).isEqualTo(2);
		assertThat(this.run.taken).isEqualTo(3);
		assertThat(this.batch.waiting()).isZero();
		assertThat(this.buffer.refCnt()).isZero();
	}

	@Test
	void whatHasGivenBackItsRoomBeforeGivesBackNoneAgain() {
		add(1, "a");
		add(1, "b");
		this.batch.reserved(false);
		this.run.left = 1;
		this.batch.run(this.run);
		this.batch.abandon(this.run);
		assertThat(this.run.dropped).isEqualTo(1);
		assertThat(this.run.taken).isZero();
		assertThat(this.buffer.refCnt()).isZero();
	}

	@Test
	void howLongItHasWaitedIsToldOnceAndOnlyIfItIsMeasured() {
		add(1, "a");
		add(1, "b");
		this.batch.queuedAt(System.nanoTime());
		this.run.left = 1;
		this.batch.run(this.run);
		this.run.left = 1;
		this.batch.run(this.run);
		assertThat(this.run.waits).isEqualTo(1);
		FrameBatch unmeasured = new FrameBatch(ByteBufAllocator.DEFAULT.buffer(), 1);
		unmeasured.run(this.run);
		assertThat(this.run.waits).isEqualTo(1);
	}

	@Test
	void aMessageThatMeetsADefectIsNotHandledAgain() {
		add(1, "a");
		add(1, "b");
		this.run.fails = true;
		assertThatThrownBy(() -> this.batch.run(this.run)).hasMessage("on purpose");
		this.run.fails = false;
		assertThat(this.batch.run(this.run)).isTrue();
		assertThat(this.run.handled).containsExactly("1 a", "1 b");
		assertThat(this.run.dropped).isZero();
		assertThat(this.run.taken).isEqualTo(2);
		assertThat(this.buffer.refCnt()).isZero();
	}

	private void add(long msgId, String body) {
		int at = this.buffer.writerIndex();
		this.batch.add(msgId, at, this.buffer.writeCharSequence(body, StandardCharsets.UTF_8));
	}

}

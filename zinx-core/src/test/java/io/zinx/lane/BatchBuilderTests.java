package io.zinx.lane;

import java.util.Objects;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.zinx.metrics.HandlerTiming;
import io.zinx.worker.QueueBound;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class BatchBuilderTests {

	private final ByteBuf buffer = ByteBufAllocator.DEFAULT.buffer(16);

	private final BatchBuilder builder = new BatchBuilder(HandlerTiming.OFF);

	private final RecordingRun run = new RecordingRun();

	@AfterEach
	void releaseBuffer() {
		assertThat(this.buffer.release()).as("somebody holds the buffer").isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "1000, 1, 1", "1000, 255, 255", "1000, 256, 256", "1000, 257, 256", "10, 257, 10", "10, 10, 10",
			"10, 3, 3" })
	void aBatchTakesWhatIsWantedWithinItsLimitAndTheRoomThatIsLeft(int room, int wanted, int granted) {
		QueueBound bound = new QueueBound(room);
		assertThat(this.builder.open(bound, this.buffer, wanted)).isEqualTo(granted);
		assertThat(bound.waiting()).isEqualTo(granted);
		assertThat(this.builder.close()).isNull();
		assertThat(bound.waiting()).isZero();
	}

	@Test
	void theRoomThatWasNotNeededIsGivenBackAndNoMore() {
		QueueBound bound = new QueueBound(10);
		this.builder.open(bound, this.buffer, 8);
		add(3);
		FrameBatch batch = close();
		assertThat(bound.waiting()).isEqualTo(3);
		assertThat(batch.waiting()).isEqualTo(3);
		assertThat(this.buffer.refCnt()).isEqualTo(2);
		batch.run(this.run);
		assertThat(this.run.handled).hasSize(3);
		assertThat(this.run.taken).isEqualTo(3);
	}

	@Test
	void aBatchHoldsItsPartOfTheBufferAndItsObjectsUntilItIsHandled() {
		this.buffer.writeZero(1000).skipBytes(300);
		this.builder.open(new QueueBound(10), this.buffer, 3);
		add(3);
		this.buffer.skipBytes(500);
		FrameBatch batch = close();
		assertThat(this.builder.memory()).isBetween(500 + 3 * 12, 500 + 4 * 12 + 200);
		assertThat(this.run.givenBack).isZero();
		batch.run(this.run);
		assertThat(this.run.givenBack).isEqualTo(this.builder.memory());
	}

	@Test
	void withoutRoomThereIsNoBatchAndNothingIsHeld() {
		QueueBound bound = new QueueBound(2);
		assertThat(bound.reserve(2)).isEqualTo(2);
		assertThat(this.builder.open(bound, this.buffer, 5)).isZero();
		assertThat(this.builder.close()).isNull();
		assertThat(bound.waiting()).isEqualTo(2);
		assertThatIllegalStateException().isThrownBy(() -> add(1));
	}

	@Test
	void aFrameOutsideABatchIsRefused() {
		assertThatIllegalStateException().isThrownBy(() -> add(1));
		this.builder.open(new QueueBound(2), this.buffer, 1);
		this.builder.close();
		assertThatIllegalStateException().isThrownBy(() -> add(1));
	}

	@Test
	void batchesOfOneEventLoopShareNothing() {
		QueueBound one = new QueueBound(10);
		QueueBound other = new QueueBound(10);
		this.builder.open(one, this.buffer, 4);
		add(4);
		FrameBatch first = close();
		this.builder.open(other, this.buffer, 4);
		add(2);
		FrameBatch second = close();
		assertThat(one.waiting()).isEqualTo(4);
		assertThat(other.waiting()).isEqualTo(2);
		first.run(this.run);
		second.run(this.run);
		assertThat(this.run.handled).hasSize(6);
	}

	@ParameterizedTest
	@CsvSource({ "OFF, 0", "SAMPLED, 3", "ALL, 129" })
	void soManyBatchesAreMeasuredHowLongTheyWait(HandlerTiming timing, int measured) {
		BatchBuilder measuring = new BatchBuilder(timing);
		QueueBound bound = new QueueBound(10);
		for (int i = 0; i < 129; i++) {
			measuring.open(bound, this.buffer, 1);
			assertThat(measuring.close()).isNull();
			bound.release(measuring.open(bound, this.buffer, 1));
			measuring.add(1, 0, 0);
			present(measuring.close()).run(this.run);
		}
		assertThat(this.run.waits).isEqualTo(measured);
	}

	private void add(int frames) {
		for (int i = 0; i < frames; i++) {
			this.builder.add(1, 0, 0);
		}
	}

	private FrameBatch close() {
		return present(this.builder.close());
	}

	private static FrameBatch present(@Nullable FrameBatch batch) {
		return Objects.requireNonNull(batch, "No batch");
	}

}

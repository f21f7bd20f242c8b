package io.zinx.outbound;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class TurnFlushesTests {

	private static final int MOST = 16;

	private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

	private final EmbeddedChannel channel = new EmbeddedChannel();

	private final TurnFlushes flushes = new TurnFlushes(this.channel.eventLoop());

	private final List<Integer> flushed = new ArrayList<>();

	@AfterEach
	void closeChannel() {
		this.channel.finishAndReleaseAll();
	}

	@Test
	void allThatWereReadInATurnAreFlushedAtItsEndInOrder() {
		RecordedFlush.into(this.flushed, MOST - 1).forEach(this.flushes::add);
		assertThat(this.flushed).isEmpty();
		this.channel.runPendingTasks();
		assertThat(this.flushed).isEqualTo(IntStream.range(0, MOST - 1).boxed().toList());
		this.channel.runPendingTasks();
		assertThat(this.flushed).hasSize(MOST - 1);
	}

	@Test
	void theLastOfAFewIsNotWaitedFor() {
		List<RecordedFlush> connections = RecordedFlush.into(this.flushed, MOST + 1);
		connections.subList(0, MOST).forEach(this.flushes::add);
		assertThat(this.flushed).hasSize(MOST);
		this.flushes.add(connections.get(MOST));
		assertThat(this.flushed).hasSize(MOST);
		this.channel.runPendingTasks();
		assertThat(this.flushed).isEqualTo(IntStream.rangeClosed(0, MOST).boxed().toList());
	}

	@ParameterizedTest
	@ValueSource(longs = { 0, Long.MAX_VALUE - 10, Long.MIN_VALUE })
	void noneWaitsLongerThanAMillisecondForTheOneThatIsReadThen(long start) {
		List<RecordedFlush> connections = RecordedFlush.into(this.flushed, 4);
		this.flushes.add(connections.get(0).readAt(start));
		this.flushes.add(connections.get(1).readAt(start + MILLI));
		assertThat(this.flushed).isEmpty();
		this.flushes.add(connections.get(2).readAt(start + MILLI + 1));
		assertThat(this.flushed).containsExactly(0, 1, 2);
		this.flushes.add(connections.get(3).readAt(start + MILLI + 2));
		assertThat(this.flushed).hasSize(3);
		this.channel.runPendingTasks();
		assertThat(this.flushed).containsExactly(0, 1, 2, 3);
	}

	@Test
	void oneThatIsReadBecauseOfAFlushIsFlushedToo() {
		RecordedFlush other = RecordedFlush.into(this.flushed, 1).get(0);
		this.flushes.add(new RecordedFlush(() -> {
			this.flushed.add(-1);
			this.flushes.add(other);
		}));
		this.channel.runPendingTasks();
		assertThat(this.flushed).containsExactly(-1, 0);
		this.flushes.add(other);
		this.channel.runPendingTasks();
		assertThat(this.flushed).containsExactly(-1, 0, 0);
	}

	@Test
	void theTurnsBehindAFlushThatFailsAreAsAnyOther() {
		this.flushes.add(new RecordedFlush(() -> {
			throw new IllegalStateException("on purpose");
		}));
		this.channel.runPendingTasks();
		assertThatIllegalStateException().isThrownBy(this.channel::checkException).withMessage("on purpose");
		RecordedFlush.into(this.flushed, 2).forEach(this.flushes::add);
		assertThat(this.flushed).isEmpty();
		this.channel.runPendingTasks();
		assertThat(this.flushed).containsExactly(0, 1);
	}

	@Test
	void flushesThatFailAtTheEndOfATurnLoseNoneOfTheOthers() {
		List<RecordedFlush> connections = RecordedFlush.into(this.flushed, 3);
		for (RecordedFlush connection : connections) {
			this.flushes.add(connection);
			this.flushes.add(failing());
		}
		for (int i = 0; i < 4; i++) {
			this.channel.runPendingTasks();
		}
		assertThatIllegalStateException().isThrownBy(this.channel::checkException).withMessage("on purpose");
		assertThat(this.flushed).containsExactly(0, 1, 2);
	}

	@Test
	void oneThatFailsBecauseTheLastOfAFewIsReadLosesNoneOfTheOthersEither() {
		List<RecordedFlush> connections = RecordedFlush.into(this.flushed, MOST - 1);
		this.flushes.add(failing());
		connections.subList(0, MOST - 2).forEach(this.flushes::add);
		assertThatIllegalStateException().isThrownBy(() -> this.flushes.add(connections.get(MOST - 2)))
			.withMessage("on purpose");
		this.channel.runPendingTasks();
		this.channel.checkException();
		assertThat(this.flushed).isEqualTo(IntStream.range(0, MOST - 1).boxed().toList());
	}

	private static RecordedFlush failing() {
		return new RecordedFlush(() -> {
			throw new IllegalStateException("on purpose");
		});
	}

}

package io.zinx.outbound;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class CollectedFlushesTests {

	private static final int MOST = 16;

	private final Queue<Flushable> published = new ArrayDeque<>();

	private final CollectedFlushes flushes = new CollectedFlushes(this.published);

	private final List<Integer> flushed = new ArrayList<>();

	@Test
	void allThatWerePublishedAreFlushedInOrderAFewAtATime() {
		this.published.addAll(RecordedFlush.into(this.flushed, 2 * MOST + 1));
		assertThat(this.flushes.flushNext()).isEqualTo(MOST);
		assertThat(this.flushed).hasSize(MOST);
		assertThat(this.flushes.flushNext()).isEqualTo(MOST);
		assertThat(this.flushes.flushNext()).isEqualTo(1);
		assertThat(this.flushes.flushNext()).isZero();
		assertThat(this.flushed).isEqualTo(IntStream.range(0, 2 * MOST + 1).boxed().toList());
	}

	@Test
	void oneThatWasPublishedTwiceIsFlushedTwice() {
		Flushable twice = RecordedFlush.into(this.flushed, 1).get(0);
		this.published.add(twice);
		this.published.add(twice);
		assertThat(this.flushes.flushNext()).isEqualTo(2);
		assertThat(this.flushed).containsExactly(0, 0);
	}

	@Test
	void oneThatIsPublishedAgainByItsOwnFlushDoesNotKeepOthersWaiting() {
		this.published.add(new RecordedFlush(new Runnable() {
			@Override
			public void run() {
				CollectedFlushesTests.this.flushed.add(-1);
				CollectedFlushesTests.this.published.add(new RecordedFlush(this));
			}
		}));
		this.published.addAll(RecordedFlush.into(this.flushed, 2));
		assertThat(this.flushes.flushNext()).isBetween(3, MOST);
		assertThat(this.flushed).startsWith(-1, 0, 1);
		assertThat(this.flushes.flushNext()).isBetween(1, MOST);
	}

	@Test
	void oneThatFailsCostsNobodyElseAnything() {
		List<RecordedFlush> others = RecordedFlush.into(this.flushed, 3);
		this.published.add(others.get(0));
		this.published.add(failing());
		this.published.add(others.get(1));
		this.published.add(others.get(2));
		assertThatIllegalStateException().isThrownBy(this.flushes::flushNext).withMessage("on purpose");
		assertThat(this.flushes.flushNext()).isEqualTo(2);
		assertThat(this.flushed).containsExactly(0, 1, 2);
	}

	@Test
	void thoseBehindOneThatFailsComeBeforeThoseThatArePublishedLater() {
		List<RecordedFlush> others = RecordedFlush.into(this.flushed, MOST + 2);
		this.published.add(failing());
		this.published.addAll(others.subList(0, MOST + 1));
		assertThatIllegalStateException().isThrownBy(this.flushes::flushNext);
		this.published.add(others.get(MOST + 1));
		assertThat(this.flushes.flushNext()).isEqualTo(MOST);
		assertThat(this.flushes.flushNext()).isEqualTo(2);
		assertThat(this.flushed).isEqualTo(IntStream.range(0, MOST + 2).boxed().toList());
	}

	@Test
	void aFlushMayFlushTheNextOnesAndEachIsStillFlushedOnce() {
		this.published.add(new RecordedFlush(() -> {
			this.flushed.add(-1);
			this.flushes.flushNext();
		}));
		this.published.addAll(RecordedFlush.into(this.flushed, 20));
		int count = 0;
		while (count < 5 && this.flushes.flushNext() > 0) {
			count++;
		}
		List<Integer> expected = new ArrayList<>(List.of(-1));
		IntStream.range(0, 20).forEach(expected::add);
		assertThat(this.flushed).isEqualTo(expected);
	}

	private static RecordedFlush failing() {
		return new RecordedFlush(() -> {
			throw new IllegalStateException("on purpose");
		});
	}

}

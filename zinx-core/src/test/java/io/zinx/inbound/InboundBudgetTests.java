package io.zinx.inbound;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

import io.zinx.testing.CapturedLog;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class InboundBudgetTests {

	/** The total of most tests. A sixteenth of it is kept back. */
	private static final int TOTAL = 1600;

	private static final int BOUND = 1500;

	/** Tasks of event loops. */
	private final Queue<Runnable> tasks = new ArrayDeque<>();

	/** Tasks that are to be run in a few milliseconds. */
	private final Queue<Runnable> later = new ArrayDeque<>();

	private final List<String> ended = new ArrayList<>();

	private final InboundBudget budget = new InboundBudget("test", new InboundSettings(400, TOTAL), 0);

	private final InboundShare share = this.budget.newShare(this.tasks::add, this.later::add);

	private final InboundShare other = this.budget.newShare(this.tasks::add, this.later::add);

	private void runTasks() {
		for (Runnable task = this.tasks.poll(); task != null; task = this.tasks.poll()) {
			task.run();
		}
	}

	/**
	 * Milliseconds pass.
	 */
	private void pass() {
		List<Runnable> due = new ArrayList<>(this.later);
		this.later.clear();
		due.forEach(Runnable::run);
	}

	private void connections(InboundShare loop, int count) {
		for (int i = 0; i < count; i++) {
			loop.opened();
		}
	}

	private KeptBytes begun(InboundShare loop, String name, int bytes, long since) {
		KeptBytes kept = new Kept(loop, name);
		loop.keep(kept, bytes, true, since);
		return kept;
	}

	@Test
	void whatIsHeldIsWhatWasHandedOnAndKeptUntilItIsGivenBack() {
		this.share.handed(100);
		this.other.handed(50);
		KeptBytes kept = new Kept(this.share, "kept");
		this.share.keep(kept, 30, false, 0);
		KeptBytes begun = begun(this.other, "begun", 7, 0);
		assertThat(this.budget.status()).isEqualTo(new InboundStatus(187, 7, 0));
		this.share.keep(kept, 20, false, 0);
		this.other.keep(begun, 9, true, 0);
		this.share.givenBack(100);
		assertThat(this.budget.status()).isEqualTo(new InboundStatus(79, 9, 0));
		this.share.forget(kept);
		this.other.forget(begun);
		this.other.givenBack(50);
		assertThat(this.budget.status()).isEqualTo(InboundStatus.NOTHING);
	}

	@Test
	void whoHoldsAsMuchAsOneConnectionMayWaitsUntilHalfOfItIsHandled() {
		assertThat(this.share.mustWait(399, 0, false)).isFalse();
		assertThat(this.share.mustWait(400, 0, false)).isTrue();
		assertThat(this.share.mustWait(1, 399, false)).isTrue();
		assertThat(this.share.mustWait(200, 0, true)).isTrue();
		assertThat(this.share.mustWait(199, 0, true)).isFalse();
	}

	@Test
	void whoHoldsABegunFrameAloneIsReadBecauseOnlyItsRestCanEndThat() {
		assertThat(this.share.mustWait(0, 1000, false)).isFalse();
		assertThat(this.share.mustWait(0, 1000, true)).isFalse();
	}

	@Test
	void atTheTotalOnlyThoseWaitThatHoldMoreThanAnEqualShare() {
		connections(this.share, 3);
		connections(this.other, 2);
		this.share.handed(BOUND - 1);
		assertThat(this.share.mustWait(301, 0, false)).isFalse();
		this.other.handed(1);
		assertThat(this.other.isFull()).isTrue();
		assertThat(this.share.mustWait(300, 0, false)).isFalse();
		assertThat(this.share.mustWait(301, 0, false)).isTrue();
		assertThat(this.other.mustWait(0, 301, false)).as("for a begun frame, too").isTrue();
		this.other.closed();
		assertThat(this.share.mustWait(375, 0, false)).isFalse();
	}

	@Test
	void theTotalIsReachedWhicheverEventLoopsHoldIt() {
		for (int i = 0; i < BOUND / 10; i++) {
			((i % 2 == 0) ? this.share : this.other).handed(10);
		}
		assertThat(this.share.isFull()).isTrue();
		assertThat(this.budget.status().bytes()).isEqualTo(BOUND);
	}

	@Test
	void itIsFullUntilAnEighthIsFree() {
		connections(this.share, 100);
		this.share.handed(BOUND);
		this.share.givenBack(BOUND / 8);
		assertThat(this.share.mustWait(20, 0, true)).isTrue();
		this.share.givenBack(1);
		assertThat(this.share.mustWait(20, 0, true)).isFalse();
		assertThat(this.share.isFull()).isFalse();
	}

	@Test
	void readBlocksCountUpToAQuarter() {
		InboundSettings settings = new InboundSettings(400, TOTAL);
		InboundBudget few = new InboundBudget("test", settings, 100);
		InboundShare first = few.newShare(this.tasks::add, this.later::add);
		first.handed(BOUND - 100);
		assertThat(first.isFull()).isTrue();
		InboundBudget many = new InboundBudget("test", settings, 100_000);
		InboundShare second = many.newShare(this.tasks::add, this.later::add);
		second.handed(BOUND - 401);
		assertThat(second.isFull()).isFalse();
		second.handed(1);
		assertThat(second.isFull()).isTrue();
	}

	@Test
	void begunFramesThatFillItEndInTheOrderInWhichTheyWereBegunUntilThereIsRoom() {
		KeptBytes second = begun(this.share, "second", 400, 20);
		begun(this.other, "first", 400, 10);
		begun(this.share, "fourth", 400, 40);
		this.share.keep(second, 390, true, 99);
		begun(this.other, "third", 309, 30);
		assertThat(this.ended).isEmpty();
		begun(this.other, "last", 1, 50);
		runTasks();
		assertThat(this.ended).containsExactly("first");
		assertThat(this.budget.status()).isEqualTo(new InboundStatus(1100, 1100, 0));
		assertThat(this.share.isFull()).isFalse();
		begun(this.other, "more", 500, 60);
		runTasks();
		assertThat(this.ended).containsExactly("first", "second");
	}

	@Test
	void begunFramesThatAreLessThanHalfOfItStay() {
		begun(this.share, "begun", BOUND / 2, 10);
		this.other.handed(BOUND / 2);
		runTasks();
		assertThat(this.share.isFull()).isTrue();
		assertThat(this.ended).isEmpty();
		begun(this.share, "too much", 1, 20);
		runTasks();
		assertThat(this.ended).containsExactly("begun");
	}

	@Test
	void aFrameThatHasComeAsAWholeIsNoneOfTheBegun() {
		KeptBytes whole = begun(this.share, "whole", 700, 10);
		this.share.keep(whole, 700, false, 10);
		begun(this.share, "begun", 700, 20);
		begun(this.other, "last", 100, 30);
		runTasks();
		assertThat(this.ended).containsExactly("begun");
		this.share.forget(whole);
		assertThat(this.budget.status().bytes()).isEqualTo(100);
	}

	@Test
	void whoIsNotReadLooksAgainEveryFewMillisecondsUntilItIs() {
		List<String> looks = new ArrayList<>();
		PausedReader[] readers = new PausedReader[2];
		readers[0] = () -> {
			looks.add("first");
			this.share.goOn(readers[0]);
		};
		readers[1] = () -> looks.add("second");
		this.share.pause(readers[0]);
		this.share.pause(readers[1]);
		assertThat(this.budget.status().paused()).isEqualTo(2);
		assertThat(this.later).hasSize(1);
		pass();
		assertThat(looks).containsExactly("first", "second");
		assertThat(this.budget.status().paused()).isOne();
		this.share.goOn(readers[1]);
		this.share.pause(readers[1]);
		assertThat(this.later).hasSize(1);
		this.share.goOn(readers[1]);
		pass();
		assertThat(looks).hasSize(2);
		assertThat(this.later).isEmpty();
	}

	@Test
	void itIsLookedAtAgainWhileSomebodyIsNotRead() {
		this.share.handed(BOUND);
		this.share.pause(() -> {
		});
		this.share.givenBack(BOUND);
		assertThat(this.share.isFull()).isTrue();
		pass();
		assertThat(this.share.isFull()).isFalse();
	}

	@Test
	void aLineSaysThatItIsFullAndWhatHoldsIt() {
		connections(this.share, 3);
		try (CapturedLog log = new CapturedLog(InboundBudget.class)) {
			begun(this.share, "begun", 100, 10);
			this.share.handed(BOUND - 100);
			this.share.handed(1);
			assertThat(log.lines()).singleElement()
				.asString()
				.contains("[test]", "take 1500 of 1600 bytes", "100 of them", "more than 500",
						"zinx.inbound.total-max-bytes");
		}
	}

	@Test
	void oneThatIsUnboundedIsNeverFull() {
		InboundShare free = InboundBudget.unbounded().newShare(this.tasks::add, this.later::add);
		for (int i = 0; i < 10; i++) {
			free.handed(Integer.MAX_VALUE);
		}
		assertThat(free.isFull()).isFalse();
		assertThat(free.mustWait(Integer.MAX_VALUE - 1, 0, false)).isFalse();
	}

	/**
	 * Bytes that are given back when they are to end.
	 */
	private final class Kept extends KeptBytes {

		private final InboundShare loop;

		private final String name;

		Kept(InboundShare loop, String name) {
			this.loop = loop;
			this.name = name;
		}

		@Override
		protected void full() {
			InboundBudgetTests.this.ended.add(this.name);
			this.loop.forget(this);
		}

	}

}

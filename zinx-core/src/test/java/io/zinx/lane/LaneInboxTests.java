package io.zinx.lane;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

class LaneInboxTests {

	private final LaneInbox inbox = new LaneInbox();

	private final List<String> abandoned = new ArrayList<>();

	@Test
	void whatIsAddedWhileTasksAreTakenComesBehindAllThatWasThere() {
		add("a", "b");
		assertThat(take()).isEqualTo("a");
		add("c", "d");
		assertThat(take()).isEqualTo("b");
		add("e");
		assertThat(List.of(take(), take(), take())).containsExactly("c", "d", "e");
		assertThat(this.inbox.begin()).isNull();
		assertThat(this.inbox.isEmpty()).isTrue();
	}

	@Test
	void aTaskIsUnderWayUntilItEnds() {
		add("a", "b");
		LaneTask first = this.inbox.begin();
		assertThat(this.inbox.begin()).isSameAs(first);
		assertThat(this.inbox.peek()).isSameAs(first);
		assertThat(this.inbox.current()).isSameAs(first);
		this.inbox.end();
		assertThat(this.inbox.current()).isNull();
		assertThat(this.inbox.peek()).hasToString("b");
		assertThat(this.inbox.begin()).hasToString("b");
	}

	@Test
	void lookingAtTheNextTaskLeavesItThere() {
		assertThat(this.inbox.peek()).isNull();
		add("a");
		assertThat(this.inbox.peek()).hasToString("a");
		assertThat(take()).isEqualTo("a");
		assertThat(this.inbox.peek()).isNull();
	}

	@Test
	void theOneUnderWayIsNotTakenOutWithTheRest() {
		add("a", "b", "c");
		this.inbox.begin();
		assertThat(this.inbox.poll()).hasToString("b");
		add("d");
		assertThat(this.inbox.poll()).hasToString("c");
		assertThat(this.inbox.poll()).hasToString("d");
		assertThat(this.inbox.poll()).isNull();
		assertThat(this.inbox.begin()).hasToString("a");
	}

	/**
	 * One batch under way, one in the list that is being taken from, one added behind it.
	 */
	@Test
	void allThatWaitsGivesItsRoomBackOnceWhereverItIs() {
		RecordingRun run = new RecordingRun();
		run.left = 1;
		this.inbox.add(batch(3));
		this.inbox.add(batch(5));
		LaneTask current = this.inbox.begin();
		assertThat(current).isNotNull();
		assertThat(current.run(run)).isFalse();
		this.inbox.add(batch(7));
		add("no batch");
		assertThat(this.inbox.giveBack()).isEqualTo(2 + 5 + 7);
		assertThat(this.inbox.giveBack()).isZero();
		this.inbox.add(batch(11));
		assertThat(this.inbox.giveBack()).isEqualTo(11);
		assertThat(run.taken).isEqualTo(1);
		this.inbox.abandon(run);
		assertThat(run.taken).as("given back twice").isEqualTo(1);
	}

	@Test
	void everyTaskIsAbandonedOnceAndInOrder() {
		add("a", "b");
		this.inbox.begin();
		add("c");
		this.inbox.abandon(new RecordingRun());
		assertThat(this.abandoned).containsExactly("a", "b", "c");
		this.inbox.abandon(new RecordingRun());
		assertThat(this.abandoned).hasSize(3);
		assertThat(this.inbox.begin()).isNull();
	}

	@Test
	@Timeout(60)
	void nothingIsLostAndEachThreadKeepsItsOrderWhenManyAdd() throws InterruptedException {
		int threads = 3;
		int each = 20_000;
		CountDownLatch go = new CountDownLatch(1);
		List<Thread> adders = IntStream.range(0, threads).mapToObj((thread) -> new Thread(() -> {
			await(go);
			for (int i = 0; i < each; i++) {
				this.inbox.add(new Named(thread + " " + i));
			}
		})).toList();
		adders.forEach(Thread::start);
		go.countDown();
		int[] next = new int[threads];
		List<String> wrong = new ArrayList<>();
		for (int taken = 0; taken < threads * each;) {
			LaneTask task = this.inbox.begin();
			this.inbox.end();
			if (task == null) {
				Thread.onSpinWait();
				continue;
			}
			int thread = task.toString().charAt(0) - '0';
			if (!task.toString().equals(thread + " " + next[thread]++)) {
				wrong.add(task.toString());
			}
			taken++;
		}
		for (Thread adder : adders) {
			adder.join();
		}
		assertThat(wrong).isEmpty();
		assertThat(next).containsOnly(each);
		assertThat(this.inbox.begin()).isNull();
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void add(String... names) {
		for (String name : names) {
			this.inbox.add(new Named(name));
		}
	}

	private String take() {
		@Nullable LaneTask task = this.inbox.begin();
		this.inbox.end();
		return String.valueOf(task);
	}

	private static FrameBatch batch(int frames) {
		ByteBuf buffer = Unpooled.buffer(1);
		FrameBatch batch = new FrameBatch(buffer, 1);
		for (int i = 0; i < frames; i++) {
			batch.add(1, 0, 0);
		}
		return batch;
	}

	private final class Named extends LaneTask {

		private final String name;

		Named(String name) {
			this.name = name;
		}

		@Override
		boolean run(LaneRun lane) {
			return true;
		}

		@Override
		void abandon(LaneRun lane) {
			LaneInboxTests.this.abandoned.add(this.name);
		}

		@Override
		public String toString() {
			return this.name;
		}

	}

}

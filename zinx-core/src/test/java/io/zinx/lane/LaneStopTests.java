package io.zinx.lane;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.zinx.connection.Connection;
import io.zinx.connection.ConnectionListener;
import io.zinx.connection.LaneActivity;
import io.zinx.metrics.DropReason;
import io.zinx.worker.QueueBound;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Lanes of a server that stops, with threads that do not end, and what it sees of them.
 */
class LaneStopTests {

	private final QueueBound bound = new QueueBound(200);

	private final LaneFixture fixture = new LaneFixture(this.bound);

	private final CountDownLatch inside = new CountDownLatch(1);

	private final CountDownLatch release = new CountDownLatch(1);

	@AfterEach
	void close() {
		this.release.countDown();
		this.fixture.close();
		assertThat(this.bound.waiting()).isZero();
	}

	@Test
	void whatWaitsIsGivenBackAndOnStopCalledOnce() {
		QueueLane lane = startedLane();
		this.fixture.receive(LaneFixture.notes(3));
		List<Boolean> run = new ArrayList<>();
		assertThat(lane.execute(() -> run.add(true))).isTrue();
		this.fixture.handling().stop();
		lane.abandon();
		assertThat(this.fixture.metrics.dropped(DropReason.SERVER_STOPPING)).isEqualTo(3);
		assertThat(this.fixture.holdsBuffers()).isFalse();
		assertThat(this.bound.waiting()).isZero();
		assertThat(lane.execute(() -> run.add(true))).isFalse();
		this.fixture.settle();
		lane.abandon();
		assertThat(run).isEmpty();
		assertThat(this.fixture.calls).containsExactly("start", "stop peer-closed");
	}

	@Test
	void aRunnerThatComesToTheLaneAfterTheStopGivesBackWhatWaits() {
		startedLane();
		this.fixture.receive(LaneFixture.notes(3));
		this.fixture.handling().stop();
		this.fixture.home.runNext();
		assertThat(this.fixture.calls).containsExactly("start");
		assertThat(this.fixture.metrics.dropped(DropReason.SERVER_STOPPING)).isEqualTo(3);
		assertThat(this.fixture.holdsBuffers()).isFalse();
		assertThat(this.bound.waiting()).isZero();
		this.fixture.lane().abandon();
		assertThat(this.fixture.calls).endsWith("stop peer-closed");
	}

	@Test
	void aRouterThatMeetsTheStopIsTheLastOne() {
		QueueLane lane = startedLane();
		this.fixture.receive(LaneFixture.notes(3));
		lane.execute(() -> this.fixture.calls.add("task"));
		this.fixture.inside((text) -> this.fixture.handling().stop());
		this.fixture.home.runAll();
		assertThat(this.fixture.calls).containsExactly("start", "1");
		assertThat(this.fixture.metrics.dropped(DropReason.SERVER_STOPPING)).isEqualTo(2);
		assertThat(this.fixture.holdsBuffers()).isFalse();
	}

	@Test
	void aTaskThatMeetsTheStopIsTheLastOne() {
		QueueLane lane = startedLane();
		lane.execute(this.fixture.handling()::stop);
		lane.execute(() -> this.fixture.calls.add("task"));
		this.fixture.home.runAll();
		assertThat(this.fixture.calls).containsExactly("start");
	}

	@Test
	void aConnectionThatWasNotStartedSeesNoHook() {
		QueueLane lane = this.fixture.noteHooks().queueLane();
		lane.start();
		this.fixture.handling().stop();
		lane.abandon();
		this.fixture.settle();
		assertThat(this.fixture.calls).isEmpty();
	}

	@Test
	void hooksThatHaveStoppedDoNotStartAnyMore() {
		QueueLane lane = this.fixture.noteHooks().queueLane();
		lane.stopHooks();
		lane.startHooks();
		lane.stopHooks();
		assertThat(this.fixture.calls).isEmpty();
	}

	@Test
	void hooksStartAndStopOnceHoweverOftenTheyAreTold() {
		QueueLane lane = this.fixture.noteHooks().queueLane();
		lane.startHooks();
		lane.startHooks();
		lane.stopHooks();
		lane.startHooks();
		lane.stopHooks();
		assertThat(this.fixture.calls).containsExactly("start", "stop peer-closed");
	}

	@Test
	void anAnswerThatIsAwaitedFailsBecauseOfTheStop() {
		List<String> told = new ArrayList<>();
		this.fixture.routes.interceptor((request, chain) -> {
			chain.onHandled((failure) -> told.add("" + failure));
			chain.proceed(request);
		});
		QueueLane lane = startedLane();
		this.fixture.receive("later 1", "note 2");
		this.fixture.settle();
		this.fixture.handling().stop();
		lane.abandon();
		this.fixture.settle();
		assertThat(told).containsExactly("java.util.concurrent.TimeoutException: The server has stopped");
		assertThat(this.fixture.calls).containsExactly("start", "1", "stop peer-closed");
		assertThat(this.fixture.holdsBuffers()).isFalse();
	}

	/**
	 * The thread uses the bytes of its message, so it gives them back itself.
	 */
	@Test
	void aThreadThatIsStuckHoldsUpNoHookAndGivesBackWhatItHoldsIfItEverReturns() throws InterruptedException {
		QueueLane lane = startedLane();
		this.fixture.inside((text) -> blockInside());
		this.fixture.receive(LaneFixture.notes(3));
		this.fixture.runLoop();
		Thread thread = this.fixture.home.startNext();
		await(this.inside);
		this.fixture.handling().stop();
		lane.abandon();
		assertThat(this.fixture.calls).containsExactly("start", "1", "stop peer-closed");
		assertThat(this.fixture.holdsBuffers()).isTrue();
		this.release.countDown();
		thread.join();
		assertThat(this.fixture.holdsBuffers()).isFalse();
		assertThat(this.bound.waiting()).isZero();
		assertThat(this.fixture.calls).hasSize(3);
	}

	@Test
	void anOnStartThatIsStuckIsFollowedByOneOnStopAll() throws InterruptedException {
		this.fixture.noteHooks().listener(new ConnectionListener() {
			@Override
			public void onStart(Connection connection) {
				blockInside();
			}
		});
		QueueLane lane = this.fixture.queueLane();
		lane.start();
		this.fixture.runLoop();
		Thread thread = this.fixture.home.startNext();
		await(this.inside);
		this.fixture.handling().stop();
		lane.abandon();
		this.release.countDown();
		thread.join();
		assertThat(this.fixture.calls).containsExactly("start", "stop peer-closed");
	}

	@Test
	void theMessageThatAThreadIsAtIsNamed() throws InterruptedException {
		QueueLane lane = this.fixture.queueLane();
		assertThat(lane.activity()).isNull();
		assertThat(lane.unfinished()).isNull();
		this.fixture.inside((text) -> {
			if (text.equals("2")) {
				blockInside();
			}
		});
		this.fixture.receive("fail 1", "fail 2", "note 3");
		assertThat(lane.activity()).isNull();
		assertThat(lane.unfinished()).isEqualTo("messages wait to be handled");
		this.fixture.runLoop();
		Thread thread = this.fixture.home.startNext();
		await(this.inside);
		LaneActivity activity = Objects.requireNonNull(lane.activity());
		assertThat(activity.thread()).isSameAs(thread);
		assertThat(activity.msgId()).isEqualTo(3);
		assertThat(activity.position()).isEqualTo(2);
		assertThat(lane.activity()).as("nothing has gone on").isEqualTo(activity);
		assertThat(lane.unfinished()).isEqualTo("message 3 is being handled by runner-0");
		this.release.countDown();
		thread.join();
		assertThat(lane.activity()).isNull();
		assertThat(lane.unfinished()).isNull();
	}

	@Test
	void aHookOrTaskThatAThreadIsAtIsNoMessage() throws InterruptedException {
		QueueLane lane = this.fixture.queueLane();
		lane.execute(this::blockInside);
		Thread thread = this.fixture.home.startNext();
		await(this.inside);
		LaneActivity activity = Objects.requireNonNull(lane.activity());
		assertThat(List.of(activity.msgId(), (long) activity.position())).containsOnly(-1L);
		assertThat(lane.unfinished()).isEqualTo("a listener or task is being run by runner-0");
		this.release.countDown();
		thread.join();
		assertThat(lane.unfinished()).isNull();
	}

	@Test
	void aLaneThatWaitsForItsPeerOrAnAnswerIsUnfinishedButNotActive() {
		QueueLane lane = this.fixture.queueLane();
		this.fixture.receive("later 1");
		this.fixture.settle();
		assertThat(lane.unfinished()).isEqualTo("messages wait to be handled");
		assertThat(lane.activity()).isNull();
	}

	@Test
	void oneThreadAtATimeIsInsideAndItSeesWhatTheOneBeforeHasDone() throws InterruptedException {
		QueueLane lane = this.fixture.queueLane();
		List<Integer> seen = Collections.synchronizedList(new ArrayList<>());
		int[] plain = new int[1];
		for (int i = 0; i < 300; i++) {
			lane.execute(() -> seen.add(plain[0]++));
		}
		while (this.fixture.home.queued() > 0) {
			this.fixture.home.startNext().join();
		}
		assertThat(seen).hasSize(300).isSorted().doesNotHaveDuplicates();
	}

	private QueueLane startedLane() {
		QueueLane lane = this.fixture.noteHooks().queueLane();
		lane.start();
		this.fixture.settle();
		return lane;
	}

	private void blockInside() {
		this.inside.countDown();
		await(this.release);
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}

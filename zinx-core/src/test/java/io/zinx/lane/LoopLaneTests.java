package io.zinx.lane;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import io.netty.channel.local.LocalChannel;
import io.zinx.connection.ChannelConnection;
import io.zinx.connection.CloseReason;
import io.zinx.testing.TestConnections;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LoopLaneTests {

	private final LaneFixture fixture = new LaneFixture();

	@AfterEach
	void close() {
		this.fixture.close();
	}

	@Test
	void messagesAreHandledAsTheyAreCutAndNothingIsHeld() {
		this.fixture.loopLane().start();
		assertThat(this.fixture.receive("note 1", "fail 2", "unknown 3", "note 4")).isEqualTo(4);
		assertThat(this.fixture.calls).containsExactly("1", "2", "4");
		assertThat(this.fixture.holdsBuffers()).isFalse();
		assertThat(this.fixture.metrics.handlerFailures()).isEqualTo(1);
		assertThat(this.fixture.lane().activity()).isNull();
	}

	@Test
	void cuttingStopsBehindAMessageWhoseAnswerComesLater() {
		this.fixture.loopLane();
		assertThat(this.fixture.receive("note 1", "later 2", "note 3")).isEqualTo(2);
		assertThat(this.fixture.calls).containsExactly("1", "2");
		this.fixture.answers.get(0).complete("");
		this.fixture.settle();
		assertThat(this.fixture.receive("note 3")).isEqualTo(1);
	}

	@Test
	void cuttingStopsBehindAMessageThatFillsTheConnectionAndGoesOnWhenThePeerHasRead() {
		this.fixture.channel.readByPeer(false);
		this.fixture.loopLane();
		assertThat(this.fixture.receive("flood 1", "note 2")).isEqualTo(1);
		assertThat(this.fixture.receive("note 2")).isZero();
		assertThat(this.fixture.resumed()).isZero();
		this.fixture.peerReads();
		assertThat(this.fixture.resumed()).isEqualTo(1);
		assertThat(this.fixture.receive("note 2")).isEqualTo(1);
		this.fixture.peerReads();
		assertThat(this.fixture.resumed()).isEqualTo(1);
	}

	@Test
	void aReaderThatWasNotHeldUpIsNotToldToGoOn() {
		this.fixture.loopLane();
		this.fixture.congest();
		this.fixture.peerReads();
		this.fixture.settle();
		assertThat(this.fixture.resumed()).isZero();
	}

	@Test
	void aPeerThatReadsHoldsNothingUpHoweverMuchItIsSent() {
		this.fixture.loopLane();
		assertThat(this.fixture.receive("flood 1", "flood 2", "note 3")).isEqualTo(3);
		this.fixture.channel.releaseOutbound();
		assertThat(this.fixture.calls).containsExactly("1", "2", "3");
	}

	@Test
	void aRouterThatClosesIsTheLastOne() {
		this.fixture.loopLane();
		this.fixture.inside((text) -> this.fixture.connection.close());
		assertThat(this.fixture.receive("note 1", "note 2")).isEqualTo(1);
		assertThat(this.fixture.receive("note 2")).isZero();
	}

	@Test
	void theEndIsAtOnceIfNoAnswerIsAwaited() {
		this.fixture.noteHooks().loopLane().start();
		this.fixture.receive("note 1");
		this.fixture.lane().end(CloseReason.FRAME_TOO_LONG);
		assertThat(this.fixture.connection.closeReason()).isEqualTo(CloseReason.FRAME_TOO_LONG);
		this.fixture.settle();
		assertThat(this.fixture.calls).containsExactly("start", "1", "stop frame-too-long");
	}

	@Test
	void tasksThatWereGivenBeforeTheEndAreRunBeforeIt() {
		this.fixture.loopLane().start();
		this.fixture.lane().execute(() -> this.fixture.calls.add("open: " + this.fixture.connection.isOpen()));
		this.fixture.lane().end(CloseReason.PEER_CLOSED);
		assertThat(this.fixture.calls).containsExactly("open: true");
		assertThat(this.fixture.connection.closeReason()).isEqualTo(CloseReason.PEER_CLOSED);
		this.fixture.settle();
		assertThat(this.fixture.calls).hasSize(1);
	}

	@Test
	void aLaneWhoseEventLoopIsBlockedIsLeftWithItsLastHookOnly() {
		this.fixture.noteHooks().loopLane().start();
		this.fixture.inside((text) -> {
			this.fixture.connection.close(CloseReason.SERVER_STOPPING);
			this.fixture.lane().abandon();
			this.fixture.lane().abandon();
			assertThat(this.fixture.lane().execute(() -> this.fixture.calls.add("too late"))).isFalse();
		});
		this.fixture.receive("note 1", "note 2");
		assertThat(this.fixture.calls).containsExactly("start", "1", "stop server-stopping");
		this.fixture.closeSocket();
		this.fixture.settle();
		assertThat(this.fixture.calls).hasSize(3);
	}

	@Test
	void aTaskGivenByARouterIsRunInATurnOfItsOwn() {
		this.fixture.loopLane();
		this.fixture.inside((text) -> this.fixture.connection.execute(() -> this.fixture.calls.add("task")));
		this.fixture.receive("note 1", "note 2");
		assertThat(this.fixture.calls).containsExactly("1", "2");
		this.fixture.settle();
		assertThat(this.fixture.calls).containsExactly("1", "2", "task", "task");
	}

	@Test
	void tasksThatWaitForAnAnswerAreRunInOrderBeforeReadingGoesOn() {
		List<Integer> resumed = new ArrayList<>();
		this.fixture.loopLane();
		this.fixture.receive("later 1");
		for (int i = 1; i <= 3; i++) {
			int number = i;
			this.fixture.lane().execute(() -> {
				this.fixture.calls.add("task " + number);
				resumed.add(this.fixture.resumed());
			});
		}
		assertThat(this.fixture.receive("note 2")).isZero();
		this.fixture.answers.get(0).complete("");
		this.fixture.settle();
		assertThat(this.fixture.calls).containsExactly("1", "task 1", "task 2", "task 3");
		assertThat(resumed).containsOnly(0);
		assertThat(this.fixture.resumed()).isEqualTo(1);
	}

	@Test
	void theServerSeesThatItWaitsAndCanMakeItGiveUp() {
		List<String> told = new ArrayList<>();
		this.fixture.routes.interceptor((request, chain) -> {
			chain.onHandled((failure) -> told.add("" + failure));
			chain.proceed(request);
		});
		this.fixture.noteHooks().loopLane().start();
		this.fixture.receive("later 1");
		assertThat(this.fixture.handling().hasWaiting()).isTrue();
		assertThat(this.fixture.lane().unfinished()).isEqualTo("waits for an answer");
		this.fixture.closeSocket();
		this.fixture.handling().giveUpWaiting();
		this.fixture.settle();
		assertThat(told).containsExactly("java.util.concurrent.TimeoutException: The server has stopped");
		assertThat(this.fixture.handling().hasWaiting()).isFalse();
		assertThat(this.fixture.lane().unfinished()).isNull();
		assertThat(this.fixture.calls).containsExactly("start", "1", "stop peer-closed");
	}

	@Test
	void aLaneThatWaitsForNothingHasNothingToGiveUp() {
		LoopLane lane = this.fixture.loopLane();
		this.fixture.receive("later 1");
		this.fixture.answers.get(0).complete("");
		lane.giveUpWaiting();
		this.fixture.settle();
		assertThat(this.fixture.metrics.handlerFailures()).isZero();
		lane.giveUpWaiting();
		this.fixture.settle();
		assertThat(this.fixture.metrics.handlerFailures()).isZero();
	}

	@Test
	void anAnswerThatComesWhileTheLaneWaitsForTheNextOneChangesNothing() {
		this.fixture.loopLane();
		this.fixture.receive("later 1");
		CompletableFuture<String> first = this.fixture.answers.get(0);
		first.complete("");
		this.fixture.settle();
		this.fixture.receive("later 2");
		this.fixture.settle();
		assertThat(this.fixture.handling().hasWaiting()).isTrue();
		assertThat(this.fixture.receive("note 3")).isZero();
	}

	@Test
	void tasksOfOtherThreadsAreRunOnTheEventLoopEachThreadsInItsOrder() throws InterruptedException {
		EventLoop eventLoop = new DefaultEventLoop();
		try {
			LocalChannel channel = new LocalChannel();
			eventLoop.register(channel).syncUninterruptibly();
			ChannelConnection connection = TestConnections.accept(channel);
			LoopLane lane = new LoopLane(connection, eventLoop, this.fixture.handling(), this.fixture);
			List<String> run = Collections.synchronizedList(new ArrayList<>());
			CountDownLatch go = new CountDownLatch(1);
			List<Thread> threads = IntStream.range(0, 3).mapToObj((thread) -> new Thread(() -> {
				awaitUninterruptibly(go);
				for (int i = 0; i < 300; i++) {
					int number = i;
					lane.execute(() -> run.add(eventLoop.inEventLoop() + " " + thread + " " + number));
				}
			})).toList();
			threads.forEach(Thread::start);
			go.countDown();
			for (Thread thread : threads) {
				thread.join();
			}
			Awaitility.await().until(() -> run.size() >= 900);
			for (int thread = 0; thread < 3; thread++) {
				String prefix = "true " + thread + " ";
				assertThat(run.stream().filter((line) -> line.startsWith(prefix)))
					.containsExactlyElementsOf(IntStream.range(0, 300).mapToObj((i) -> prefix + i).toList());
			}
		}
		finally {
			eventLoop.shutdownGracefully(0, 0, TimeUnit.SECONDS).syncUninterruptibly();
		}
	}

	private static void awaitUninterruptibly(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}

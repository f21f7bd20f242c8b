package io.zinx.eventloop;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.netty.channel.IoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * An event loop that the test drives, on whatever thread it likes.
 */
class MovableEventLoopTests {

	private final RecordedWork work = new RecordedWork();

	private final MovableEventLoop loop = new MovableEventLoop(null, NioIoHandler.newFactory());

	@BeforeEach
	void begin() {
		this.loop.begin(this.work, () -> {
		});
	}

	@AfterEach
	void end() {
		this.loop.shutdownGracefully(0, 0, TimeUnit.SECONDS);
		if (!this.loop.isTerminated()) {
			take();
			this.loop.turn();
		}
		assertThat(this.loop.isTerminated()).isTrue();
	}

	private void take() {
		if (!this.loop.inEventLoop()) {
			assertThat(this.loop.take(Thread.currentThread())).isTrue();
			this.loop.enter();
		}
	}

	@Test
	void isFreeAtFirstAndThenThatThreadsWhichHasTakenIt() {
		Thread other = new Thread(() -> {
		});
		assertThat(this.loop.isTaken()).isFalse();
		assertThat(this.loop.inEventLoop()).isFalse();
		assertThat(this.loop.take(other)).isTrue();
		assertThat(this.loop.take(Thread.currentThread())).isFalse();
		assertThat(this.loop.isTaken()).isTrue();
		assertThat(this.loop.inEventLoop(other)).isTrue();
		this.loop.enter();
		this.loop.release();
		assertThat(this.loop.inEventLoop(other)).isFalse();
		assertThat(this.loop.lastOwner()).isSameAs(other);
		assertThat(this.loop.take(Thread.currentThread())).isTrue();
		this.loop.enter();
		assertThat(this.loop.inEventLoop()).isTrue();
	}

	@Test
	void itsPhaseIsOddWhileItIsFreeAndChangesEachTime() {
		List<Integer> phases = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			phases.add(this.loop.phase());
			take();
			phases.add(this.loop.phase());
			this.loop.release();
		}
		assertThat(phases).containsExactly(1, 2, 3, 4, 5, 6);
	}

	@Test
	void tasksAreRunInOrderByWhoeverHasIt() throws Exception {
		List<String> run = new ArrayList<>();
		this.loop.execute(() -> run.add("before"));
		take();
		this.loop.execute(() -> {
			run.add("own");
			this.loop.execute(() -> run.add("behind"));
		});
		this.loop.turn();
		this.loop.release();
		CompletableFuture<Void> other = CompletableFuture.runAsync(() -> {
			take();
			this.loop.execute(() -> run.add("other thread"));
			this.loop.turn();
			this.loop.release();
		});
		other.get(30, TimeUnit.SECONDS);
		assertThat(run).containsExactly("before", "own", "behind", "other thread");
		assertThat(this.loop.pendingTasks()).isZero();
	}

	@Test
	void aTaskThatThrowsHarmsNobody() {
		AtomicBoolean behind = new AtomicBoolean();
		take();
		this.loop.execute(() -> {
			throw new IllegalStateException("on purpose");
		});
		this.loop.execute(() -> behind.set(true));
		this.loop.turn();
		assertThat(behind).isTrue();
	}

	/**
	 * A task that brings the next one must not keep the loop from its sockets.
	 */
	@Test
	void aTaskThatComesBackForEverEndsNoTurnLate() {
		AtomicInteger times = new AtomicInteger();
		AtomicBoolean over = new AtomicBoolean();
		take();
		this.loop.execute(new Runnable() {
			@Override
			public void run() {
				times.incrementAndGet();
				if (!over.get()) {
					MovableEventLoopTests.this.loop.execute(this);
				}
			}
		});
		this.loop.turn();
		assertThat(times).hasValueBetween(2, 10_000);
		over.set(true);
		this.loop.turn();
	}

	@Test
	void whatIsScheduledByAnyThreadIsRunWhenItsTimeHasComeAndNotBefore() throws Exception {
		long begin = System.nanoTime();
		AtomicInteger ran = new AtomicInteger();
		ScheduledFuture<?> later = CompletableFuture
			.supplyAsync(() -> this.loop.schedule(ran::incrementAndGet, 30, TimeUnit.MILLISECONDS))
			.get(30, TimeUnit.SECONDS);
		take();
		this.loop.schedule(ran::incrementAndGet, 1, TimeUnit.NANOSECONDS);
		ScheduledFuture<?> cancelled = this.loop.schedule(() -> ran.addAndGet(100), 1, TimeUnit.NANOSECONDS);
		cancelled.cancel(false);
		while (!later.isDone()) {
			this.loop.turn();
		}
		assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(30));
		assertThat(ran).hasValue(2);
	}

	/**
	 * The test would hang if the loop slept.
	 */
	@Test
	void doesNotSleepWhileThereIsWorkAndIsWokenByWhoBringsSome() throws Exception {
		take();
		this.work.waiting = true;
		this.loop.turn();
		this.work.waiting = false;
		CompletableFuture<Void> other = CompletableFuture.runAsync(() -> {
			this.work.waiting = true;
			this.loop.wakeUp();
		});
		this.loop.turn();
		other.get(30, TimeUnit.SECONDS);
	}

	/**
	 * The test would hang if the loop slept.
	 */
	@Test
	void looksAtAllSocketsForATaskThatWaitsForThatAndDoesNotSleep() {
		List<String> run = new ArrayList<>();
		take();
		this.loop.execute(() -> {
			this.loop.executeBehindAllSockets(() -> run.add("behind all sockets"));
			this.loop.execute(() -> run.add("this turn"));
		});
		this.loop.turn();
		assertThat(run).containsExactly("this turn");
		this.loop.turn();
		assertThat(run).containsExactly("this turn", "behind all sockets");
	}

	@Test
	void aTaskOfAnotherThreadWakesIt() throws Exception {
		CompletableFuture<Thread> ran = new CompletableFuture<>();
		take();
		CompletableFuture<Void> other = CompletableFuture
			.runAsync(() -> this.loop.execute(() -> ran.complete(Thread.currentThread())));
		while (!ran.isDone()) {
			this.loop.turn();
		}
		assertThat(ran.join()).isSameAs(Thread.currentThread());
		other.get(30, TimeUnit.SECONDS);
	}

	@Test
	void closesItsChannelsAndRunsWhatItWasGivenBeforeItEnds() {
		NioSocketChannel channel = new NioSocketChannel();
		AtomicBoolean ran = new AtomicBoolean();
		take();
		ChannelInternals.register(channel, this.loop, channel.newPromise());
		assertThat(channel.isRegistered()).isTrue();
		this.loop.execute(() -> ran.set(channel.isOpen()));
		assertThat(this.loop.isShuttingDown()).isFalse();
		this.loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
		assertThat(this.loop.isShuttingDown()).isTrue();
		assertThat(this.loop.isShutdown()).isFalse();
		this.loop.turn();
		assertThat(channel.isOpen()).isFalse();
		assertThat(ran).isTrue();
		assertThat(this.loop.isTerminated()).isTrue();
		assertThat(this.loop.terminationFuture().isSuccess()).isTrue();
	}

	@Test
	void takesNothingMoreOnceItHasEnded() throws Exception {
		take();
		this.loop.shutdownGracefully(0, 0, TimeUnit.SECONDS);
		this.loop.turn();
		this.loop.turn();
		assertThatThrownBy(() -> this.loop.execute(() -> {
		})).isInstanceOf(RejectedExecutionException.class);
		CompletableFuture<Void> other = CompletableFuture
			.runAsync(() -> assertThatThrownBy(() -> this.loop.execute(() -> {
			})).isInstanceOf(RejectedExecutionException.class));
		other.get(30, TimeUnit.SECONDS);
		assertThat(this.loop.pendingTasks()).isZero();
	}

	/**
	 * Tasks that bring others do not keep it from ending for longer than it is told.
	 */
	@Test
	void tasksThatComeBackForEverDoNotKeepItFromEnding() {
		take();
		this.loop.execute(new Runnable() {
			@Override
			public void run() {
				if (!MovableEventLoopTests.this.loop.isShutdown()) {
					MovableEventLoopTests.this.loop.execute(this);
				}
			}
		});
		this.loop.shutdownGracefully(0, 10, TimeUnit.MILLISECONDS);
		this.loop.turn();
		assertThat(this.loop.isTerminated()).isTrue();
		assertThat(this.loop.pendingTasks()).isZero();
	}

	@Test
	void aLoopThatIsDiscardedHasEndedUnlessAnotherThreadHasIt() {
		MovableEventLoop taken = new MovableEventLoop(null, NioIoHandler.newFactory());
		Thread other = new Thread(() -> {
		});
		taken.take(other);
		taken.discard();
		assertThat(taken.isShuttingDown()).isTrue();
		assertThat(taken.isTerminated()).isFalse();
		taken.enter();
		taken.release();
		taken.discard();
		assertThat(taken.isTerminated()).isTrue();
		assertThat(taken.terminationFuture().isDone()).isTrue();
	}

	@Test
	void aChannelThatIsBegunWhileOthersAreClosedIsClosedToo() {
		NioSocketChannel first = new NioSocketChannel();
		NioSocketChannel second = new NioSocketChannel();
		take();
		ChannelInternals.register(first, this.loop, first.newPromise());
		first.closeFuture().addListener((closed) -> ChannelInternals.register(second, this.loop, second.newPromise()));
		this.loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
		this.loop.turn();
		assertThat(first.isOpen()).isFalse();
		assertThat(second.isOpen()).isFalse();
	}

	@Test
	void whatTasksBringIsRunBeforeItEndsIfThereIsTime() {
		AtomicInteger left = new AtomicInteger(20_000);
		take();
		this.loop.execute(new Runnable() {
			@Override
			public void run() {
				if (left.decrementAndGet() > 0) {
					MovableEventLoopTests.this.loop.execute(this);
				}
			}
		});
		this.loop.shutdownGracefully(0, 30, TimeUnit.SECONDS);
		this.loop.turn();
		assertThat(left).hasValue(0);
	}

	@Test
	void whatLooksAtTheSocketsIsDestroyedOnceAtTheEnd() {
		List<String> calls = new ArrayList<>();
		IoHandler handler = (IoHandler) Proxy.newProxyInstance(IoHandler.class.getClassLoader(),
				new Class<?>[] { IoHandler.class }, (proxy, method, args) -> {
					calls.add(method.getName());
					return 0;
				});
		new MovableEventLoop(null, (executor) -> handler).discard();
		assertThat(calls).containsOnlyOnce("initialize", "destroy").endsWith("destroy");
	}

	/**
	 * Work that only says whether there is any.
	 */
	private static final class RecordedWork implements LoopWork {

		private volatile boolean waiting;

		@Override
		public boolean isWaiting() {
			return this.waiting;
		}

		@Override
		public void run() {
			this.waiting = false;
		}

		@Override
		public void collect() {
		}

		@Override
		public void look(boolean idle) {
		}

	}

}

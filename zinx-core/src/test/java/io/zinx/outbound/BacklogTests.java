package io.zinx.outbound;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.zinx.outbound.OutboundFixture.isAccepted;
import static io.zinx.outbound.OutboundFixture.outbound;
import static io.zinx.outbound.OutboundFixture.raw;
import static io.zinx.outbound.OutboundFixture.settings;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Senders that wait for room.
 */
class BacklogTests {

	private static final int MAX = 1024;

	private static final long LONG = TimeUnit.MINUTES.toNanos(10);

	private final SlowSocket socket = new SlowSocket();

	private final Outbound outbound = outbound(this.socket, settings(MAX, 0));

	private final AtomicInteger published = new AtomicInteger();

	@AfterEach
	void end() {
		this.outbound.discard();
		this.socket.end();
	}

	@Test
	void whoFindsRoomNeitherWaitsNorPublishesFirst() throws Exception {
		assertThat(whenRoom(MAX, LONG)).isEqualTo(Appended.ACCEPTED_AND_LISTED);
		assertThat(this.published).hasValue(0);
		assertThat(this.outbound.queued()).isEqualTo(MAX);
	}

	@ParameterizedTest
	@ValueSource(longs = { Long.MIN_VALUE, -1, 0 })
	void whoMayNotWaitIsRefusedAtOnce(long nanos) throws Exception {
		raw(this.outbound, MAX);
		assertThat(whenRoom(1, nanos)).isEqualTo(Appended.OVERFLOW);
		assertThat(this.outbound.queued()).isEqualTo(MAX);
	}

	@Test
	void whoHasWaitedForNothingIsRefusedNotBeforeTheTimeIsOver() throws Exception {
		raw(this.outbound, MAX);
		long nanos = TimeUnit.MILLISECONDS.toNanos(20);
		long start = System.nanoTime();
		assertThat(whenRoom(1, nanos)).isEqualTo(Appended.OVERFLOW);
		assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(nanos);
		assertThat(this.published).hasValue(1);
		this.outbound.write(false);
		assertThat(this.socket.taken()).hasSize(MAX);
	}

	@Test
	void aWaiterGoesOnWhenEnoughIsWritten() throws Exception {
		this.socket.takes(0);
		raw(this.outbound, 500);
		this.outbound.write(false);
		raw(this.outbound, MAX - 500 - OutboundFixture.RECORD);
		Waiter waiter = new Waiter(500);
		this.outbound.settle();
		waiter.stillWaits();
		this.socket.takes(500);
		this.outbound.settle();
		assertThat(waiter.result()).isEqualTo(Appended.ACCEPTED);
		this.outbound.write(true);
		this.socket.takes(Long.MAX_VALUE);
		assertThat(this.socket.taken()).hasSize(MAX - OutboundFixture.RECORD + 500);
		this.outbound.write(false);
		assertThat(whenRoom(1, LONG)).isEqualTo(Appended.ACCEPTED_AND_LISTED);
	}

	@Test
	void othersMaySendWhatFitsMeanwhile() throws Exception {
		raw(this.outbound, MAX - 10);
		Waiter waiter = new Waiter(11);
		assertThat(isAccepted(raw(this.outbound, 10))).isTrue();
		waiter.stillWaits();
		assertThat(raw(this.outbound, 1)).isEqualTo(Appended.OVERFLOW);
		this.outbound.write(false);
		this.outbound.settle();
		assertThat(waiter.result()).isEqualTo(Appended.ACCEPTED_AND_LISTED);
		assertThat(this.outbound.queued()).isEqualTo(11);
	}

	@Test
	void aWaiterThatFindsTooLittleRoomWaitsOn() throws Exception {
		raw(this.outbound, MAX);
		Waiter waiter = new Waiter(MAX);
		this.outbound.write(false);
		raw(this.outbound, 1);
		this.outbound.settle();
		waiter.stillWaits();
		this.outbound.write(false);
		this.outbound.settle();
		assertThat(waiter.result()).isEqualTo(Appended.ACCEPTED_AND_LISTED);
	}

	@Test
	void aCloseEndsTheWaitAndKeepsWhatWasAccepted() throws Exception {
		raw(this.outbound, MAX);
		Waiter waiter = new Waiter(1);
		this.outbound.close();
		assertThat(waiter.result()).isEqualTo(Appended.CLOSED);
		this.outbound.write(false);
		assertThat(this.socket.taken()).hasSize(MAX);
	}

	@Test
	void discardingEndsTheWait() throws Exception {
		raw(this.outbound, MAX);
		Waiter waiter = new Waiter(1);
		this.outbound.discard();
		assertThat(waiter.result()).isEqualTo(Appended.CLOSED);
		assertThat(this.outbound.queued()).isZero();
	}

	@Test
	void anInterruptEndsTheWaitAndNothingIsSent() throws Exception {
		raw(this.outbound, MAX);
		Waiter waiter = new Waiter(1);
		waiter.thread.interrupt();
		assertThat(waiter.failure()).isInstanceOf(InterruptedException.class);
		this.socket.takes(0);
		this.outbound.write(false);
		assertThat(this.outbound.isAwaited()).isFalse();
		this.socket.takes(Long.MAX_VALUE);
		assertThat(this.socket.taken()).hasSize(MAX);
		assertThat(this.outbound.queued()).isZero();
	}

	@Test
	void whileSomebodyWaitsTheWriteOfWhatNettyHasIsAwaited() throws Exception {
		this.socket.takes(0);
		raw(this.outbound, MAX - OutboundFixture.RECORD);
		this.outbound.write(false);
		assertThat(this.outbound.isAwaited()).isFalse();
		Waiter waiter = new Waiter(1);
		assertThat(this.outbound.isAwaited()).isTrue();
		this.socket.takes(Long.MAX_VALUE);
		assertThat(this.outbound.isAwaited()).isFalse();
		this.outbound.settle();
		assertThat(waiter.result()).isEqualTo(Appended.ACCEPTED_AND_LISTED);
	}

	@Test
	void everyOneOfManyWaitersGetsThroughAndTheBoundHolds() throws Exception {
		int threads = 6;
		int messages = 200;
		CountDownLatch running = new CountDownLatch(threads);
		AtomicInteger most = new AtomicInteger();
		Thread loop = new Thread(() -> {
			while (running.getCount() > 0) {
				most.accumulateAndGet((int) this.outbound.queued(), Math::max);
				this.outbound.write(false);
				this.outbound.settle();
			}
		});
		loop.start();
		OutboundFixture.together(threads, (number) -> {
			try {
				for (int i = 0; i < messages; i++) {
					assertThat(isAccepted(whenRoom(300 + number, LONG))).isTrue();
				}
			}
			finally {
				running.countDown();
			}
		});
		loop.join();
		this.outbound.write(false);
		assertThat(this.socket.taken()).hasSize(messages * (300 + 301 + 302 + 303 + 304 + 305));
		assertThat(most.get()).isLessThanOrEqualTo(MAX);
	}

	private Appended whenRoom(int length, long nanos) throws InterruptedException {
		return this.outbound.appendWhenRoom(0, new byte[length], Encoding.RAW, nanos, this.published::incrementAndGet);
	}

	/**
	 * A thread that waits for room, and has published the connection before.
	 */
	private final class Waiter {

		private final CompletableFuture<Appended> result = new CompletableFuture<>();

		private final Thread thread;

		Waiter(int length) {
			int before = BacklogTests.this.published.get();
			this.thread = new Thread(() -> {
				try {
					this.result.complete(whenRoom(length, LONG));
				}
				catch (Throwable ex) {
					this.result.completeExceptionally(ex);
				}
			});
			this.thread.start();
			stillWaits();
			assertThat(BacklogTests.this.published).hasValue(before + 1);
		}

		void stillWaits() {
			Awaitility.await().until(() -> this.thread.getState() == Thread.State.TIMED_WAITING);
			assertThat(this.result).isNotDone();
		}

		Appended result() throws Exception {
			return this.result.get(30, TimeUnit.SECONDS);
		}

		Throwable failure() {
			return this.result.handle((appended, ex) -> ex).orTimeout(30, TimeUnit.SECONDS).join();
		}

	}

}

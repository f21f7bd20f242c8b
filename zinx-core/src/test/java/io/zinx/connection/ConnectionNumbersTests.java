package io.zinx.connection;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import java.util.stream.StreamSupport;

import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.local.LocalIoHandler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Event loops that are never started: only which one it is matters.
 */
class ConnectionNumbersTests {

	private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(3, LocalIoHandler.newFactory());

	private final List<EventLoop> loops = StreamSupport.stream(this.group.spliterator(), false)
		.map(EventLoop.class::cast)
		.toList();

	@Test
	void theFirstNumberOfAnEventLoopIsItsPlaceInTheGroup() {
		ConnectionNumbers numbers = numbers(6, 3);
		assertThat(LongStream.of(2, 0, 1).map((loop) -> numbers.next(loop(loop)))).containsExactly(3L, 1L, 2L);
	}

	@Test
	void anEventLoopWithoutAGroupIsTheFirst() {
		assertThat(numbers(6, 3).next(new DefaultEventLoop())).isEqualTo(1);
	}

	@Test
	void connectionsThatComeToTheEventLoopsInTurnHaveConsecutiveNumbers() {
		ConnectionNumbers numbers = numbers(6, 3);
		assertThat(LongStream.range(0, 12).map((i) -> numbers.next(loop(i)))).containsExactly(1L, 2L, 3L, 4L, 5L, 6L,
				7L, 8L, 9L, 10L, 11L, 12L);
	}

	@Test
	void theConnectionsOfAWorkerHaveTheSameEventLoop() {
		ConnectionNumbers numbers = numbers(6, 3);
		Map<Long, Set<Long>> loopsOfWorkers = new TreeMap<>();
		for (long loop : List.of(0L, 2L, 2L, 2L, 1L, 0L, 1L, 1L, 2L, 0L, 0L, 1L, 2L, 2L, 0L, 0L, 1L, 1L)) {
			long worker = numbers.next(loop(loop)) % 6;
			loopsOfWorkers.computeIfAbsent(worker, (key) -> new TreeSet<>()).add(loop);
		}
		assertThat(loopsOfWorkers).hasSize(6).allSatisfy((worker, loops) -> assertThat(loops).hasSize(1));
	}

	@Test
	void anEventLoopThatHasAllConnectionsUsesItsWorkersInTurn() {
		ConnectionNumbers numbers = numbers(4, 2);
		numbers.next(loop(0));
		numbers.next(loop(1));
		assertThat(LongStream.range(0, 4).map((i) -> numbers.next(loop(1)))).containsExactly(4L, 6L, 8L, 10L);
	}

	/**
	 * As when many clients connect at once and one event loop is faster than the others.
	 */
	@Test
	void noNumberIsLeftOutWhereverAnEventLoopIsAhead() {
		ConnectionNumbers numbers = numbers(6, 3);
		assertThat(LongStream.of(0, 1, 2, 2, 2, 0, 1, 0, 1).map((loop) -> numbers.next(loop(loop)))).containsExactly(1L,
				2L, 3L, 6L, 9L, 4L, 5L, 7L, 8L);
	}

	@Test
	void withOnePartNumbersRiseByOne() {
		for (int workers : new int[] { 0, 1, 2, 4, 5, 7 }) {
			ConnectionNumbers numbers = numbers(workers, 3);
			assertThat(
					List.of(numbers.next(loop(0)), numbers.next(loop(0)), numbers.next(loop(2)), numbers.next(loop(0))))
				.containsExactly(1L, 2L, 3L, 4L);
		}
	}

	/**
	 * A client of the run before may still be on its way in.
	 */
	@Test
	void theNextRunNeverGivesANumberOfTheOneBeforeEvenIfThatStillNumbers() {
		ConnectionRegistry registry = ConnectionRegistry.of(new ConnManager(10));
		ConnectionNumbers before = registry.numbers(6, 3);
		assertThat(before.next(loop(0))).isEqualTo(1);
		ConnectionNumbers next = registry.numbers(7, 2);
		assertThat(List.of(next.next(loop(0)), before.next(loop(0)), next.next(loop(1)), before.next(loop(1))))
			.containsExactly(4L, 7L, 2L, 5L);
	}

	@Test
	void moreEventLoopsThanWereSaidHaveNumbersToo() {
		ConnectionNumbers numbers = numbers(2, 2);
		assertThat(List.of(numbers.next(loop(0)), numbers.next(loop(1)), numbers.next(loop(2)))).containsExactly(1L, 2L,
				3L);
	}

	@ParameterizedTest
	@ValueSource(ints = { 6, 7 })
	void eventLoopsThatNumberAtOnceNeverGiveANumberTwice(int workers) throws Exception {
		ConnectionNumbers numbers = numbers(workers, 3);
		Set<Long> given = ConcurrentHashMap.newKeySet();
		AtomicInteger wrong = new AtomicInteger();
		CountDownLatch done = new CountDownLatch(3);
		for (EventLoop loop : this.loops) {
			new Thread(() -> {
				long last = 0;
				for (int i = 0; i < 10_000; i++) {
					long next = numbers.next(loop);
					wrong.addAndGet((next > last && given.add(next)) ? 0 : 1);
					last = next;
				}
				done.countDown();
			}).start();
		}
		assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
		assertThat(wrong).hasValue(0);
		assertThat(given).hasSize(30_000).contains(1L, 30_000L);
	}

	private static ConnectionNumbers numbers(int workers, int loops) {
		return new ConnectionNumbers(workers, loops);
	}

	private EventLoop loop(long index) {
		return this.loops.get((int) (index % this.loops.size()));
	}

}

package io.zinx.admission;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import io.zinx.connection.ConnManager;
import io.zinx.connection.ConnectionRegistry;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Event loops that are never started: only which one it is matters.
 */
class ConnectionNumbersTests {

	private final ConnectionRegistry registry = ConnectionRegistry.of(new ConnManager(10));

	private final List<EventLoop> loops = IntStream.range(0, 3)
		.<EventLoop>mapToObj((index) -> new DefaultEventLoop())
		.toList();

	@Test
	void theFirstConnectionIsNumberOneWhicheverEventLoopItHas() {
		assertThat(numbers(6, 3).next(this.loops.get(2))).isEqualTo(1);
	}

	@Test
	void connectionsThatComeToTheEventLoopsInTurnHaveConsecutiveNumbers() {
		ConnectionNumbers numbers = numbers(6, 3);
		assertThat(LongStream.range(0, 12).map((i) -> numbers.next(loop(i + 1)))).containsExactly(1L, 2L, 3L, 4L, 5L,
				6L, 7L, 8L, 9L, 10L, 11L, 12L);
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

	@Test
	void noNumberIsLeftOutIfTheWorkersCannotBeDividedEqually() {
		for (int workers : new int[] { 0, 1, 2, 4, 5, 7 }) {
			ConnectionNumbers numbers = new ConnectionNumbers(ConnectionRegistry.of(new ConnManager(10)), workers, 3);
			assertThat(
					List.of(numbers.next(loop(0)), numbers.next(loop(0)), numbers.next(loop(2)), numbers.next(loop(0))))
				.containsExactly(1L, 2L, 3L, 4L);
		}
	}

	@Test
	void theNumbersOfTheNextRunAreGreater() {
		ConnectionNumbers first = numbers(6, 3);
		first.next(loop(0));
		long last = first.next(loop(0));
		ConnectionNumbers second = numbers(6, 3);
		assertThat(second.next(loop(0))).isGreaterThan(last).isLessThanOrEqualTo(last + 3);
	}

	@Test
	void moreEventLoopsThanWereSaidHaveNumbersToo() {
		ConnectionNumbers numbers = numbers(2, 2);
		assertThat(List.of(numbers.next(loop(0)), numbers.next(loop(1)), numbers.next(loop(2)))).containsExactly(1L, 2L,
				3L);
	}

	@Test
	void eventLoopsThatNumberAtOnceNeverGiveANumberTwice() throws Exception {
		ConnectionNumbers numbers = numbers(6, 3);
		Set<Long> given = ConcurrentHashMap.newKeySet();
		CountDownLatch done = new CountDownLatch(3);
		for (EventLoop loop : this.loops) {
			new Thread(() -> {
				long last = 0;
				for (int i = 0; i < 10_000; i++) {
					long next = numbers.next(loop);
					if (next > last) {
						given.add(next);
					}
					last = next;
				}
				done.countDown();
			}).start();
		}
		assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
		assertThat(given).hasSize(30_000);
	}

	private ConnectionNumbers numbers(int workers, int loops) {
		return new ConnectionNumbers(this.registry, workers, loops);
	}

	private EventLoop loop(long index) {
		return this.loops.get((int) (index % this.loops.size()));
	}

}

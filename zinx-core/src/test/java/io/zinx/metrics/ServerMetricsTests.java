package io.zinx.metrics;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

class ServerMetricsTests {

	@Test
	void sumsWhatEveryEventLoopHasCounted() {
		ServerMetrics metrics = new ServerMetrics();
		count(metrics);
		count(metrics);
		assertThat(metrics.messagesIn()).isEqualTo(2);
		assertThat(metrics.bytesIn()).isEqualTo(20);
		assertThat(metrics.messagesOut()).isEqualTo(4);
		assertThat(metrics.bytesOut()).isEqualTo(40);
	}

	@Test
	void countsNoTrafficIfToldSoButAllElse() {
		ServerMetrics metrics = ServerMetrics.withoutTraffic();
		count(metrics);
		metrics.links().countAccepted(ConnectionTransport.TLS);
		assertThat(metrics.messagesIn() + metrics.bytesIn() + metrics.messagesOut() + metrics.bytesOut()).isZero();
		assertThat(metrics.accepted()).isEqualTo(1);
	}

	@Test
	void sumsByNumberAndTheOthersTogether() {
		ServerMetrics metrics = new ServerMetrics();
		metrics.handlers(() -> new HandlerCounters(new long[] { 1, 4294967295L }, 1, true, HandlerTiming.OFF));
		for (int loop = 0; loop < 2; loop++) {
			TrafficCounter counter = metrics.newTrafficCounter();
			counter.addFrameIn(1, 10);
			counter.addFrameIn(4294967295L, 20);
			counter.addFrameIn(77, 40);
			counter.addOut(counter.place(4294967295L), 3, 300);
			counter.addOut(counter.place(78), 1, 5);
			counter.addOut(counter.place(-1), 0, 6);
		}
		assertThat(metrics.messagesIn(1)).isEqualTo(2);
		assertThat(metrics.bytesIn(4294967295L)).isEqualTo(40);
		assertThat(metrics.bytesIn(HandlerCounters.OTHERS)).isEqualTo(80);
		assertThat(metrics.messagesIn(77)).isZero();
		assertThat(metrics.messagesOut(1)).isZero();
		assertThat(metrics.messagesOut(4294967295L)).isEqualTo(6);
		assertThat(metrics.messagesOut(HandlerCounters.OTHERS)).isEqualTo(2);
		assertThat(metrics.bytesOut(HandlerCounters.OTHERS)).isEqualTo(22);
	}

	static Stream<Arguments> counters() {
		return Stream.of(counter("accepted", (metrics) -> metrics.links().countAccepted(ConnectionTransport.TCP)),
				counter("no router", (metrics) -> metrics.countDropped(DropReason.NO_ROUTER, 1)),
				counter("failures", ServerMetrics::countHandlerFailure),
				counter("dropped", (metrics) -> metrics.countDropped(DropReason.SLOW_CONSUMER, 1)),
				counter("sent", ServerMetrics::countHeartbeatSent),
				counter("missed", ServerMetrics::countHeartbeatMissed),
				counter("lifetime", (metrics) -> metrics.addLifetime(1)),
				counter("rejected", (metrics) -> metrics.countRejected("max-conn")),
				counter("closed", (metrics) -> metrics.countClosed("reset")),
				counter("handshakes", (metrics) -> metrics.links().countHandshake(HandshakeResult.TIMEOUT)));
	}

	private static Arguments counter(String name, Consumer<ServerMetrics> count) {
		return Arguments.of(name, count);
	}

	@ParameterizedTest
	@MethodSource("counters")
	void eachCounterCountsItsOwnAndNothingElse(String name, Consumer<ServerMetrics> count) {
		ServerMetrics metrics = new ServerMetrics();
		assertThat(read(metrics)).isEmpty();
		count.accept(metrics);
		count.accept(metrics);
		assertThat(read(metrics)).containsExactly(Map.entry(name, 2L));
	}

	/**
	 * The counters that have counted something.
	 */
	private static Map<String, Long> read(ServerMetrics metrics) {
		Map<String, Long> counts = new HashMap<>(
				Map.of("accepted", metrics.accepted(), "no router", metrics.dropped(DropReason.NO_ROUTER), "failures",
						metrics.handlerFailures(), "dropped", metrics.dropped(DropReason.SLOW_CONSUMER), "sent",
						metrics.heartbeatsSent(), "missed", metrics.heartbeatsMissed(), "lifetime",
						metrics.lifetimeMillis(), "rejected", metrics.rejected("max-conn"), "closed",
						metrics.closed("reset"), "handshakes", metrics.links().handshakes(HandshakeResult.TIMEOUT)));
		counts.values().removeIf((count) -> count == 0);
		return counts;
	}

	@ParameterizedTest
	@EnumSource(DropReason.class)
	void droppedMessagesAreCountedByReason(DropReason reason) {
		ServerMetrics metrics = new ServerMetrics();
		metrics.countDropped(reason, 2);
		metrics.countDropped(reason, 0);
		metrics.countDropped(reason, 3);
		for (DropReason each : DropReason.values()) {
			assertThat(metrics.dropped(each)).as(each.tag()).isEqualTo((each == reason) ? 5 : 0);
		}
	}

	@Test
	void endsAreCountedByReasonAndInAll() {
		ServerMetrics metrics = new ServerMetrics();
		metrics.countClosed("reset");
		metrics.countClosed("idle");
		metrics.countClosed("reset");
		Map<String, Long> before = metrics.closed();
		metrics.countClosed("kicked");
		assertThat(before).containsExactly(Map.entry("idle", 1L), Map.entry("reset", 2L));
		assertThat(metrics.closedInAll()).isEqualTo(4);
		assertThat(metrics.closed("peer-closed")).isZero();
		assertThat(metrics.links().handshakes(HandshakeResult.SUCCESS)).isZero();
	}

	@Test
	void aRestartGoesOnWithTheCountersOfTheFirstStart() {
		ServerMetrics metrics = new ServerMetrics();
		assertThat(metrics.handlers()).isNull();
		HandlerCounters first = metrics
			.handlers(() -> new HandlerCounters(new long[] { 1 }, 1, true, HandlerTiming.OFF));
		HandlerCounters second = metrics.handlers(() -> {
			throw new AssertionError("made a second time");
		});
		assertThat(second).isNotNull().isSameAs(first).isSameAs(metrics.handlers());
	}

	@Test
	void countersOfEventLoopsThatHaveEndedStayPartOfTheSums() {
		ServerMetrics metrics = new ServerMetrics();
		for (int start = 0; start < 3; start++) {
			count(metrics);
		}
		assertThat(metrics.messagesIn()).isEqualTo(3);
		assertThat(metrics.bytesSkipped()).isEqualTo(9);
	}

	@Test
	void countersOfEventLoopsThatHaveEndedAreOneInMemoryHoweverOftenAServerIsStarted() {
		ServerMetrics metrics = new ServerMetrics();
		metrics.handlers(() -> new HandlerCounters(new long[] { 1 }, 1, true, HandlerTiming.OFF));
		for (int start = 1; start <= 100; start++) {
			TrafficCounter one = count(metrics);
			TrafficCounter other = count(metrics);
			one.addFrameIn(1, 8);
			metrics.retire(one);
			metrics.retire(other);
			metrics.retire(other);
			assertThat(metrics.trafficCounters()).isEqualTo(1);
			assertThat(metrics.messagesIn()).isEqualTo(2L * start);
			assertThat(metrics.bytesIn()).isEqualTo(20L * start);
			assertThat(metrics.bytesSkipped()).isEqualTo(6L * start);
			assertThat(metrics.bytesIn(1)).isEqualTo(8L * start);
			assertThat(metrics.messagesOut(1)).isEqualTo(4L * start);
			assertThat(metrics.bytesOut()).isEqualTo(40L * start);
		}
	}

	/**
	 * As when many event loops end connections for reasons that did not occur before.
	 */
	@Test
	void noReasonIsLostWhenManyThreadsAreFirstToCountIt() throws Exception {
		ServerMetrics metrics = new ServerMetrics();
		List<Thread> threads = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			threads.add(new Thread(() -> {
				for (int reason = 0; reason < 2000; reason++) {
					metrics.countClosed("reason-" + reason);
				}
			}));
		}
		threads.forEach(Thread::start);
		for (Thread thread : threads) {
			thread.join();
		}
		assertThat(metrics.closed().values()).hasSize(2000).containsOnly(4L);
	}

	private static TrafficCounter count(ServerMetrics metrics) {
		TrafficCounter counter = metrics.newTrafficCounter();
		counter.addMessagesIn(1, 3);
		counter.addBytesIn(10);
		counter.addOut(counter.place(1), 2, 20);
		return counter;
	}

}

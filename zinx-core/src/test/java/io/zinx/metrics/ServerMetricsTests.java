package io.zinx.metrics;

import org.junit.jupiter.api.Test;

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
		metrics.countAccepted();
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

	private static void count(ServerMetrics metrics) {
		TrafficCounter counter = metrics.newTrafficCounter();
		counter.addMessagesIn(1, 3);
		counter.addBytesIn(10);
		counter.addOut(counter.place(1), 2, 20);
	}

}

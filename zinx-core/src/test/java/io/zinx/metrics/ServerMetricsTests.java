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

	private static void count(ServerMetrics metrics) {
		TrafficCounter counter = metrics.newTrafficCounter();
		counter.addMessagesIn(1, 3);
		counter.addBytesIn(10);
		counter.addOut(2, 20);
	}

}

package io.zinx.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.zinx.link.ProxyProtocolMode;
import io.zinx.link.ProxyProtocolSettings;
import io.zinx.link.TlsMode;
import io.zinx.link.TlsSettings;
import io.zinx.link.WebSocketSettings;
import io.zinx.metrics.HandshakeResult;
import io.zinx.metrics.ProxyHeaderResult;
import io.zinx.metrics.UpgradeResult;
import io.zinx.testing.ChildJvm;
import io.zinx.testing.Report;
import io.zinx.testing.SocketClient;
import io.zinx.testing.TestLink;
import io.zinx.testing.TestTls;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients that never finish what they begin, beside some that only want to be served: 600
 * of them, with 500 new in a second, times {@code zinx.proof.scale}, which
 * {@code .ci/proof handshakes} sets to 20. Not part of a build, since on a busy machine
 * an honest client may be the one that has taken longest.
 */
@EnabledIfSystemProperty(named = "zinx.proof.scale", matches = "\\d+")
class HandshakeFloodTests {

	private static final Report REPORT = Report.begin("handshakes.txt");

	private static final int SCALE = Integer.getInteger("zinx.proof.scale", 1);

	private static final int UNFINISHED = 600 * SCALE;

	private static final int PER_SECOND = 500;

	private static final int HONEST = 50;

	private static final int MAX_PENDING = 50 * SCALE;

	/**
	 * The memory that may stay in use afterwards, above all in Netty's pool, in bytes.
	 */
	private static final long MORE_MEMORY = 8 * 1024 * 1024;

	private static final Duration TIMEOUT = Duration.ofSeconds((SCALE > 1) ? 10 : 2);

	@ParameterizedTest
	@EnumSource(names = { "TLS", "PROXY_TLS", "WS" })
	void thoseWhoFinishAreServedAndTheOthersAreClosedInTime(TestLink link) throws Exception {
		try (TestServer server = TestServer.start(link, config(link), (routes) -> {
		})) {
			int port = (link == TestLink.WS) ? server.server().webSocketPort() : server.server().port();
			long quiet = p99Micros(link, port);
			server.awaitSize(0);
			long memory = usedBytes();
			Process flood = flood(port);
			long busy;
			String[] result;
			try (BufferedReader out = flood.inputReader(StandardCharsets.UTF_8)) {
				Awaitility.await().until(() -> server.server().pendingHandshakes() >= Math.min(MAX_PENDING, 20));
				busy = p99Micros(link, port);
				assertThat(server.server().pendingHandshakes()).isBetween(1, MAX_PENDING);
				assertThat(out.readLine()).isEqualTo("all have begun");
				result = out.readLine().split(" ");
			}
			finally {
				flood.destroyForcibly();
			}
			assertThat(Integer.parseInt(result[0])).isEqualTo(UNFINISHED);
			assertThat(Long.parseLong(result[1])).isLessThan(2 * TIMEOUT.toMillis() + 5000);
			assertThat(server.server().pendingHandshakes()).isZero();
			assertThat(displaced(server)).isPositive();
			server.awaitSize(0);
			Awaitility.await()
				.atMost(Duration.ofSeconds(30))
				.untilAsserted(() -> assertThat(usedBytes()).isLessThan(memory + MORE_MEMORY));
			report(link, quiet, busy, result, usedBytes() - memory);
		}
	}

	private static ServerConfigBuilder config(TestLink link) {
		ServerConfigBuilder config = Setup.HASH_EPOLL.config().maxConn(100).maxPendingHandshakes(MAX_PENDING);
		if (link.isEncrypted()) {
			config
				.tls(TlsSettings.of(TestTls.serverContext()).withMode(TlsMode.REQUIRED).withHandshakeTimeout(TIMEOUT));
		}
		if (link == TestLink.WS) {
			config.port(-1).webSocket(WebSocketSettings.onPort(0).withUpgradeTimeout(TIMEOUT));
		}
		if (link == TestLink.PROXY_TLS) {
			config.proxyProtocol(new ProxyProtocolSettings(ProxyProtocolMode.REQUIRED,
					ProxyProtocolSettings.DEFAULT_TRUSTED, TIMEOUT));
		}
		return config;
	}

	private static long displaced(TestServer server) {
		return server.metrics().links().handshakes(HandshakeResult.DISPLACED)
				+ server.metrics().links().proxyHeaders(ProxyHeaderResult.DISPLACED)
				+ server.metrics().links().upgrades(UpgradeResult.DISPLACED);
	}

	/**
	 * The round trip of 50 clients that connect, and send some messages each, one after
	 * the other.
	 */
	private static long p99Micros(TestLink link, int port) {
		List<SocketClient> honest = new ArrayList<>();
		long[] nanos = new long[HONEST * 40];
		int count = 0;
		for (int i = 0; i < HONEST; i++) {
			honest.add(SocketClient.connect(port, 0, link));
		}
		for (int round = 0; round < 40; round++) {
			for (SocketClient client : honest) {
				long start = System.nanoTime();
				assertThat(client.send(1, "hello").receive().text()).isEqualTo("hello");
				nanos[count++] = System.nanoTime() - start;
			}
		}
		honest.forEach(SocketClient::close);
		Arrays.sort(nanos);
		return TimeUnit.NANOSECONDS.toMicros(nanos[nanos.length * 99 / 100]);
	}

	private static Process flood(int port) throws IOException {
		return ChildJvm.of(List.of("-Xmx256m"), UnfinishedClients.class, "" + port, "" + UNFINISHED, "" + PER_SECOND)
			.start();
	}

	/**
	 * The heap behind a collection, and the memory of Netty's pool, which keeps some of
	 * what it has once needed.
	 */
	private static long usedBytes() {
		System.gc();
		Runtime runtime = Runtime.getRuntime();
		long direct = ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT).metric().usedDirectMemory();
		return runtime.totalMemory() - runtime.freeMemory() + direct;
	}

	private static void report(TestLink link, long quiet, long busy, String[] result, long more) {
		if (SCALE > 1) {
			REPORT.write(link + ": p99 " + quiet + " us without and " + busy + " us beside " + result[0]
					+ " unfinished clients, the longest of which was open for " + result[1] + " ms; " + more / 1024
					+ " KB more memory in use afterwards");
			assertThat(busy - quiet).isLessThan(5_000);
		}
	}

}

package io.zinx.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import io.zinx.connection.Connection;
import io.zinx.testing.ChildJvm;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A broadcast to many of whom some never read. Eight seconds and 44 clients; with
 * {@code zinx.proof.seconds}, which {@code .ci/proof receivers} sets to 30, 500 clients.
 */
class SilentReceiverTests {

	/** Zero for a short run with few clients. */
	private static final int PROOF_SECONDS = Integer.getInteger("zinx.proof.seconds", 0);

	private static final int READERS = (PROOF_SECONDS > 0) ? 488 : 40;

	private static final int SILENT = (PROOF_SECONDS > 0) ? 12 : 4;

	private static final int BOUND = 512 * 1024;

	/** Messages a second. */
	private static final int RATE = 100;

	private static final int MESSAGES = RATE * ((PROOF_SECONDS > 0) ? PROOF_SECONDS : 8);

	/** What Netty adds to the bytes of one connection for its own records of them. */
	private static final int NETTY_RECORDS = 16 * 1024;

	@ParameterizedTest
	@EnumSource(names = { "HASH_EPOLL", "HASH_NIO" })
	void silentReceiversAreClosedWithinTheirBoundAndTheOthersMissNothing(Setup setup) throws Exception {
		try (TestServer server = TestServer
			.start(setup.config().outboundMaxBytes(BOUND).socketBuffers(16 * 1024, 16 * 1024))) {
			Process clients = clients(server.server().port());
			try (BufferedReader out = clients.inputReader(StandardCharsets.UTF_8)) {
				assertThat(out.readLine()).isEqualTo("ready");
				server.awaitSize(READERS + SILENT);
				broadcast(server);
				assertThat(server.metrics().closed()).containsExactly(Map.entry("slow-consumer", (long) SILENT));
				assertThat(server.connections().broadcast(2, new byte[0]).reached()).isEqualTo(READERS);
				assertThat(readLine(out)).isEqualTo((long) READERS * MESSAGES + " 0");
				assertThat(clients.waitFor(60, TimeUnit.SECONDS)).isTrue();
			}
			finally {
				clients.destroyForcibly();
			}
		}
	}

	private static void broadcast(TestServer server) {
		ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
		CompletableFuture<Integer> sent = new CompletableFuture<>();
		int[] number = { 0 };
		timer.scheduleAtFixedRate(() -> {
			if (number[0] == MESSAGES) {
				sent.complete(number[0]);
				return;
			}
			byte[] body = ByteBuffer.allocate(1024).putLong(number[0]++).array();
			server.connections().broadcast(1, body);
			long queued = silent(server).stream().mapToLong(Connection::bytesQueued).sum();
			if (queued > (long) SILENT * (BOUND + NETTY_RECORDS)) {
				sent.completeExceptionally(new AssertionError(queued + " bytes wait for silent receivers"));
			}
		}, 0, 1000 / RATE, TimeUnit.MILLISECONDS);
		try {
			assertThat(sent).succeedsWithin(Duration.ofMinutes(3));
			Awaitility.await()
				.untilAsserted(() -> assertThat(server.connections().size()).as("closed: %s", server.metrics().closed())
					.isEqualTo(READERS));
		}
		finally {
			timer.shutdownNow();
		}
	}

	/**
	 * The silent ones connect first.
	 */
	private static List<Connection> silent(TestServer server) {
		return server.connections().page(0, SILENT).stream().filter((c) -> c.connId() <= SILENT).toList();
	}

	private static Process clients(int port) throws IOException {
		return ChildJvm.of(List.of("-Xmx512m"), Receivers.class, "" + port, "" + READERS, "" + SILENT).start();
	}

	private static String readLine(BufferedReader out) throws Exception {
		ExecutorService reader = Executors.newSingleThreadExecutor();
		try {
			return reader.submit(out::readLine).get(60, TimeUnit.SECONDS);
		}
		finally {
			reader.shutdownNow();
		}
	}

}

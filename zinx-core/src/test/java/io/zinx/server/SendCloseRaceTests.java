package io.zinx.server;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Phaser;

import io.zinx.connection.Connection;
import io.zinx.connection.SendResult;
import io.zinx.testing.Repetitions;
import io.zinx.testing.SocketClient;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class SendCloseRaceTests {

	private static final int THREADS = 8;

	private static final int ROUNDS = Repetitions.of(13);

	private static final int SENDS = 50;

	/** The most spins between the first send and a close, which grow with each round. */
	private static final int LONGEST = 1300;

	private static final int STEP = 101;

	/**
	 * Sends race closes: what was accepted arrives, in the order of each thread, and
	 * nothing else.
	 */
	@ParameterizedTest
	@EnumSource(Setup.class)
	void everySendIsDeliveredOrReportedFailed(Setup setup) throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(THREADS + 1);
		try (TestServer server = TestServer.start(setup.config())) {
			for (int round = 0; round < ROUNDS; round++) {
				try (SocketClient client = server.connect()) {
					Connection connection = server.onlyConnection();
					assertThat(received(client, race(threads, connection, round))).isTrue();
				}
				server.awaitSize(0);
			}
		}
		finally {
			threads.shutdownNow();
		}
	}

	private static List<Future<Integer>> race(ExecutorService threads, Connection connection, int round) {
		Phaser start = new Phaser(THREADS + 1);
		List<Future<Integer>> accepted = new ArrayList<>();
		for (int t = 0; t < THREADS; t++) {
			int sender = t;
			accepted.add(threads.submit(() -> {
				start.arriveAndAwaitAdvance();
				return send(connection, sender);
			}));
		}
		threads.submit(() -> {
			start.arriveAndAwaitAdvance();
			for (int i = 0; i < round * STEP % LONGEST; i++) {
				Thread.onSpinWait();
			}
			connection.close();
		});
		return accepted;
	}

	private static int send(Connection connection, int sender) {
		int accepted = 0;
		for (int i = 0; i < SENDS; i++) {
			SendResult result = connection.send(sender, ByteBuffer.allocate(4).putInt(i).array());
			if (result == SendResult.ACCEPTED) {
				assertThat(accepted).as("sends after one that failed").isEqualTo(i);
				accepted++;
			}
			else {
				assertThat(result).isEqualTo(SendResult.CLOSED);
			}
		}
		return accepted;
	}

	private static boolean received(SocketClient client, List<Future<Integer>> accepted) throws Exception {
		int[] next = new int[THREADS];
		SocketClient.Received message = client.receiveOrEnd();
		while (message != null) {
			assertThat(ByteBuffer.wrap(message.body()).getInt()).isEqualTo(next[(int) message.msgId()]++);
			message = client.receiveOrEnd();
		}
		for (int t = 0; t < THREADS; t++) {
			assertThat(next[t]).as("messages of thread %s", t).isEqualTo(accepted.get(t).get());
		}
		return true;
	}

}

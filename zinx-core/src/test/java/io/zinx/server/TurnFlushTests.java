package io.zinx.server;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.zinx.routing.Router;
import io.zinx.testing.SocketClient;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * On an event loop the replies to several connections leave together, but do not wait
 * long for the handlers of other connections.
 */
class TurnFlushTests {

	private final AtomicInteger handled = new AtomicInteger();

	private final CountDownLatch blocked = new CountDownLatch(1);

	private final CountDownLatch released = new CountDownLatch(1);

	@ParameterizedTest
	@EnumSource(names = { "LOOP_EPOLL", "LOOP_NIO" })
	void noMoreThanFifteenRepliesWaitForTheNextHandlerOfTheTurn(Setup setup) throws Exception {
		repliesLeaveAlthoughTheLastHandlerOfTheTurnBlocks(setup, 40, 0, 24);
	}

	@ParameterizedTest
	@EnumSource(names = { "LOOP_EPOLL", "LOOP_NIO" })
	void repliesThatAreAMillisecondOldDoNotWaitForTheNextHandlerOfTheTurn(Setup setup) throws Exception {
		repliesLeaveAlthoughTheLastHandlerOfTheTurnBlocks(setup, 3, 5, 2);
	}

	private void repliesLeaveAlthoughTheLastHandlerOfTheTurnBlocks(Setup setup, int count, int firstMillis, int leaving)
			throws Exception {
		CountDownLatch holding = new CountDownLatch(1);
		CountDownLatch gate = new CountDownLatch(1);
		try (TestServer server = TestServer.start(setup.config().eventLoops(1), (routes) -> {
			routes.add(2, (request) -> {
				holding.countDown();
				gate.await(20, TimeUnit.SECONDS);
			});
			routes.add(3, theLastBlocks(count, firstMillis));
		}); SocketClient holder = server.connect()) {
			List<SocketClient> clients = new ArrayList<>();
			for (int i = 0; i < count; i++) {
				clients.add(server.connect().send(1, "warm"));
				clients.get(i).receive();
			}
			holder.send(2, "");
			holding.await();
			clients.forEach((client) -> client.send(3, ""));
			gate.countDown();
			assertThat(this.blocked.await(10, TimeUnit.SECONDS)).isTrue();
			assertThat(server.metrics().messagesOut()).isGreaterThanOrEqualTo(count + leaving);
			this.released.countDown();
			for (SocketClient client : clients) {
				assertThat(client.receive().text()).isEqualTo("reply");
				client.close();
			}
		}
	}

	private Router theLastBlocks(int count, int firstMillis) {
		return (request) -> {
			int number = this.handled.incrementAndGet();
			if (number == 1) {
				spin(firstMillis);
			}
			request.reply(3, "reply");
			if (number == count) {
				this.blocked.countDown();
				this.released.await(20, TimeUnit.SECONDS);
			}
		};
	}

	private static void spin(int millis) {
		long start = System.nanoTime();
		while (System.nanoTime() - start < TimeUnit.MILLISECONDS.toNanos(millis)) {
			Thread.onSpinWait();
		}
	}

}

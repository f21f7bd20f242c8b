package io.zinx.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

import io.zinx.connection.CloseReason;
import io.zinx.connection.Connection;
import io.zinx.connection.ConnectionListener;
import io.zinx.testing.SocketClient;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

import static org.assertj.core.api.Assertions.assertThat;

class BindTests {

	@Test
	void aHundredBlockedConnectionsHoldUpNobodyAndTheirRepliesComeInOrder() {
		CountDownLatch release = new CountDownLatch(1);
		AtomicInteger blocked = new AtomicInteger();
		try (TestServer server = TestServer.start(Setup.BIND_EPOLL.config().eventLoops(1),
				(routes) -> routes.add(3, (request) -> {
					blocked.incrementAndGet();
					release.await();
					request.reply(3, request.body());
				}))) {
			List<SocketClient> clients = new ArrayList<>();
			for (int i = 0; i < 100; i++) {
				clients.add(server.connect().send(3, "" + i).send(1, "behind " + i));
			}
			Awaitility.await().until(() -> blocked.get() == 100);
			try (SocketClient other = server.connect()) {
				for (int i = 0; i < 100; i++) {
					assertThat(other.send(1, "other " + i).receive().text()).isEqualTo("other " + i);
				}
			}
			release.countDown();
			for (int i = 0; i < 100; i++) {
				assertThat(clients.get(i).receive().text()).isEqualTo("" + i);
				assertThat(clients.get(i).receive().text()).isEqualTo("behind " + i);
				clients.get(i).close();
			}
		}
	}

	@Test
	@EnabledForJreRange(max = JRE.JAVA_20)
	void whenAllThreadsAreTakenConnectionsWaitForTheFirstThatIsFree() {
		Semaphore permits = new Semaphore(0);
		Set<String> threads = ConcurrentHashMap.newKeySet();
		try (TestServer server = TestServer.start(Setup.BIND_EPOLL.config().bindMaxThreads(2),
				(routes) -> routes.add(3, (request) -> {
					threads.add(Thread.currentThread().getName());
					permits.acquire();
					request.reply(3, request.body());
				}))) {
			List<SocketClient> clients = new ArrayList<>();
			for (int i = 0; i < 10; i++) {
				clients.add(server.connect().send(3, "" + i));
			}
			Awaitility.await().until(() -> permits.getQueueLength() == 2);
			assertThat(threads).hasSize(2);
			permits.release(10);
			for (int i = 0; i < 10; i++) {
				assertThat(clients.get(i).receive().text()).isEqualTo("" + i);
				clients.get(i).close();
			}
			assertThat(threads).allMatch((name) -> name.startsWith("test-bind_epoll-conn-")).hasSizeLessThan(10);
		}
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void connectionsGetVirtualThreadsWhereTheJdkHasThem() throws Exception {
		try (TestServer server = TestServer.start(Setup.BIND_EPOLL.config(), (routes) -> routes.add(3, (request) -> {
			Object virtual = Thread.class.getMethod("isVirtual").invoke(Thread.currentThread());
			request.reply(3, Thread.currentThread().getName().replaceAll("\\d+$", "N") + " " + virtual);
		})); SocketClient client = server.connect()) {
			assertThat(client.send(3, "").receive().text()).isEqualTo("test-bind_epoll-conn-N true");
		}
	}

	@Test
	void theBoundOfWaitingMessagesCountsForEachConnection() throws Exception {
		Semaphore permits = new Semaphore(0);
		AtomicInteger handled = new AtomicInteger();
		try (TestServer server = TestServer.start(Setup.BIND_EPOLL.config().maxWorkerTaskLen(16),
				(routes) -> routes.add(4, (request) -> {
					permits.acquire();
					handled.incrementAndGet();
				})); SocketClient full = server.connect(); SocketClient other = server.connect()) {
			Thread writer = new Thread(() -> {
				for (int i = 0; i < 5000; i++) {
					full.send(4, "" + i);
				}
			});
			writer.start();
			Awaitility.await().until(() -> server.metrics().messagesIn() >= 16);
			assertThat(other.send(1, "room").receive().text()).isEqualTo("room");
			assertThat(server.metrics().messagesIn()).isLessThanOrEqualTo(18);
			permits.release(5000);
			Awaitility.await().until(() -> handled.get() == 5000);
			writer.join();
		}
	}

	@Test
	void aStopInterruptsWhatDoesNotEndAndCallsOnStopOfEveryConnection() throws Exception {
		AtomicInteger stopped = new AtomicInteger();
		AtomicInteger interrupted = new AtomicInteger();
		CountDownLatch begun = new CountDownLatch(20);
		ConnectionListener listener = new ConnectionListener() {
			@Override
			public void onStop(Connection connection, CloseReason reason) {
				stopped.incrementAndGet();
			}
		};
		TestServer server = TestServer.start(Setup.BIND_EPOLL.config().gracePeriod(Duration.ofMillis(100)),
				(routes) -> routes.add(3, (request) -> {
					begun.countDown();
					try {
						new CountDownLatch(1).await();
					}
					catch (InterruptedException ex) {
						interrupted.incrementAndGet();
						throw ex;
					}
				}), listener);
		for (int i = 0; i < 20; i++) {
			server.connect().send(3, "").send(3, "");
		}
		begun.await();
		server.close();
		assertThat(interrupted).hasValue(20);
		assertThat(stopped).hasValue(20);
		assertThat(server.connections().size()).isZero();
	}

}

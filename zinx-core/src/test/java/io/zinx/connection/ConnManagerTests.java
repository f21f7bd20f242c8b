package io.zinx.connection;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import io.netty.channel.embedded.EmbeddedChannel;
import io.zinx.InvalidSettingException;
import io.zinx.admission.ConnectionAcceptor;
import io.zinx.codec.TlvCodec;
import io.zinx.diagnostics.Clocks;
import io.zinx.testing.TestConnections;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ConnManagerTests {

	private final List<EmbeddedChannel> channels = new ArrayList<>();

	@AfterEach
	void closeChannels() {
		this.channels.forEach(EmbeddedChannel::finishAndReleaseAll);
	}

	@Test
	void admitsExactlyMaxConnUnderAnyNumberOfThreads() throws Exception {
		int slots = 100;
		int threads = 8;
		ConnManager manager = new ConnManager(slots);
		ConnectionRegistry registry = ConnectionRegistry.of(manager);
		EventLoop loop = new DefaultEventLoop();
		Set<Long> ids = ConcurrentHashMap.newKeySet();
		AtomicInteger held = new AtomicInteger();
		AtomicInteger most = new AtomicInteger();
		CountDownLatch done = new CountDownLatch(threads);
		for (int t = 0; t < threads; t++) {
			new Thread(() -> {
				for (int i = 0; i < 100_000; i++) {
					if (registry.slots().take()) {
						most.accumulateAndGet(held.incrementAndGet(), Math::max);
						assertThat(ids.add(registry.numbers(0, 1).next(loop))).isTrue();
						if (i % 3 != 0) {
							held.decrementAndGet();
							registry.slots().giveBack();
						}
					}
				}
				done.countDown();
			}).start();
		}
		done.await();
		assertThat(most.get()).isLessThanOrEqualTo(slots);
		assertThat(manager.size()).isEqualTo(held.get()).isEqualTo(slots);
		assertThat(registry.slots().take()).isFalse();
	}

	@Test
	void listsConnectionsInPagesByNumber() {
		ConnManager manager = new ConnManager(100);
		ConnectionAcceptor acceptor = acceptor(manager);
		for (int i = 0; i < 10; i++) {
			accept(acceptor);
		}
		assertThat(manager.page(0, 4)).extracting(Connection::connId).containsExactly(1L, 2L, 3L, 4L);
		assertThat(manager.page(4, 4)).extracting(Connection::connId).containsExactly(5L, 6L, 7L, 8L);
		assertThat(manager.page(8, 4)).extracting(Connection::connId).containsExactly(9L, 10L);
		assertThat(manager.page(10, 4)).isEmpty();
		assertThat(manager.ids()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
		List<Long> seen = new ArrayList<>();
		manager.forEach((connection) -> seen.add(connection.connId()));
		assertThat(seen).containsExactlyInAnyOrder(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L);
	}

	@Test
	void forgetsAConnectionOnce() {
		ConnManager manager = new ConnManager(1);
		ChannelConnection connection = accept(acceptor(manager));
		assertThat(manager.get(1)).isSameAs(connection);
		connection.broken(new IOException("reset"));
		connection.ended();
		connection.ended();
		assertThat(manager.size()).isZero();
		assertThat(manager.get(1)).isNull();
		assertThat(manager.metrics().closed()).containsEntry("reset", 1L);
	}

	@Test
	void admitsNobodyOnceTheServerStops() {
		ConnManager manager = new ConnManager(1);
		ConnectionAcceptor acceptor = acceptor(manager);
		acceptor.stop();
		EmbeddedChannel channel = channel();
		acceptor.accept(channel, (connection) -> {
			throw new AssertionError("admitted " + connection);
		});
		assertThat(channel.isOpen()).isFalse();
		assertThat(manager.metrics().rejected("server-stopping")).isEqualTo(1);
		assertThat(manager.size()).isZero();
	}

	@Test
	void refusesToManageNoConnections() {
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(() -> new ConnManager(0))
			.withMessage("max-conn: 0 (expected: 1 or more)");
	}

	private static ConnectionAcceptor acceptor(ConnManager manager) {
		return TestConnections.acceptor(manager, new TlvCodec(), Clocks.SYSTEM);
	}

	private ChannelConnection accept(ConnectionAcceptor acceptor) {
		List<ChannelConnection> admitted = new ArrayList<>();
		acceptor.accept(channel(), admitted::add);
		return admitted.get(0);
	}

	private EmbeddedChannel channel() {
		EmbeddedChannel channel = new EmbeddedChannel();
		this.channels.add(channel);
		return channel;
	}

}

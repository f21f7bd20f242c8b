package io.zinx.outbound;

import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.nio.NioIoHandler;
import io.zinx.codec.TlvCodec;
import io.zinx.connection.ChannelConnection;
import io.zinx.connection.ConnManager;
import io.zinx.connection.ConnectionRegistry;
import io.zinx.diagnostics.Clocks;
import io.zinx.eventloop.LoopLocal;
import io.zinx.testing.TestConnections;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class LoopOutboxTests {

	private static final int MESSAGES = 5000;

	private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

	private final EmbeddedChannel channel = new EmbeddedChannel();

	private final CountedLoop loop = new CountedLoop();

	private final LoopOutbox outbox = new LoopOutbox(this.loop.loop());

	private final List<Integer> flushed = new ArrayList<>();

	@AfterEach
	void closeChannel() {
		this.channel.finishAndReleaseAll();
		this.loop.close();
	}

	@Test
	void anEventLoopThatTakesNothingForThePresentIsWokenTheNextTime() {
		RecordedFlush.into(this.flushed, 1).forEach(this.outbox::publish);
		this.loop.full(true);
		assertThatThrownBy(this.outbox::wake).isInstanceOf(RejectedExecutionException.class);
		this.loop.full(false);
		this.outbox.wake();
		this.loop.run();
		assertThat(this.flushed).containsExactly(0);
	}

	/**
	 * As when other threads send again and again while the event loop writes.
	 */
	@Test
	void sendersThatKeepUpWithTheEventLoopDoNotKeepItFromItsOtherTasks() {
		ChannelConnection connection = accept();
		AtomicInteger flushes = new AtomicInteger();
		this.channel.pipeline().addLast(new ChannelOutboundHandlerAdapter() {
			@Override
			public void flush(ChannelHandlerContext ctx) {
				if (flushes.incrementAndGet() < MESSAGES) {
					connection.send(1, new byte[1]);
				}
				ctx.flush();
			}
		});
		AtomicInteger before = new AtomicInteger();
		connection.send(1, new byte[1]);
		this.channel.eventLoop().execute(() -> before.set(flushes.get()));
		this.channel.flushOutbound();
		assertThat(before.get()).isBetween(1, MESSAGES / 10);
		Awaitility.await().until(() -> {
			this.channel.flushOutbound();
			return flushes.get() >= MESSAGES && connection.bytesQueued() == 0;
		});
	}

	@Test
	void ifWritingToOneFailsTheOthersAreWrittenInTheNextTurn() {
		EmbeddedChannel broken = new EmbeddedChannel() {
			@Override
			public Channel flush() {
				throw new IllegalStateException("on purpose");
			}
		};
		LoopOutbox outbox = new LoopOutbox(this.channel.eventLoop());
		ChannelConnection first = connection(broken, outbox);
		ChannelConnection second = connection(this.channel, outbox);
		first.send(1, new byte[1]);
		second.send(1, new byte[1]);
		this.channel.runPendingTasks();
		assertThatThrownBy(this.channel::checkException).hasMessage("on purpose");
		assertThat(this.channel.<ByteBuf>readOutbound()).isNull();
		this.channel.runPendingTasks();
		ByteBuf written = this.channel.readOutbound();
		assertThat(written).isNotNull();
		written.release();
		assertThatThrownBy(broken::finishAndReleaseAll).isInstanceOf(ClosedChannelException.class);
	}

	@Test
	void publishedConnectionsAreFlushedInOrderOncePerPublication() {
		List<RecordedFlush> connections = RecordedFlush.into(this.flushed, 40);
		connections.forEach(this.outbox::publish);
		this.outbox.publish(connections.get(7));
		this.outbox.wake();
		assertThat(this.flushed).isEmpty();
		this.loop.run();
		List<Integer> expected = new ArrayList<>(IntStream.range(0, 40).boxed().toList());
		expected.add(7);
		assertThat(this.flushed).isEqualTo(expected);
		this.outbox.wake();
		this.loop.run();
		assertThat(this.flushed).hasSize(41);
	}

	@Test
	void aFlushMayCollectTheNextOnesAndEachIsStillFlushedOnce() {
		this.outbox.publish(new RecordedFlush(() -> {
			this.flushed.add(-1);
			this.outbox.collectNow();
		}));
		RecordedFlush.into(this.flushed, 20).forEach(this.outbox::publish);
		this.outbox.collectNow();
		List<Integer> expected = new ArrayList<>(List.of(-1));
		IntStream.range(0, 20).forEach(expected::add);
		assertThat(this.flushed).isEqualTo(expected);
	}

	@Test
	void theEventLoopIsWokenOnceForManyPublicationsAndAgainForTheNext() {
		for (int round = 1; round <= 3; round++) {
			for (RecordedFlush connection : RecordedFlush.into(this.flushed, 10)) {
				this.outbox.publish(connection);
				this.outbox.wake();
			}
			this.loop.run();
			assertThat(this.loop.given()).isEqualTo(round);
			assertThat(this.flushed).hasSize(10 * round);
		}
	}

	@Test
	void whatIsPublishedWhileCollectingIsCollectedToo() {
		RecordedFlush last = RecordedFlush.into(this.flushed, 1).get(0);
		RecordedFlush second = new RecordedFlush(() -> this.outbox.publish(last));
		this.outbox.publish(new RecordedFlush(() -> this.outbox.publish(second)));
		this.outbox.collectAndWatch();
		assertThat(this.flushed).containsExactly(0);
		assertThat(this.loop.given()).isZero();
	}

	@Test
	void whatIsPublishedIsFlushedWithinAMillisecondWhileALaneIsBusyElsewhere() {
		List<RecordedFlush> connections = RecordedFlush.into(this.flushed, 3);
		this.outbox.laneBusy();
		this.outbox.collectAndWatch();
		for (int i = 0; i < 3; i++) {
			this.outbox.publish(connections.get(i));
			this.loop.pass(MILLI - 1);
			assertThat(this.flushed).hasSize(i);
			this.loop.pass(1);
			assertThat(this.flushed).hasSize(i + 1);
		}
		assertThat(this.loop.given()).isZero();
	}

	@Test
	void theEventLoopDoesNotLookOnceNoLaneIsBusyAnyMore() {
		this.outbox.laneBusy();
		this.outbox.laneBusy();
		this.outbox.collectAndWatch();
		this.outbox.collectAndWatch();
		this.outbox.laneIdle();
		this.loop.pass(MILLI);
		assertThat(this.loop.hasTimer()).isTrue();
		this.outbox.publish(RecordedFlush.into(this.flushed, 1).get(0));
		this.outbox.laneIdle();
		this.loop.pass(MILLI);
		assertThat(this.flushed).containsExactly(0);
		assertThat(this.loop.hasTimer()).isFalse();
		this.outbox.collectAndWatch();
		assertThat(this.loop.hasTimer()).isFalse();
	}

	@Test
	void nobodyNeedsToWakeAnEventLoopThatIsAboutToCollect() {
		List<RecordedFlush> connections = RecordedFlush.into(this.flushed, 2);
		this.outbox.laneBusy();
		this.outbox.aboutToCollect();
		this.outbox.publish(connections.get(0));
		this.outbox.wake();
		assertThat(this.loop.given()).isZero();
		this.outbox.yieldAndCollect();
		assertThat(this.flushed).containsExactly(0);
		this.outbox.publish(connections.get(1));
		this.outbox.wake();
		assertThat(this.loop.given()).isEqualTo(1);
		this.loop.run();
		assertThat(this.flushed).containsExactly(0, 1);
	}

	@Test
	void oneThatFailsCostsNobodyElseAnythingHoweverItIsCollected() {
		List<RecordedFlush> connections = RecordedFlush.into(this.flushed, 20);
		RecordedFlush failing = new RecordedFlush(() -> {
			throw new IllegalStateException("on purpose");
		});
		for (RecordedFlush connection : connections) {
			if (connections.indexOf(connection) % 9 == 0) {
				this.outbox.publish(failing);
			}
			this.outbox.publish(connection);
		}
		this.outbox.aboutToCollect();
		assertThatThrownBy(this.outbox::yieldAndCollect).hasMessage("on purpose");
		this.loop.run();
		this.loop.run();
		this.loop.run();
		assertThatThrownBy(this.loop::check).hasMessage("on purpose");
		assertThat(this.flushed).isEqualTo(IntStream.range(0, 20).boxed().toList());
	}

	@Test
	void thoseBehindOneThatFailsComeBeforeThoseThatArePublishedLater() {
		List<RecordedFlush> connections = RecordedFlush.into(this.flushed, 18);
		this.outbox.publish(new RecordedFlush(() -> {
			throw new IllegalStateException("on purpose");
		}));
		connections.subList(0, 17).forEach(this.outbox::publish);
		assertThatThrownBy(this.outbox::collectNow).hasMessage("on purpose");
		this.outbox.publish(connections.get(17));
		this.outbox.collectNow();
		assertThat(this.flushed).isEqualTo(IntStream.range(0, 18).boxed().toList());
	}

	@Test
	void oneThatIsPublishedAgainByItsOwnFlushDoesNotKeepOthersWaiting() {
		this.outbox.publish(new RecordedFlush(new Runnable() {
			@Override
			public void run() {
				LoopOutboxTests.this.flushed.add(-1);
				LoopOutboxTests.this.outbox.publish(new RecordedFlush(this));
			}
		}));
		RecordedFlush.into(this.flushed, 2).forEach(this.outbox::publish);
		this.outbox.collectNow();
		assertThat(this.flushed).startsWith(-1, 0, 1, -1).hasSizeLessThan(300);
	}

	@Test
	void manyPublicationsLeaveTheEventLoopTimeForOthers() {
		int many = 3000;
		RecordedFlush.into(this.flushed, many).forEach(this.outbox::publish);
		List<Integer> seen = new ArrayList<>();
		this.outbox.wake();
		this.loop.run();
		while (this.flushed.size() < many) {
			seen.add(this.flushed.size());
			this.outbox.wake();
			this.loop.run();
			this.outbox.collectAndWatch();
			assertThat(this.flushed).hasSize(seen.get(seen.size() - 1));
			this.loop.pass(1);
		}
		assertThat(seen).hasSizeBetween(many / 300, many / 100);
		assertThat(seen.get(0)).isBetween(1, 300);
		assertThat(this.flushed).isEqualTo(IntStream.range(0, many).boxed().toList());
	}

	@Test
	void whatIsPublishedBetweenTwoRoundsIsNotForgotten() {
		RecordedFlush.into(this.flushed, 300).forEach(this.outbox::publish);
		this.outbox.collectAndWatch();
		assertThat(this.flushed).hasSizeLessThan(300);
		this.outbox.publish(new RecordedFlush(() -> this.flushed.add(-1)));
		this.outbox.wake();
		this.outbox.aboutToCollect();
		this.outbox.yieldAndCollect();
		this.loop.pass(1);
		assertThat(this.flushed).hasSize(301).endsWith(299, -1);
		this.outbox.publish(new RecordedFlush(() -> this.flushed.add(-2)));
		this.outbox.wake();
		this.loop.pass(1);
		assertThat(this.flushed).endsWith(-1, -2);
	}

	@Test
	void whatIsReadInATurnIsFlushedAtItsEnd() {
		this.outbox.flushThisTurn(RecordedFlush.into(this.flushed, 1).get(0));
		assertThat(this.flushed).isEmpty();
		this.loop.run();
		assertThat(this.flushed).containsExactly(0);
	}

	/**
	 * Every publication is answered by a flush that begins behind it, or nobody would
	 * write what was sent.
	 */
	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void noPublicationOfManyThreadsIsLeftBehind(boolean loopCollectsToo) throws Exception {
		EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
		try {
			LoopOutbox shared = new LoopOutbox(loops.next());
			int threads = 3;
			AtomicIntegerArray sent = new AtomicIntegerArray(threads);
			AtomicIntegerArray written = new AtomicIntegerArray(threads);
			OutboundFixture.together(threads, (number) -> {
				Flushable connection = new RecordedFlush(() -> written.set(number, sent.get(number)));
				for (int i = 0; i < 20_000; i++) {
					sent.incrementAndGet(number);
					shared.publish(connection);
					shared.wake();
					if (loopCollectsToo && i % 16 == 0) {
						loops.next().execute(() -> {
							shared.aboutToCollect();
							shared.yieldAndCollect();
						});
					}
				}
			});
			for (int i = 0; i < threads; i++) {
				int number = i;
				Awaitility.await().until(() -> written.get(number) == 20_000);
			}
		}
		finally {
			loops.shutdownGracefully(0, 0, TimeUnit.SECONDS).syncUninterruptibly();
		}
	}

	private static ChannelConnection connection(EmbeddedChannel channel, LoopOutbox outbox) {
		ConnManager manager = new ConnManager(2);
		return TestConnections
			.factory(ConnectionRegistry.of(manager), new TlvCodec(), Clocks.SYSTEM, manager.metrics(),
					new LoopLocal<>((loop) -> outbox))
			.newConnection(1, channel);
	}

	private ChannelConnection accept() {
		return TestConnections.accept(this.channel, new TlvCodec(), Clocks.SYSTEM);
	}

}

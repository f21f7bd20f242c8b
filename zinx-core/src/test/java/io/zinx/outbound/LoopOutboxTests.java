package io.zinx.outbound;

import java.nio.channels.ClosedChannelException;
import java.util.concurrent.atomic.AtomicInteger;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class LoopOutboxTests {

	private static final int MESSAGES = 5000;

	private final EmbeddedChannel channel = new EmbeddedChannel();

	@AfterEach
	void closeChannel() {
		this.channel.finishAndReleaseAll();
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

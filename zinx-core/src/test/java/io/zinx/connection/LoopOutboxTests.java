package io.zinx.connection;

import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.zinx.codec.TlvCodec;
import io.zinx.outbound.OutboundBudget;
import io.zinx.outbound.OutboundSettings;
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
		ConnectionContext context = new ConnectionContext("test", manager, new TlvCodec(), OutboundSettings.DEFAULTS,
				new OutboundBudget(1024), new LogThrottle(1, System::nanoTime), Clocks.SYSTEM, DuplicateLogin.ALLOW);
		return new ChannelConnection(1, channel, context, outbox, manager.metrics().newTrafficCounter());
	}

	private ChannelConnection accept() {
		List<ChannelConnection> admitted = new ArrayList<>();
		new ConnectionAcceptor("test", new ConnManager(1), new TlvCodec(), OutboundSettings.DEFAULTS,
				ConnectionSettings.DEFAULTS, Clocks.SYSTEM)
			.accept(this.channel, admitted::add);
		return admitted.get(0);
	}

}

package io.zinx.connection;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.zinx.codec.TlvCodec;
import io.zinx.outbound.OutboundSettings;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

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

	private ChannelConnection accept() {
		List<ChannelConnection> admitted = new ArrayList<>();
		new ConnectionAcceptor("test", new ConnManager(1), new TlvCodec(), OutboundSettings.DEFAULTS,
				ConnectionSettings.DEFAULTS, Clocks.SYSTEM)
			.accept(this.channel, admitted::add);
		return admitted.get(0);
	}

}

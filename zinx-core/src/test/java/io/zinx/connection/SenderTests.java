package io.zinx.connection;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import io.zinx.codec.TlvCodec;
import io.zinx.diagnostics.Clocks;
import io.zinx.eventloop.LoopLocal;
import io.zinx.outbound.LoopOutbox;
import io.zinx.outbound.OutboundContext;
import io.zinx.outbound.OutboundSettings;
import io.zinx.outbound.SlowConsumerPolicy;
import io.zinx.session.DuplicateLogin;
import io.zinx.testing.TestConnections;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

class SenderTests {

	private static final Duration LONG = Duration.ofSeconds(20);

	/** More than a connection may hold without reporting it. */
	private static final int MUCH = 20_000;

	/** The bytes that may wait on a connection to a slow consumer. */
	private static final int ROOM = 1024;

	private final EmbeddedChannel channel = new EmbeddedChannel();

	@AfterEach
	void closeChannel() {
		this.channel.finishAndReleaseAll();
	}

	/**
	 * Netty gives up a socket's buffer, and only some tasks later says that the socket is
	 * closed; meanwhile the connection takes messages and is flushed.
	 */
	@Test
	void aSocketThatClosesBeforeTheEndIsDecidedDoesNotHoldUpItsEventLoop() {
		ChannelConnection connection = accept();
		List<SendResult> results = new ArrayList<>();
		this.channel.closeFuture().addListener((closed) -> {
			results.add(connection.send(1, new byte[MUCH]));
			connection.flush();
		});
		assertTimeoutPreemptively(LONG, () -> {
			this.channel.close();
		});
		assertThat(results).containsExactly(SendResult.ACCEPTED);
		connection.socketClosed();
		assertThat(connection.bytesQueued()).isZero();
	}

	@Test
	void whatASlowConsumerHasNoRoomForEndsItAndWhatWaitsIsGivenUp() {
		ChannelConnection connection = connection(SlowConsumerPolicy.CLOSE);
		List<SendResult> results = new ArrayList<>();
		connection.sendAsync(1, new byte[ROOM / 2]).whenComplete((written, failure) -> {
			assertThat(failure).isInstanceOf(SendFailedException.class);
			results.add(connection.send(1, new byte[0]));
		});
		results.add(connection.send(1, new byte[ROOM / 2]));
		assertThat(connection.closeReason()).isEqualTo(CloseReason.SLOW_CONSUMER);
		assertThat(results).containsExactly(SendResult.CLOSED, SendResult.OVERFLOW);
		this.channel.runPendingTasks();
		assertThat(this.channel.isOpen()).isFalse();
		assertThat(this.channel.outboundMessages()).isEmpty();
		assertThat(connection.context().metrics().dropped()).isZero();
	}

	/**
	 * An event loop may not wait for room, which it would have to make itself.
	 */
	@ParameterizedTest
	@EnumSource(names = { "DROP", "BLOCK" })
	void whatASlowConsumerHasNoRoomForIsDroppedAloneAndCounted(SlowConsumerPolicy policy) {
		ChannelConnection connection = connection(policy);
		assertThat(connection.send(1, new byte[ROOM / 2])).isEqualTo(SendResult.ACCEPTED);
		assertThat(connection.send(1, new byte[ROOM / 2])).isEqualTo(SendResult.OVERFLOW);
		assertThat(connection.sendAsync(1, new byte[ROOM / 2])).isCompletedExceptionally();
		assertThat(connection.send(1, new byte[0])).isEqualTo(SendResult.ACCEPTED);
		assertThat(connection.context().metrics().dropped()).isEqualTo(2);
		assertThat(connection.isOpen()).isTrue();
		connection.flush();
		assertThat(this.channel.outboundMessages()).singleElement()
			.extracting((buffer) -> ((ByteBuf) buffer).readableBytes())
			.isEqualTo(ROOM / 2 + 2 * 8);
	}

	private ChannelConnection connection(SlowConsumerPolicy policy) {
		ConnManager manager = new ConnManager(1);
		OutboundSettings settings = new OutboundSettings(ROOM, ROOM, ROOM, 0, policy, LONG, LONG);
		ConnectionContext context = new ConnectionContext("test", ConnectionRegistry.of(manager),
				new OutboundContext(new TlvCodec(), settings), DuplicateLogin.REJECT_NEW, Clocks.SYSTEM,
				manager.metrics());
		return new ConnectionFactory(context, new LoopLocal<>(LoopOutbox::new)).newConnection(1, this.channel);
	}

	private ChannelConnection accept() {
		return TestConnections.accept(this.channel, new TlvCodec(), Clocks.SYSTEM);
	}

}

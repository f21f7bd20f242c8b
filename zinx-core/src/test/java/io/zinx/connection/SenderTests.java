package io.zinx.connection;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.netty.channel.embedded.EmbeddedChannel;
import io.zinx.codec.TlvCodec;
import io.zinx.diagnostics.Clocks;
import io.zinx.testing.TestConnections;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

class SenderTests {

	private static final Duration LONG = Duration.ofSeconds(20);

	/** More than a connection may hold without reporting it. */
	private static final int MUCH = 20_000;

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

	private ChannelConnection accept() {
		return TestConnections.accept(this.channel, new TlvCodec(), Clocks.SYSTEM);
	}

}

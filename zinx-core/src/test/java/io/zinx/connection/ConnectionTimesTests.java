package io.zinx.connection;

import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.netty.channel.embedded.EmbeddedChannel;
import io.zinx.codec.TlvCodec;
import io.zinx.diagnostics.Clocks;
import io.zinx.testing.TestConnections;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a connection says of its times on a machine so slow that each look at a clock
 * takes ten milliseconds.
 */
class ConnectionTimesTests {

	private final EmbeddedChannel channel = new EmbeddedChannel();

	private final AtomicLong millis = new AtomicLong(1_000_000);

	@AfterEach
	void closeChannel() {
		this.channel.finishAndReleaseAll();
	}

	@Test
	void aConnectionThatWasNotReadWasLastActiveWhenItWasOpened() {
		ChannelConnection connection = accept();
		assertThat(connection.lastActiveAt()).isEqualTo(connection.openedAt());
	}

	@Test
	void theLastActivityIsNeverStillToCome() {
		ChannelConnection connection = accept();
		connection.received(1);
		assertThat(connection.lastActiveAt()).isBetween(connection.openedAt(), now());
	}

	private Instant now() {
		return Instant.ofEpochMilli(this.millis.get());
	}

	private long look() {
		return this.millis.addAndGet(10);
	}

	private ChannelConnection accept() {
		Clocks slow = new Clocks(() -> Instant.ofEpochMilli(look()), () -> TimeUnit.MILLISECONDS.toNanos(look()));
		return TestConnections.accept(this.channel, new TlvCodec(), slow);
	}

}

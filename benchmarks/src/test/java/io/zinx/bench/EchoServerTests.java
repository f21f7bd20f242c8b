package io.zinx.bench;

import org.junit.jupiter.api.Test;

import io.zinx.server.ServerConfig;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link EchoServer}.
 */
class EchoServerTests {

	@Test
	void admitsTheLargestBroadcastThatIsMeasured() {
		ServerConfig config = EchoServer.config(new String[] { "0", "hash" });
		assertThat(config.maxConn()).isGreaterThan(15_000);
	}

}

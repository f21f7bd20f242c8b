package io.zinx.server;

import io.zinx.testing.CapturedLog;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class MemoryCheckTests {

	private static final long MB = 1 << 20;

	private final ServerConfig config = ServerConfig.builder()
		.name("small")
		.outboundTotalMaxBytes(8 * MB)
		.inboundTotalMaxBytes(4 * MB)
		.build();

	@Test
	void whatCannotBeHadIsWarnedOf() {
		try (CapturedLog log = new CapturedLog(MemoryCheck.class)) {
			MemoryCheck.warn(this.config, 12 * MB - 1);
			assertThat(log.lines()).singleElement()
				.asString()
				.contains("[small]", "zinx.outbound.total-max-bytes (8388608)",
						"zinx.inbound.total-max-bytes (4194304)", "12582911 bytes", "-XX:MaxDirectMemorySize");
		}
	}

	@Test
	void aServerWarnsWhenItStarts() {
		try (CapturedLog log = new CapturedLog(MemoryCheck.class);
				TestServer server = TestServer.start(ServerConfig.builder().outboundTotalMaxBytes(1L << 60))) {
			assertThat(log.lines()).singleElement().asString().startsWith("[" + server.server().config().name() + "]");
		}
	}

	@Test
	void whatCanBeHadIsNot() {
		try (CapturedLog log = new CapturedLog(MemoryCheck.class)) {
			MemoryCheck.warn(this.config, 12 * MB);
			MemoryCheck.warn(ServerConfig.builder().build());
			assertThat(log.lines()).isEmpty();
		}
	}

}

package io.zinx.bench;

import java.time.Duration;

import io.zinx.bench.load.Load;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class CompareOptionsTests {

	@Test
	void readsServersLoadsAndTimes() {
		CompareOptions options = CompareOptions.parse(new String[] { "--rounds", "7", "--seconds", "0.5", "--servers",
				"netty,hash-10,spring-event-loop", "--loads", "1k,idle", "--jvm", "-Xmx1g -Da=b" });
		assertThat(options.rounds()).isEqualTo(7);
		assertThat(options.measured()).isEqualTo(Duration.ofMillis(500));
		assertThat(options.servers()).extracting(Contender::main)
			.containsExactly(NettyEchoServer.class, EchoServer.class, SpringEchoServer.class);
		assertThat(options.servers().get(1).arguments()).containsExactly("hash", "10");
		assertThat(options.servers().get(2).arguments()).containsExactly("event-loop");
		assertThat(options.loads()).extracting(Load::name).containsExactly("1k", "idle");
		assertThat(options.jvmArguments()).containsExactly("-Xmx1g", "-Da=b");
	}

	@Test
	void aNumberBehindALoadIsItsRateOrItsConnections() {
		CompareOptions options = CompareOptions
			.parse(new String[] { "--loads", "open@50000,broadcast@15000,c1000@2000" });
		assertThat(options.loads()).extracting(Load::name)
			.containsExactly("open@50000", "broadcast@15000", "c1000@2000");
		assertThat(options.loads()).extracting(Load::rate).containsExactly(50_000, 0, 0);
		assertThat(options.loads()).extracting(Load::connections).containsExactly(200, 15_000, 2000);
		assertThat(options.loads().get(2).depth()).isEqualTo(1);
		for (String load : new String[] { "open@0", "open@", "open@fast", "@5" }) {
			assertThatIllegalArgumentException().as(load)
				.isThrownBy(() -> CompareOptions.parse(new String[] { "--loads", load }));
		}
	}

	@Test
	void aNumberBehindALoadOfHandlersThatComputeIsTheirTime() {
		CompareOptions options = CompareOptions.parse(new String[] { "--loads", "compute,compute@200" });
		assertThat(options.loads()).extracting(Load::bodySize).containsExactly(50, 200);
		assertThat(options.loads()).extracting(Load::connections).containsExactly(64, 64);
		assertThat(options.loads().get(1).description()).endsWith("compute for 200 us");
	}

	@Test
	void measuresAgainstHandWrittenNettyUnlessToldOtherwise() {
		assertThat(CompareOptions.parse(new String[0]).servers()).first().matches(Contender::isNetty);
	}

	@Test
	void measuresPinnedAndAsUsersRunItUnlessToldOtherwise() {
		assertThat(CompareOptions.parse(new String[0]).processors()).containsExactly("0", "any");
		assertThat(CompareOptions.parse(new String[] { "--cpus", "0-1" }).processors()).containsExactly("0-1");
	}

	@Test
	void theNumberOfEventLoopsThatTheJvmIsGivenCounts() {
		Processors two = new Processors("", 2);
		assertThat(CompareOptions.parse(new String[0]).loops(two)).isEqualTo(2);
		assertThat(CompareOptions.parse(new String[] { "--jvm", "-Xmx1g -Dzinx.bench.loops=5" }).loops(two))
			.isEqualTo(5);
	}

	@Test
	void encryptsOnlyIfToldToAndSaysSo() {
		assertThat(CompareOptions.parse(new String[0])).hasToString("median of 5 rounds of 3000 ms")
			.returns(false, CompareOptions::tls);
		assertThat(CompareOptions.parse(new String[] { "--tls" })).hasToString("TLS 1.3, median of 5 rounds of 3000 ms")
			.returns(true, CompareOptions::tls);
		assertThat(CompareOptions.parse(new String[] { "--quick", "--tls" })).returns(true, CompareOptions::tls);
	}

	@Test
	void usesWebSocketOnlyIfToldToAndSaysSo() {
		assertThat(CompareOptions.parse(new String[0])).returns(false, CompareOptions::webSocket);
		assertThat(CompareOptions.parse(new String[] { "--ws" }))
			.hasToString("WebSocket, median of 5 rounds of 3000 ms")
			.returns(true, CompareOptions::webSocket)
			.returns(false, CompareOptions::tls);
		assertThat(CompareOptions.parse(new String[] { "--tls", "--ws", "--quick" }))
			.hasToString("WebSocket, TLS 1.3, median of 1 rounds of 100 ms")
			.returns(true, CompareOptions::webSocket)
			.returns(true, CompareOptions::tls);
	}

	@Test
	void filesOfEachKindOfConnectionHaveNamesOfTheirOwn() {
		assertThat(CompareOptions.parse(new String[0]).suffix()).isEmpty();
		assertThat(CompareOptions.parse(new String[] { "--tls" }).suffix()).isEqualTo("-tls");
		assertThat(CompareOptions.parse(new String[] { "--ws" }).suffix()).isEqualTo("-ws");
		assertThat(CompareOptions.parse(new String[] { "--ws", "--tls" }).suffix()).isEqualTo("-wss");
	}

	@Test
	void refusesWhatMeansNothing() {
		for (String flag : new String[] { "--quick", "--tls", "--ws" }) {
			assertThatIllegalArgumentException()
				.isThrownBy(() -> CompareOptions.parse(new String[] { flag, "openssl" }))
				.withMessageContaining("openssl");
		}
		assertThatIllegalArgumentException().isThrownBy(() -> CompareOptions.parse(new String[] { "fast" }))
			.withMessageContaining("fast");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> CompareOptions.parse(new String[] { "--servers", "netty,hsah-2" }))
			.withMessageContaining("hsah");
		assertThatIllegalArgumentException().isThrownBy(() -> CompareOptions.parse(new String[] { "--loads", "2k" }))
			.withMessageContaining("2k");
		for (String places : new String[] { "", "0 1", "any any" }) {
			assertThatIllegalArgumentException()
				.isThrownBy(() -> CompareOptions.parse(new String[] { "--cpus", places }))
				.withMessageContaining("cpus");
		}
	}

}

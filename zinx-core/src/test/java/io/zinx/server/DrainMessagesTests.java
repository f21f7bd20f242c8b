package io.zinx.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.embedded.EmbeddedChannel;
import io.zinx.admission.ConnectionAcceptor;
import io.zinx.codec.TlvCodec;
import io.zinx.connection.CloseReason;
import io.zinx.connection.ConnManager;
import io.zinx.connection.DrainPlan;
import io.zinx.connection.LateRequests;
import io.zinx.diagnostics.Clocks;
import io.zinx.message.Message;
import io.zinx.pipeline.MaxAge;
import io.zinx.testing.CapturedLog;
import io.zinx.testing.TestConnections;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DrainMessagesTests {

	private static final Message TO_ALL = new Message(5, new byte[] { 'a' });

	private final List<EmbeddedChannel> channels = new ArrayList<>();

	private final ConnManager connections = new ConnManager(10);

	private final ConnectionAcceptor acceptor = TestConnections.acceptor(this.connections, new TlvCodec(),
			Clocks.SYSTEM);

	@AfterEach
	void closeChannels() {
		this.channels.forEach(EmbeddedChannel::finishAndReleaseAll);
	}

	@Test
	void oneGoodbyeIsSaidToEverybody() {
		connect(3);
		messages(ServerConfig.builder().goodbye(TO_ALL)).sayTo(this.connections, CloseReason.SERVER_STOPPING);
		assertThat(written()).containsExactly("000000050000000161", "000000050000000161", "000000050000000161");
	}

	@Test
	void withoutAGoodbyeNothingIsSaid() {
		connect(2);
		messages(ServerConfig.builder()).sayTo(this.connections, CloseReason.SERVER_STOPPING);
		assertThat(written()).containsExactly("", "");
	}

	@Test
	void aPersonalGoodbyeIsMadeForEachWithTheReasonAndTakesThePlaceOfTheOther() {
		connect(3);
		Goodbye personal = (connection, reason) -> (connection.connId() != 2)
				? new Message(connection.connId(), new byte[] { (byte) reason.tag().length() }) : null;
		messages(ServerConfig.builder().goodbye(TO_ALL).drain(DrainSettings.DEFAULTS.withGoodbye(personal)))
			.sayTo(this.connections, CloseReason.DRAINED);
		assertThat(written()).containsExactly("000000010000000107", "", "000000030000000107");
	}

	@Test
	void aGoodbyeThatThrowsCostsNobodyElseHisOwnAndIsLoggedOnceASecond() {
		connect(4);
		Goodbye personal = (connection, reason) -> {
			if (connection.connId() % 2 == 0) {
				throw new AssertionError("on purpose");
			}
			return TO_ALL;
		};
		try (CapturedLog log = new CapturedLog(DrainMessages.class)) {
			messages(ServerConfig.builder().name("parting").drain(DrainSettings.DEFAULTS.withGoodbye(personal)))
				.sayTo(this.connections, CloseReason.DRAINED);
			assertThat(written()).containsExactly("000000050000000161", "", "000000050000000161", "");
			assertThat(log.lines().get(0)).isEqualTo("[parting] A goodbye message could not be created or sent; "
					+ "clients are closed without it (0 more since the last such line)");
			assertThat(log.thrown().get(0)).isEqualTo("java.lang.AssertionError: on purpose");
		}
	}

	@Test
	void closesAreSpreadByChanceOverTheWholeWindowAndNotBeyond() {
		DrainMessages messages = messages(
				ServerConfig.builder().drain(DrainSettings.DEFAULTS.withCloseWindow(Duration.ofMillis(3))));
		Set<Duration> delays = new TreeSet<>();
		for (int i = 0; i < 1000; i++) {
			delays.add(messages.plan(CloseReason.DRAINED).delay());
		}
		assertThat(delays).containsExactly(Duration.ZERO, Duration.ofMillis(1), Duration.ofMillis(2),
				Duration.ofMillis(3));
	}

	@Test
	void aPlanIsWhatTheConfigurationSays() {
		Message refusal = new Message(9, new byte[0]);
		DrainMessages messages = messages(ServerConfig.builder()
			.flushTimeout(Duration.ofSeconds(7))
			.drain(DrainSettings.DEFAULTS.withQuietPeriod(Duration.ofSeconds(3))
				.withLateRequests(LateRequests.REFUSE, refusal)));
		assertThat(messages.plan(CloseReason.SERVER_STOPPING)).isEqualTo(new DrainPlan(CloseReason.SERVER_STOPPING,
				Duration.ofSeconds(3), Duration.ofSeconds(7), Duration.ZERO, LateRequests.REFUSE, refusal));
	}

	@Test
	void whereConnectionsMayStayNobodyIsTooOld() {
		assertThat(messages(ServerConfig.builder()).maxAge()).isNull();
	}

	@Test
	void whoIsTooOldIsToldSoAndLeavesWithoutDelay() {
		connect(2);
		Goodbye personal = (connection, reason) -> new Message(6, new byte[] { (byte) reason.tag().length() });
		MaxAge maxAge = messages(ServerConfig.builder()
			.drain(DrainSettings.DEFAULTS.withMaxConnAge(Duration.ofHours(1), 0.2)
				.withCloseWindow(Duration.ofSeconds(10))
				.withGoodbye(personal)))
			.maxAge();
		assertThat(maxAge).isNotNull();
		assertThat(maxAge.maxAge()).isEqualTo(Duration.ofHours(1));
		assertThat(maxAge.jitter()).isEqualTo(0.2);
		assertThat(maxAge.plan().delay()).isZero();
		assertThat(maxAge.plan().reason()).isEqualTo(CloseReason.MAX_AGE);
		this.connections.find((connection) -> connection.connId() == 2).forEach(maxAge.goodbye());
		assertThat(written()).containsExactly("", "000000060000000107");
	}

	@Test
	void whoIsTooOldGetsTheOneGoodbyeWhereThereIsNoOther() {
		connect(1);
		MaxAge maxAge = messages(ServerConfig.builder()
			.goodbye(TO_ALL)
			.drain(DrainSettings.DEFAULTS.withMaxConnAge(Duration.ofHours(1), 0))).maxAge();
		assertThat(maxAge).isNotNull();
		this.connections.forEach(maxAge.goodbye());
		assertThat(written()).containsExactly("000000050000000161");
	}

	private static DrainMessages messages(ServerConfigBuilder config) {
		return new DrainMessages(config.build(), Clocks.SYSTEM);
	}

	private void connect(int connections) {
		for (int i = 0; i < connections; i++) {
			EmbeddedChannel channel = new EmbeddedChannel();
			this.channels.add(channel);
			TestConnections.accept(this.acceptor, channel);
		}
	}

	/**
	 * What each connection was sent, in hex, those that were accepted first in front.
	 */
	private List<String> written() {
		return this.channels.stream().map(DrainMessagesTests::written).toList();
	}

	private static String written(EmbeddedChannel channel) {
		channel.flushOutbound();
		StringBuilder hex = new StringBuilder();
		for (ByteBuf piece = channel.readOutbound(); piece != null; piece = channel.readOutbound()) {
			hex.append(ByteBufUtil.hexDump(piece));
			piece.release();
		}
		return hex.toString();
	}

}

package io.zinx.server;

import java.time.Duration;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import io.zinx.InvalidSettingException;
import io.zinx.admission.ConnectionSettings;
import io.zinx.admission.MaxConnPolicy;
import io.zinx.codec.FixedLengthCodec;
import io.zinx.codec.HtlvCrcCodec;
import io.zinx.codec.TlvCodec;
import io.zinx.connection.LateRequests;
import io.zinx.dispatch.WorkerMode;
import io.zinx.heartbeat.HeartbeatMode;
import io.zinx.heartbeat.HeartbeatSettings;
import io.zinx.heartbeat.IdleSettings;
import io.zinx.heartbeat.ReceiveTimeouts;
import io.zinx.message.Message;
import io.zinx.metrics.HandlerTiming;
import io.zinx.outbound.SlowConsumerPolicy;
import io.zinx.session.DuplicateLogin;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ServerConfigTests {

	private static final Duration NANO = Duration.ofNanos(1);

	@Test
	void theDefaultsAreThoseOfZinx() {
		ServerConfig config = ServerConfig.builder().build();
		assertThat(config.name()).isEqualTo("ZinxServerApp");
		assertThat(config.transport().host()).isEqualTo("0.0.0.0");
		assertThat(config.transport().port()).isEqualTo(8999);
		assertThat(config.maxConn()).isEqualTo(12_000);
		assertThat(config.maxPacketSize()).isEqualTo(4096);
		assertThat(config.codec()).isInstanceOf(TlvCodec.class);
		assertThat(config.workers().mode()).isEqualTo(WorkerMode.HASH);
		assertThat(config.workers().poolSize()).isEqualTo(10);
		assertThat(config.workers().maxTaskLen()).isEqualTo(1024);
	}

	@Test
	void whatZinxDoesNotHaveIsOffOrHarmlessByDefault() {
		ServerConfig config = ServerConfig.builder().build();
		assertThat(config.heartbeat()).isEqualTo(HeartbeatSettings.OFF);
		assertThat(config.idle()).isEqualTo(IdleSettings.OFF);
		assertThat(config.receive()).isEqualTo(ReceiveTimeouts.OFF);
		assertThat(config.transport().isEncrypted()).isFalse();
		assertThat(config.goodbye()).isNull();
		assertThat(config.drain()).isEqualTo(DrainSettings.DEFAULTS);
		assertThat(config.gracePeriod()).isEqualTo(Duration.ofSeconds(20));
		assertThat(config.connections()).isEqualTo(ConnectionSettings.DEFAULTS);
		assertThat(config.handlerTiming()).isEqualTo(HandlerTiming.SAMPLED);
		assertThat(config.workers().asyncTimeout()).isEqualTo(Duration.ofSeconds(30));
		assertThat(config.outbound().policy()).isEqualTo(SlowConsumerPolicy.CLOSE);
		assertThat(config.outbound().maxBytes()).isEqualTo(1 << 20);
		assertThat(config.outbound().highWaterMark()).isEqualTo(1 << 18);
		assertThat(config.outbound().lowWaterMark()).isEqualTo(1 << 17);
	}

	static Stream<Arguments> refused() {
		return Stream.of(
				refused((config) -> config.maxPacketSize((1 << 30) + 1L),
						"max-packet-size: 1073741825 (expected: 1 to 1073741824 bytes)"),
				refused((config) -> config.codec(new FixedLengthCodec(10)).maxPacketSize(9),
						"max-packet-size: 9 (expected: 10 bytes or more with codec fixed)"),
				refused((config) -> config.port(-1),
						"port: -1 (expected: 0 to 65535, or -1 with unix-socket.path or websocket.port, of which none is set)"),
				refused((config) -> config.eventLoops(1025), "event-loops: 1025 (expected: 0 to 1024)"),
				refused((config) -> config.socketBuffers(-1, 0),
						"socket.receive-buffer: -1 (expected: 0 bytes or more)"),
				refused((config) -> config.socketBuffers(0, -1), "socket.send-buffer: -1 (expected: 0 bytes or more)"),
				refused((config) -> config.name(" "), "name: ' ' (expected: a name, which is not blank)"),
				refused((config) -> config.bindMaxThreads(0), "bind-max-threads: 0 (expected: 1 to 100000)"),
				refused((config) -> config.asyncTimeout(NANO.negated()),
						"async-timeout: PT-0.000000001S (expected: zero to 365 days)"),
				refused((config) -> config.outboundMaxBytes(4096).waterMarks(0, 4097),
						"outbound.high-water-mark: 4097 (expected: 0 to 4096 bytes)"),
				refused((config) -> config.waterMarks(9, 8), "outbound.low-water-mark: 9 (expected: 0 to 8 bytes)"),
				refused((config) -> config.blockTimeout(Duration.ZERO),
						"outbound.block-timeout: PT0S (expected: more than zero, up to one hour)"),
				refused((config) -> config.outboundMaxBytes(8192).outboundTotalMaxBytes(8191),
						"outbound.total-max-bytes: 8191 (expected: at least outbound.max-bytes, 8192 bytes)"),
				refused((config) -> config.drain(DrainSettings.DEFAULTS.withCloseWindow(Duration.ofSeconds(20))),
						"shutdown.close-window: PT20S (expected: less than shutdown.grace-period, 20s)"),
				refused((config) -> config.maxPendingHandshakes(0), "handshake.max-pending: 0 (expected: 1 or more)"));
	}

	/**
	 * HTLV has numbers of one byte, and bodies of up to 255.
	 */
	static Stream<Arguments> unspeakable() {
		return Stream.of(
				refused((config) -> config.goodbye(message(256, 0)),
						"shutdown.goodbye.msg-id: 256 (expected: 0 to 255)"),
				refused((config) -> config.goodbye(message(1, 256)),
						"shutdown.goodbye.text: 256 bytes (expected: 0 to 255 bytes with codec htlv-crc)"),
				refused((config) -> config.drain(refusing(message(256, 0))),
						"shutdown.refusal.msg-id: 256 (expected: 0 to 255)"),
				refused((config) -> config.drain(refusing(message(1, 256))),
						"shutdown.refusal.text: 256 bytes (expected: 0 to 255 bytes with codec htlv-crc)"),
				refused((config) -> config.connections(rejecting(message(256, 0))),
						"max-conn-reject.msg-id: 256 (expected: 0 to 255)"),
				refused((config) -> config.connections(rejecting(message(1, 256))),
						"max-conn-reject.text: 256 bytes (expected: 0 to 255 bytes with codec htlv-crc)"),
				refused((config) -> config.connections(parting(message(256, 0), null)),
						"session.kick.msg-id: 256 (expected: 0 to 255)"),
				refused((config) -> config.connections(parting(null, message(1, 256))),
						"session.replaced.text: 256 bytes (expected: 0 to 255 bytes with codec htlv-crc)"),
				refused((config) -> config.heartbeat(HeartbeatSettings.builder(HeartbeatMode.SEND).build()),
						"heartbeat.msg-id: 99999 (expected: 0 to 255 with codec htlv-crc)"));
	}

	private static Arguments refused(UnaryOperator<ServerConfigBuilder> change, String message) {
		return Arguments.of(change, message);
	}

	@ParameterizedTest
	@MethodSource("refused")
	void aSettingTheServerCannotWorkWithIsRefusedByTheNameOfItsProperty(UnaryOperator<ServerConfigBuilder> change,
			String message) {
		assertRefused(change.apply(ServerConfig.builder()), message);
	}

	@ParameterizedTest
	@MethodSource("unspeakable")
	void aMessageThatTheCodecCannotExpressIsRefusedBeforeTheServerStarts(UnaryOperator<ServerConfigBuilder> change,
			String message) {
		assertRefused(change.apply(ServerConfig.builder().codec(new HtlvCrcCodec())), message);
		assertThat(change.apply(ServerConfig.builder()).build()).isNotNull();
	}

	private static void assertRefused(ServerConfigBuilder builder, String message) {
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(builder::build)
			.withMessage(message)
			.satisfies((ex) -> assertThat(message).startsWith(ex.setting() + ": ")
				.endsWith("(expected: " + ex.expected() + ")"));
	}

	@Test
	void theBoundsThemselvesAreAllowed() {
		ServerConfig config = ServerConfig.builder()
			.maxConn(Integer.MAX_VALUE)
			.codec(new FixedLengthCodec(1 << 30))
			.maxPacketSize(1 << 30)
			.gracePeriod(Duration.ofSeconds(5))
			.drain(DrainSettings.DEFAULTS.withCloseWindow(Duration.ofSeconds(5).minus(NANO)))
			.build();
		assertThat(config.maxPacketSize()).isEqualTo(1 << 30);
		assertThat(ServerConfig.builder().codec(new HtlvCrcCodec()).goodbye(message(255, 255)).build().goodbye())
			.isNotNull();
	}

	/**
	 * A stop that waits for nothing spreads nothing either.
	 */
	@Test
	void aCloseWindowDoesNotContradictAStopThatDoesNotWait() {
		ServerConfig config = ServerConfig.builder()
			.gracePeriod(Duration.ZERO)
			.drain(DrainSettings.DEFAULTS.withCloseWindow(Duration.ofMinutes(1)))
			.build();
		assertThat(config.drain().closeWindow()).isEqualTo(Duration.ofMinutes(1));
	}

	@Test
	void theBoundOfAllConnectionsGrowsWithThatOfOneUnlessItIsGiven() {
		long most = 1 << 30;
		assertThat(ServerConfig.builder().outboundMaxBytes(most).build().outbound().totalMaxBytes())
			.isGreaterThanOrEqualTo(most);
		assertThat(ServerConfig.builder().outboundMaxBytes(most).outboundTotalMaxBytes(most).build().outbound())
			.satisfies((outbound) -> assertThat(outbound.totalMaxBytes()).isEqualTo(most));
	}

	@Test
	void aConfigurationDoesNotChangeWithItsBuilder() {
		ServerConfigBuilder builder = ServerConfig.builder().name("first").maxConn(1);
		ServerConfig config = builder.build();
		builder.name("second").maxConn(2);
		assertThat(config.name()).isEqualTo("first");
		assertThat(config.maxConn()).isOne();
		assertThat(builder.build().maxConn()).isEqualTo(2);
	}

	@Test
	void whatIsSetUntilNowAboutPartingCanBeChangedInPart() {
		ServerConfigBuilder builder = ServerConfig.builder();
		builder.drain(builder.drain().withQuietPeriod(Duration.ofSeconds(1)));
		builder.drain(builder.drain().withCloseWindow(Duration.ofSeconds(2)));
		assertThat(builder.build().drain()).isEqualTo(
				DrainSettings.DEFAULTS.withQuietPeriod(Duration.ofSeconds(1)).withCloseWindow(Duration.ofSeconds(2)));
	}

	private static DrainSettings refusing(Message refusal) {
		return DrainSettings.DEFAULTS.withLateRequests(LateRequests.REFUSE, refusal);
	}

	private static ConnectionSettings parting(@Nullable Message kick, @Nullable Message replaced) {
		return ConnectionSettings.DEFAULTS.withLastMessages(kick, replaced);
	}

	private static ConnectionSettings rejecting(Message reject) {
		return new ConnectionSettings(DuplicateLogin.KICK_OLD, MaxConnPolicy.REJECT_MESSAGE, reject);
	}

	private static Message message(long msgId, int bodyLength) {
		return new Message(msgId, new byte[bodyLength]);
	}

}

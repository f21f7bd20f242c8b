package io.zinx.heartbeat;

import java.time.Duration;
import java.util.function.Consumer;

import io.zinx.InvalidSettingException;
import io.zinx.codec.FixedLengthCodec;
import io.zinx.codec.FrameCodec;
import io.zinx.codec.HtlvCrcCodec;
import io.zinx.codec.TlvCodec;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

class HeartbeatSettingsTests {

	private static final FrameCodec HTLV = new HtlvCrcCodec(0xA1);

	@Test
	void hasTheDefaultsOfZinx() {
		HeartbeatSettings settings = HeartbeatSettings.builder(HeartbeatMode.SEND).build();
		assertThat(settings.msgId()).isEqualTo(99999);
		assertThat(settings.interval()).hasSeconds(5);
		assertThat(settings.timeout()).hasSeconds(10);
		assertThat(settings.jitter()).isEqualTo(0.1);
		assertThat(HeartbeatSettings.OFF.mode()).isEqualTo(HeartbeatMode.OFF);
		assertThat(Timing.of(HeartbeatSettings.OFF, IdleSettings.OFF, ReceiveTimeouts.OFF).isOff()).isTrue();
	}

	@Test
	void refusesWhatCannotBe() {
		refused("heartbeat.interval", (builder) -> builder.interval(Duration.ZERO));
		refused("heartbeat.interval", (builder) -> builder.interval(Duration.ofSeconds(-1)));
		refused("heartbeat.interval", (builder) -> builder.interval(Duration.ofDays(366)));
		refused("heartbeat.timeout", (builder) -> builder.timeout(Duration.ZERO));
		refused("heartbeat.timeout", (builder) -> builder.timeout(Duration.ofNanos(-1)));
		refused("heartbeat.msg-id", (builder) -> builder.msgId(-1));
		refused("heartbeat.msg-id", (builder) -> builder.msgId(1L << 32));
		refused("heartbeat.jitter", (builder) -> builder.jitter(-0.1));
		refused("heartbeat.jitter", (builder) -> builder.jitter(0.51));
		refused("heartbeat.jitter", (builder) -> builder.jitter(Double.NaN));
	}

	@Test
	void refusesIdleTimeoutsThatCannotBe() {
		Duration bad = Duration.ofMillis(-1);
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> new IdleSettings(bad, Duration.ZERO, Duration.ZERO))
			.satisfies((ex) -> assertThat(ex.setting()).isEqualTo("idle.read-timeout"));
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> new IdleSettings(Duration.ZERO, bad, Duration.ZERO))
			.satisfies((ex) -> assertThat(ex.setting()).isEqualTo("idle.write-timeout"));
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> new IdleSettings(Duration.ZERO, Duration.ZERO, Duration.ofDays(366)))
			.satisfies((ex) -> assertThat(ex.setting()).isEqualTo("idle.all-timeout"));
	}

	@Test
	void refusesHeartbeatsThatTheWireFormatCannotExpress() {
		unsendable("heartbeat.msg-id", HTLV, 1024, (builder) -> builder.msgId(256));
		unsendable("heartbeat.text", HTLV, 1024, (builder) -> builder.msgId(255).text("x".repeat(256)));
		unsendable("heartbeat.text", new TlvCodec(), 1024, (builder) -> builder.text("x".repeat(1017)));
		unsendable("heartbeat.text", new FixedLengthCodec(4), 1024, (builder) -> builder.text("12345"));
		unsendable("heartbeat.text", new FixedLengthCodec(40), 1024, (builder) -> {
		});
	}

	@Test
	void acceptsHeartbeatsThatTheWireFormatCanExpress() {
		sendable(HTLV, (builder) -> builder.msgId(255));
		sendable(HTLV, (builder) -> builder.msgId(0).text("x".repeat(255)));
		sendable(new TlvCodec(), (builder) -> builder.text("x".repeat(1016)));
		sendable(new FixedLengthCodec(4), (builder) -> builder.text("1234"));
		sendable(new FixedLengthCodec(4), (builder) -> builder.body((connection) -> new byte[4]));
		sendable(HTLV, (builder) -> builder.sender((connection) -> {
		}));
		sendable(HTLV, (builder) -> builder.mode(HeartbeatMode.CHECK_ONLY));
		sendable(HTLV, (builder) -> builder.mode(HeartbeatMode.OFF));
	}

	@Test
	void aFixedBodyIsCopied() {
		byte[] body = { 1, 2, 3 };
		HeartbeatSettings settings = HeartbeatSettings.builder(HeartbeatMode.SEND).body(body).build();
		body[0] = 9;
		assertThat(settings.fixedBody()).containsExactly(1, 2, 3);
	}

	@Test
	void jitterOnlyShortensIntervals() {
		HeartbeatSettings settings = HeartbeatSettings.builder(HeartbeatMode.SEND).jitter(0.5).build();
		Timing timing = Timing.of(settings, IdleSettings.OFF, ReceiveTimeouts.OFF);
		long shortest = Long.MAX_VALUE;
		for (int i = 0; i < 10_000; i++) {
			long interval = timing.nextInterval();
			assertThat(interval).isBetween(Duration.ofMillis(2500).toNanos(), Duration.ofSeconds(5).toNanos());
			shortest = Math.min(shortest, interval);
		}
		assertThat(shortest).isLessThan(Duration.ofSeconds(3).toNanos());
	}

	private static void refused(String setting, Consumer<HeartbeatSettings.Builder> change) {
		HeartbeatSettings.Builder builder = HeartbeatSettings.builder(HeartbeatMode.SEND);
		change.accept(builder);
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(builder::build)
			.satisfies((ex) -> assertThat(ex.setting()).isEqualTo(setting));
	}

	private static void unsendable(String setting, FrameCodec codec, long maxFrameLength,
			Consumer<HeartbeatSettings.Builder> change) {
		HeartbeatSettings.Builder builder = HeartbeatSettings.builder(HeartbeatMode.SEND);
		change.accept(builder);
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> builder.build().requireSendable(codec, maxFrameLength))
			.satisfies((ex) -> assertThat(ex.setting()).isEqualTo(setting));
	}

	private static void sendable(FrameCodec codec, Consumer<HeartbeatSettings.Builder> change) {
		HeartbeatSettings.Builder builder = HeartbeatSettings.builder(HeartbeatMode.SEND);
		change.accept(builder);
		assertThatNoException().isThrownBy(() -> builder.build().requireSendable(codec, 1024));
	}

}

package io.zinx.server;

import java.util.List;

import io.zinx.codec.DelimiterCodec;
import io.zinx.codec.FrameCodec;
import io.zinx.codec.HtlvCrcCodec;
import io.zinx.codec.LtvCodec;
import io.zinx.codec.RawCodec;
import io.zinx.codec.TlvCodec;
import io.zinx.heartbeat.HeartbeatMode;
import io.zinx.heartbeat.HeartbeatSettings;
import io.zinx.testing.CapturedLog;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class HeartbeatNotesTests {

	@Test
	void formatsThatCarryHeartbeatsGetNoNote() {
		for (HeartbeatMode mode : HeartbeatMode.values()) {
			assertThat(notes(new TlvCodec(), 4096, HeartbeatSettings.builder(mode))).isEmpty();
			assertThat(notes(new LtvCodec(), 28, HeartbeatSettings.builder(mode))).isEmpty();
		}
		assertThat(notes(new HtlvCrcCodec(), 4096, HeartbeatSettings.builder(HeartbeatMode.CHECK_ONLY).msgId(255)))
			.isEmpty();
		assertThat(notes(new RawCodec(), 20, HeartbeatSettings.builder(HeartbeatMode.OFF))).isEmpty();
		assertThat(notes(new RawCodec(), 4096, HeartbeatSettings.builder(HeartbeatMode.REPLY).msgId(0))).isEmpty();
	}

	@Test
	void aNumberThatTheFormatDoesNotHave() {
		assertThat(notes(new HtlvCrcCodec(), 4096, HeartbeatSettings.builder(HeartbeatMode.CHECK_ONLY))).singleElement()
			.asString()
			.contains("[beat]", "zinx.heartbeat.msg-id is 99999", "largest number of codec htlv-crc is 255",
					"no message of a client is taken for a heartbeat");
	}

	@Test
	void aFormatWithoutNumbers() {
		assertThat(notes(new DelimiterCodec(), 4096, HeartbeatSettings.builder(HeartbeatMode.REPLY))).singleElement()
			.asString()
			.contains("zinx.heartbeat.mode is reply, but codec delimiter has no message numbers", "none is answered");
		assertThat(notes(new RawCodec(), 4096, HeartbeatSettings.builder(HeartbeatMode.SEND))).singleElement()
			.asString()
			.contains("zinx.heartbeat.mode is send, but codec raw has no message numbers", "looks like any other");
	}

	@Test
	void heartbeatsThatClientsMayNotSend() {
		assertThat(notes(new TlvCodec(), 27, HeartbeatSettings.builder(HeartbeatMode.CHECK_ONLY))).singleElement()
			.asString()
			.contains("zinx.max-packet-size is 27, but a heartbeat has 28 bytes or more");
		assertThat(notes(new TlvCodec(), 3, HeartbeatSettings.builder(HeartbeatMode.SEND).text("ping"))).singleElement()
			.asString()
			.contains("4 bytes or more");
		assertThat(notes(new TlvCodec(), 4, HeartbeatSettings.builder(HeartbeatMode.SEND).text("ping"))).isEmpty();
	}

	@Test
	void aServerWritesThemWhenItStarts() {
		try (CapturedLog log = new CapturedLog(HeartbeatNotes.class);
				TestServer server = TestServer.start(ServerConfig.builder()
					.codec(new RawCodec())
					.heartbeat(HeartbeatSettings.builder(HeartbeatMode.REPLY).build()))) {
			assertThat(log.lines()).singleElement().asString().startsWith("[" + server.server().config().name() + "]");
		}
	}

	private static List<String> notes(FrameCodec codec, int maxPacketSize, HeartbeatSettings.Builder heartbeat) {
		try (CapturedLog log = new CapturedLog(HeartbeatNotes.class)) {
			HeartbeatNotes.log(ServerConfig.builder()
				.name("beat")
				.codec(codec)
				.maxPacketSize(maxPacketSize)
				.heartbeat(heartbeat.build())
				.build());
			return List.copyOf(log.lines());
		}
	}

}

package io.zinx.pipeline;

import java.nio.charset.StandardCharsets;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.zinx.heartbeat.HeartbeatMode;
import io.zinx.heartbeat.HeartbeatSettings;
import io.zinx.heartbeat.Heartbeats;
import io.zinx.heartbeat.IdleSettings;
import io.zinx.heartbeat.ReceiveTimeouts;
import io.zinx.message.Message;
import io.zinx.metrics.ServerMetrics;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class HeartbeatAnswersTests {

	private static final ByteBuf BODIES = Unpooled
		.unreleasableBuffer(Unpooled.copiedBuffer("abc", StandardCharsets.US_ASCII));

	private final ReaderFixture fixture = ReaderFixture.begun();

	private final RecordingLane lane = new RecordingLane(this.fixture.reader);

	private final ServerMetrics metrics = new ServerMetrics();

	private final Heartbeats heartbeats = new Heartbeats("test",
			HeartbeatSettings.builder(HeartbeatMode.REPLY).msgId(77).text("here").build(), IdleSettings.OFF,
			ReceiveTimeouts.OFF, System::nanoTime, this.metrics)
		.answeringAtOnce();

	private final HeartbeatAnswers answers = new HeartbeatAnswers(this.lane, this.fixture.connection, this.heartbeats);

	@AfterEach
	void close() {
		this.fixture.close();
	}

	/**
	 * Three messages come, of which the second is a heartbeat.
	 */
	private void come() {
		assertThat(this.answers.open(BODIES, 3)).isEqualTo(3);
		assertThat(this.answers.frame(1, 0, 1)).isTrue();
		assertThat(this.answers.frame(77, 1, 1)).isTrue();
		assertThat(this.answers.frame(78, 2, 1)).isTrue();
		this.answers.close();
	}

	@Test
	void heartbeatsAreAnsweredAndTheLaneGetsAllMessages() {
		come();
		List<Message> written = this.fixture.written();
		assertThat(written).hasSize(1);
		assertThat(written.get(0).msgId()).isEqualTo(77);
		assertThat(written.get(0).body()).asString(StandardCharsets.UTF_8).isEqualTo("here");
		assertThat(this.lane.messages).extracting(Message::msgId).containsExactly(1L, 77L, 78L);
		assertThat(this.lane.messages).extracting((message) -> (char) message.body()[0]).containsExactly('a', 'b', 'c');
		assertThat(this.metrics.heartbeatsSent()).isOne();
	}

	@Test
	void whoDoesNotReadGetsNoAnswer() {
		this.fixture.congest();
		long before = this.fixture.connection.messagesOut();
		come();
		assertThat(this.fixture.connection.messagesOut()).isEqualTo(before);
		assertThat(this.lane.messages).hasSize(3);
		assertThat(this.metrics.heartbeatsSent()).isZero();
		this.fixture.relieve();
		come();
		assertThat(this.metrics.heartbeatsSent()).isOne();
	}

	@Test
	void aLaneThatHasNoRoomGetsNothing() {
		this.lane.room(0);
		assertThat(this.answers.open(BODIES, 3)).isZero();
	}

}

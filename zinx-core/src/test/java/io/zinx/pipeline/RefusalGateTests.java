package io.zinx.pipeline;

import java.util.List;

import io.netty.buffer.Unpooled;
import io.zinx.message.Message;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RefusalGateTests {

	private final ReaderFixture fixture = ReaderFixture.begun();

	private final RecordingLane lane = new RecordingLane(this.fixture.reader);

	@AfterEach
	void close() {
		this.fixture.close();
	}

	/**
	 * A batch of three messages comes to the gate.
	 */
	private List<Message> refuse(@Nullable Message refusal) {
		RefusalGate gate = new RefusalGate(this.lane, this.fixture.connection, refusal);
		assertThat(gate.open(Unpooled.EMPTY_BUFFER, 3)).isEqualTo(3);
		for (int i = 0; i < 3; i++) {
			assertThat(gate.frame(i, 0, 0)).as("whether the next one may come").isTrue();
		}
		gate.close();
		return this.fixture.written();
	}

	@Test
	void eachMessageIsAnsweredByTheRefusalAndReachesNoLane() {
		assertThat(refuse(new Message(9, new byte[] { 1 }))).hasSize(3)
			.allSatisfy((message) -> assertThat(message.msgId()).isEqualTo(9));
		assertThat(this.lane.messages).isEmpty();
		assertThat(this.lane.events).isEmpty();
	}

	@Test
	void withoutARefusalMessagesVanish() {
		assertThat(refuse(null)).isEmpty();
		assertThat(this.lane.messages).isEmpty();
	}

}

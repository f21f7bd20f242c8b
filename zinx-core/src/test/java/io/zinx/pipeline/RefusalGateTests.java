package io.zinx.pipeline;

import java.nio.charset.StandardCharsets;
import java.util.List;

import io.zinx.connection.CloseReason;
import io.zinx.message.Message;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RefusalGateTests {

	private static final Message REFUSAL = new Message(9, new byte[] { 1 });

	private final ReaderFixture fixture = ReaderFixture.begun();

	@AfterEach
	void close() {
		this.fixture.close();
	}

	private RefusalGate gate(@Nullable Message refusal) {
		RefusalGate gate = new RefusalGate(this.fixture.reader, this.fixture.connection, refusal);
		this.fixture.reader.gate((lane) -> gate);
		return gate;
	}

	private void readAtOnce(String... texts) {
		StringBuilder all = new StringBuilder();
		for (String text : texts) {
			all.append(new String(ReaderFixture.frame(text), StandardCharsets.ISO_8859_1));
		}
		this.fixture.read(all.toString().getBytes(StandardCharsets.ISO_8859_1));
	}

	private List<Long> written() {
		return this.fixture.written().stream().map(Message::msgId).toList();
	}

	@Test
	void eachMessageIsAnsweredByTheRefusalAndReachesNoLane() {
		RefusalGate gate = gate(REFUSAL);
		readAtOnce("a", "b", "c");
		assertThat(written()).containsExactly(9L, 9L, 9L);
		assertThat(this.fixture.events).isEmpty();
		assertThat(gate.isBusy()).isFalse();
		assertThat(this.fixture.isRead()).isTrue();
	}

	@Test
	void withoutARefusalMessagesVanish() {
		gate(null);
		this.fixture.congest();
		readAtOnce("a", "b", "c");
		this.fixture.relieve();
		assertThat(written()).containsExactly(1L);
		assertThat(this.fixture.events).isEmpty();
	}

	@Test
	void aRefusalGoesTheWayOfTheLaneAndNothingIsReadMeanwhile() {
		RefusalGate gate = gate(REFUSAL);
		this.fixture.busy();
		readAtOnce("a", "b");
		assertThat(gate.isBusy()).isTrue();
		assertThat(this.fixture.isRead()).isFalse();
		this.fixture.connection.send(1, new byte[0]);
		assertThat(written()).as("the reply to what came before").containsExactly(1L);
		this.fixture.idle();
		assertThat(written()).containsExactly(9L, 9L);
		assertThat(gate.isBusy()).isFalse();
		assertThat(this.fixture.isRead()).isTrue();
	}

	@Test
	void nobodyIsRefusedWhoDoesNotReadUntilItDoes() {
		RefusalGate gate = gate(REFUSAL);
		this.fixture.congest();
		readAtOnce("a", "b");
		this.fixture.pass(1000);
		assertThat(gate.isBusy()).isTrue();
		assertThat(this.fixture.connection.messagesIn()).isZero();
		this.fixture.relieve();
		assertThat(written()).containsExactly(1L, 9L, 9L);
	}

	@Test
	void aRefusalThatFindsThePeerNotReadingAnyMoreIsSentLater() {
		gate(REFUSAL);
		this.fixture.busy();
		readAtOnce("a");
		this.fixture.congest();
		this.fixture.idle();
		this.fixture.pass(1000);
		assertThat(written()).isEmpty();
		this.fixture.relieve();
		this.fixture.pass(100);
		assertThat(written()).containsExactly(1L, 9L);
	}

	@Test
	void whatComesAfterTheEndOfTheGateIsHandledBehindTheLastRefusal() {
		RefusalGate gate = gate(REFUSAL);
		this.fixture.busy();
		readAtOnce("a", "b");
		gate.end();
		assertThat(this.fixture.events).isEmpty();
		this.fixture.idle();
		assertThat(written()).containsExactly(9L);
		assertThat(this.fixture.events).containsExactly("b");
		assertThat(this.fixture.isRead()).isTrue();
	}

	@Test
	void aGateInFrontOfOneThatHasEndedLetsItGo() {
		RefusalGate first = gate(REFUSAL);
		this.fixture.busy();
		readAtOnce("a");
		first.end();
		RefusalGate second = gate(REFUSAL);
		readAtOnce("b");
		second.end();
		this.fixture.idle();
		readAtOnce("c");
		assertThat(written()).containsExactly(9L, 9L);
		assertThat(this.fixture.events).containsExactly("c");
	}

	@Test
	void messagesOfOneThatIsClosedVanish() {
		RefusalGate gate = gate(REFUSAL);
		this.fixture.busy();
		readAtOnce("a", "b");
		this.fixture.connection.close(CloseReason.HANDLER);
		this.fixture.idle();
		assertThat(written()).isEmpty();
		assertThat(gate.isBusy()).isFalse();
		assertThat(this.fixture.events).doesNotContain("a", "b");
	}

}

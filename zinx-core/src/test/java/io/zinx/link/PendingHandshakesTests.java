package io.zinx.link;

import io.netty.channel.embedded.EmbeddedChannel;
import io.zinx.metrics.HandshakeResult;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PendingHandshakesTests {

	private final PendingHandshakes handshakes = new PendingHandshakes("test", 2, System::nanoTime);

	private final EmbeddedChannel first = new EmbeddedChannel();

	private final EmbeddedChannel second = new EmbeddedChannel();

	private final EmbeddedChannel third = new EmbeddedChannel();

	@Test
	void theOneThatHasBegunFirstMakesRoom() {
		PendingHandshake displaced = this.handshakes.begin(this.first);
		this.handshakes.begin(this.second);
		assertThat(this.first.isOpen()).isTrue();
		this.handshakes.begin(this.third);
		run();
		assertThat(this.first.isOpen()).isFalse();
		assertThat(displaced.isOpen()).isFalse();
		assertThat(displaced.resultOfClose()).isEqualTo(HandshakeResult.DISPLACED);
		assertThat(this.second.isOpen()).isTrue();
		assertThat(this.third.isOpen()).isTrue();
		assertThat(this.handshakes.size()).isEqualTo(2);
	}

	@Test
	void whoeverHasFinishedTakesNoRoom() {
		this.handshakes.begin(this.first).succeeded();
		this.handshakes.begin(this.second);
		this.handshakes.begin(this.third);
		run();
		assertThat(this.first.isOpen()).isTrue();
		assertThat(this.second.isOpen()).isTrue();
	}

	@Test
	void whoeverHasGoneTakesNoRoom() {
		PendingHandshake gone = this.handshakes.begin(this.first);
		this.first.close();
		assertThat(this.handshakes.size()).isZero();
		assertThat(gone.isOpen()).isFalse();
		assertThat(gone.resultOfClose()).isEqualTo(HandshakeResult.ABORTED);
	}

	@Test
	void aStopClosesAllAndThoseThatComeLater() {
		this.handshakes.begin(this.first);
		this.handshakes.stop();
		PendingHandshake late = this.handshakes.begin(this.second);
		run();
		assertThat(this.first.isOpen()).isFalse();
		assertThat(this.second.isOpen()).isFalse();
		assertThat(late.resultOfClose()).isEqualTo(HandshakeResult.ABORTED);
		assertThat(this.handshakes.size()).isZero();
		this.handshakes.resume();
		assertThat(this.handshakes.begin(this.third).isOpen()).isTrue();
	}

	@Test
	void aFailureClosesTheClient() {
		this.handshakes.begin(this.first).linkFailed();
		assertThat(this.first.isOpen()).isFalse();
		assertThat(this.handshakes.size()).isZero();
	}

	@Test
	void aLineNamesTheClient() {
		assertThat(this.handshakes.begin(this.first)).hasToString("client embedded");
	}

	private void run() {
		this.first.runPendingTasks();
		this.second.runPendingTasks();
		this.third.runPendingTasks();
	}

}

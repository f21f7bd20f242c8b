package io.zinx.cluster;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static io.zinx.cluster.TestNode.await;
import static io.zinx.cluster.TestNode.result;
import static org.assertj.core.api.Assertions.assertThat;

class InProcessBackplaneTests {

	private final InProcessBackplane one = new InProcessBackplane();

	private final InProcessBackplane two = this.one.anotherEnd();

	private final Noted atOne = new Noted();

	private final Noted atTwo = new Noted();

	@AfterEach
	void close() {
		this.one.close(Duration.ofSeconds(5));
		this.two.close(Duration.ofSeconds(5));
	}

	private void start() {
		this.one.start(this.atOne);
		this.two.start(this.atTwo);
		await(() -> this.one.isConnected() && this.two.isConnected());
	}

	@Test
	void aMessageReachesTheEndsThatHaveSubscribedInOrder() {
		start();
		assertThat(result(this.one.publish("t", new byte[1]))).isZero();
		result(this.two.subscribe(List.of("t", "u")));
		assertThat(result(this.one.subscribers("t"))).isEqualTo(1);
		result(this.one.subscribe(List.of("t")));
		for (int i = 1; i <= 3; i++) {
			assertThat(result(this.one.publish("t", new byte[i]))).isEqualTo(2);
		}
		assertThat(this.atTwo.lines).containsExactly("restored", "t 1", "t 2", "t 3");
		assertThat(this.atOne.lines).isEqualTo(this.atTwo.lines);
		result(this.two.unsubscribe(List.of("t")));
		assertThat(result(this.one.publish("t", new byte[4]))).isEqualTo(1);
		assertThat(this.atTwo.lines).hasSize(4);
	}

	@Test
	void anEndThatIsDisconnectedHasNoSubscriptionsAndFailsAtOnce() {
		start();
		result(this.two.subscribe(List.of("t")));
		this.two.disconnect();
		await(() -> !this.two.isConnected());
		assertThat(result(this.one.subscribers("t"))).isZero();
		assertThat(this.two.publish("t", new byte[1])).isCompletedExceptionally();
		assertThat(this.two.subscribe(List.of("t"))).isCompletedExceptionally();
		this.two.disconnect();
		this.two.connect();
		await(this.two::isConnected);
		this.two.reconnect();
		await(() -> this.atTwo.lines.size() == 5);
		assertThat(this.atTwo.lines).containsExactly("restored", "lost", "restored", "lost", "restored");
		assertThat(result(this.one.subscribers("t"))).isZero();
	}

	@Test
	void anEndThatIsClosedIsSilentAndMayStartAgain() {
		start();
		result(this.two.subscribe(List.of("t")));
		this.two.close(Duration.ofSeconds(5));
		this.two.close(Duration.ofSeconds(5));
		assertThat(result(this.one.publish("t", new byte[1]))).isZero();
		this.two.connect();
		this.two.reconnect();
		assertThat(result(this.one.subscribers("t"))).isZero();
		assertThat(this.atTwo.lines).containsExactly("restored");
		this.two.start(this.atTwo);
		await(this.two::isConnected);
		result(this.two.subscribe(List.of("t")));
		assertThat(result(this.one.publish("t", new byte[1]))).isEqualTo(1);
	}

	/**
	 * Notes what it is told.
	 */
	private static final class Noted implements BackplaneListener {

		private final List<String> lines = new CopyOnWriteArrayList<>();

		@Override
		public void received(String topic, byte[] message) {
			this.lines.add(topic + " " + message.length);
		}

		@Override
		public void restored() {
			this.lines.add("restored");
		}

		@Override
		public void lost(@Nullable Throwable cause) {
			this.lines.add("lost");
		}

	}

}

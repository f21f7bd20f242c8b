package io.zinx.cluster;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class NodeTableTests {

	private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1_000);

	private final NodeTable nodes = new NodeTable(Duration.ofSeconds(10), this.now::get);

	private static HeartbeatBody body(long incarnation, int interval) {
		return new HeartbeatBody(incarnation, 5, interval, 0);
	}

	private void pass(Duration time) {
		this.now.addAndGet(time.toNanos());
	}

	@Test
	void aNodeIsKnownUntilItIsNotHeardForTheTimeout() {
		assertThat(this.nodes.nextExpiry()).isEqualTo(-1);
		assertThat(this.nodes.heard("b", body(1, 3_000))).isEqualTo(NodeTable.Change.JOINED);
		assertThat(this.nodes.heard("a", body(1, 3_000))).isEqualTo(NodeTable.Change.JOINED);
		pass(Duration.ofSeconds(4));
		assertThat(this.nodes.heard("a", body(1, 3_000))).isEqualTo(NodeTable.Change.NONE);
		pass(Duration.ofMillis(5_999));
		assertThat(this.nodes.list()).extracting(ClusterNode::id).containsExactly("a", "b");
		assertThat(this.nodes.list().get(0).age()).isEqualTo(Duration.ofMillis(5_999));
		assertThat(this.nodes.nextExpiry()).isEqualTo(1_000_000);
		assertThat(this.nodes.expire()).isEmpty();
		pass(Duration.ofMillis(1));
		assertThat(this.nodes.list()).extracting(ClusterNode::id).containsExactly("a");
		assertThat(this.nodes.expire()).extracting(ClusterNode::id).containsExactly("b");
		assertThat(this.nodes.get("b")).isNull();
	}

	@Test
	void aGoodbyeEndsTheIncarnationThatSaidIt() {
		this.nodes.heard("a", body(1, 3_000));
		assertThat(this.nodes.heard("a", body(2, 3_000))).isEqualTo(NodeTable.Change.RESTARTED);
		assertThat(this.nodes.left("a", 1)).isNull();
		assertThat(this.nodes.left("unknown", 1)).isNull();
		assertThat(this.nodes.list()).hasSize(1);
		assertThat(this.nodes.left("a", 2)).isNotNull();
		assertThat(this.nodes.list()).isEmpty();
	}

	@Test
	void aNodeThatSendsRarelyHasTwoOfItsIntervals() {
		this.nodes.heard("a", body(1, 15_000));
		pass(Duration.ofSeconds(29));
		assertThat(this.nodes.expire()).isEmpty();
		pass(Duration.ofSeconds(1));
		assertThat(this.nodes.expire()).hasSize(1);
	}

	@Test
	void aNodeThatCouldNotBeHeardForAWhileHasTheTimeForTwoMoreHeartbeats() {
		this.nodes.heard("a", body(1, 3_000));
		pass(Duration.ofSeconds(1));
		this.nodes.hearAgain();
		assertThat(this.nodes.nextExpiry()).isEqualTo(Duration.ofSeconds(9).toNanos());
		pass(Duration.ofSeconds(8));
		this.nodes.hearAgain();
		pass(Duration.ofMillis(5_999));
		assertThat(this.nodes.expire()).isEmpty();
		assertThat(this.nodes.list().get(0).age()).isEqualTo(Duration.ofMillis(14_999));
		pass(Duration.ofMillis(1));
		assertThat(this.nodes.expire()).extracting(ClusterNode::id).containsExactly("a");
	}

	@Test
	void namesThatSomebodyMakesUpDoNotFillTheMemory() {
		for (int i = 0; i < NodeTable.MOST_NODES; i++) {
			assertThat(this.nodes.heard("n" + i, body(1, 3_000))).isEqualTo(NodeTable.Change.JOINED);
		}
		assertThat(this.nodes.heard("one more", body(1, 3_000))).isEqualTo(NodeTable.Change.TOO_MANY);
		assertThat(this.nodes.heard("n0", body(1, 3_000))).isEqualTo(NodeTable.Change.NONE);
		this.nodes.left("n1", 1);
		assertThat(this.nodes.heard("one more", body(1, 3_000))).isEqualTo(NodeTable.Change.JOINED);
	}

}

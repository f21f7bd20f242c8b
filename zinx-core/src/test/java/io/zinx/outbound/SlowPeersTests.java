package io.zinx.outbound;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SlowPeersTests {

	private final OutboundBudget budget = new OutboundBudget(100);

	private final List<String> closed = new ArrayList<>();

	private Peer slow(String name, int bytes) {
		Peer peer = new Peer(name, bytes);
		this.budget.add(bytes);
		this.budget.congested(peer);
		return peer;
	}

	@Test
	void thoseWhoHaveNotReadForTheLongestTimeAreClosedUntilThereIsRoom() {
		Peer first = slow("first", 30);
		slow("second", 30);
		slow("third", 30);
		this.budget.congested(first);
		Peer honest = new Peer("honest", 0);
		assertThat(this.budget.makeRoom(10, honest)).isTrue();
		assertThat(this.closed).isEmpty();
		assertThat(this.budget.makeRoom(50, honest)).isTrue();
		assertThat(this.closed).containsExactly("first", "second");
		assertThat(this.budget.used()).isEqualTo(30);
	}

	@Test
	void whoAsksIsNotClosedAndNobodyWhoHasReadSince() {
		slow("first", 30).reads = true;
		Peer second = slow("second", 30);
		slow("third", 30);
		assertThat(this.budget.makeRoom(40, second)).as("it has not read for the longest time itself").isFalse();
		assertThat(this.closed).isEmpty();
		this.budget.relieved(second);
		assertThat(this.budget.makeRoom(40, second)).isTrue();
		assertThat(this.closed).containsExactly("third");
	}

	@Test
	void whereAllReadThereIsNobodyToClose() {
		this.budget.add(90);
		assertThat(this.budget.makeRoom(20, new Peer("asks", 0))).isFalse();
		Peer late = new Peer("late", 0);
		late.reads = true;
		this.budget.congested(late);
		late.reads = false;
		assertThat(this.budget.makeRoom(20, new Peer("asks", 0))).isFalse();
	}

	/**
	 * A connection that gives its bytes back when it is closed.
	 */
	private final class Peer implements SlowPeer {

		private final String name;

		private final int bytes;

		private boolean reads;

		Peer(String name, int bytes) {
			this.name = name;
			this.bytes = bytes;
		}

		@Override
		public boolean isSlow() {
			return !this.reads;
		}

		@Override
		public void closeAsSlow() {
			this.reads = true;
			SlowPeersTests.this.closed.add(this.name);
			SlowPeersTests.this.budget.add(-this.bytes);
		}

	}

}

package io.zinx.cluster;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The numbers of frames, from the sender to the receiver.
 */
class NumbersTests {

	private final SentNumbers sent = new SentNumbers(7);

	private final ReceivedNumbers received = new ReceivedNumbers();

	private long note(long sequence) {
		return this.received.note("topic", 1, "node", sequence);
	}

	@Test
	void numbersThatFollowEachOtherHaveNoGap() {
		assertThat(note(this.sent.take("topic", 1))).isZero();
		long three = this.sent.take("topic", 3);
		assertThat(note(three)).isZero();
		assertThat(note(three + 1)).isZero();
		assertThat(note(three + 2)).isZero();
		assertThat(note(this.sent.take("topic", 1))).isZero();
	}

	@Test
	void missingNumbersAreCountedAndDuplicatesAreNoticed() {
		long first = this.sent.take("topic", 10);
		assertThat(note(first + 2)).isZero();
		assertThat(note(first + 5)).isEqualTo(2);
		assertThat(note(first + 5)).isEqualTo(ReceivedNumbers.DUPLICATE);
		assertThat(note(first + 1)).isEqualTo(ReceivedNumbers.DUPLICATE);
		assertThat(note(first + 6)).isZero();
	}

	@Test
	void numbersThatWereNotUsedAreTakenAgain() {
		assertThat(note(this.sent.take("topic", 1))).isZero();
		this.sent.take("topic", 3);
		this.sent.giveBack("topic", 3);
		assertThat(note(this.sent.take("topic", 1))).isZero();
		this.sent.giveBack("unknown", 1);
		this.sent.take("other", 2);
		this.sent.giveBack("other", 2);
		assertThat(this.sent.take("other", 1) & 0xFFFF_FFFFL).isEqualTo(1);
	}

	@Test
	void aSenderThatBeganAnewIsNeitherAGapNorADuplicate() {
		note(this.sent.take("topic", 500));
		SentNumbers restarted = new SentNumbers(12);
		restarted.take("topic", 3);
		long next = restarted.take("topic", 1);
		assertThat(note(next)).isZero();
		assertThat(note(next + 2)).isEqualTo(1);
	}

	@Test
	void topicsAndNodesAndInterestsHaveNumbersOfTheirOwn() {
		long first = this.sent.take("topic", 10);
		assertThat(this.received.note("topic", 1, "node", first)).isZero();
		assertThat(this.received.note("other", 1, "node", first + 5)).isZero();
		assertThat(this.received.note("topic", 1, "other", first + 7)).isZero();
		assertThat(this.received.note("topic", 2, "node", first + 9)).isZero();
		assertThat(this.sent.take("other", 1)).isNotEqualTo(first + 10);
	}

	@Test
	void aTopicThatIsForgottenBeginsANewSeries() {
		long first = this.sent.take("topic", 1);
		note(first);
		for (int i = 0; i < SentNumbers.MOST_TOPICS; i++) {
			this.sent.take("other" + i, 1);
		}
		long again = this.sent.take("topic", 1);
		assertThat(again).isNotEqualTo(first + 1);
		assertThat(note(again)).isZero();
		assertThat(note(this.sent.take("topic", 1))).isZero();
	}

	@Test
	void aReceiverForgetsWhoWasNotHeardForLong() {
		long first = this.sent.take("topic", 10);
		note(first);
		for (int i = 0; i < ReceivedNumbers.MOST_SOURCES; i++) {
			this.received.note("topic", 1, "node" + i, 1);
		}
		assertThat(note(first + 9)).isZero();
	}

}

package io.zinx.metrics;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class MessageNumbersTests {

	/** On both sides of where a table ends, and of the sign of an int. */
	private static final long[] MSG_IDS = { 0, 1, 1023, 1024, 1025, 0x7FFF_FFFFL, 0x8000_0000L, 0xFFFF_FFFFL };

	private final MessageNumbers numbers = new MessageNumbers(MSG_IDS);

	@Test
	void eachNumberHasAPlaceOfItsOwnInOrder() {
		assertThat(LongStream.of(MSG_IDS).mapToInt(this.numbers::place)).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
		assertThat(this.numbers.places()).isEqualTo(9);
	}

	@ParameterizedTest
	@ValueSource(
			longs = { -1, Long.MIN_VALUE, 2, 1022, 1026, 0x7FFF_FFFEL, 0xFFFF_FFFEL, 0x1_0000_0000L, Long.MAX_VALUE })
	void allOthersShareTheLastPlace(long msgId) {
		assertThat(this.numbers.place(msgId)).isEqualTo(8);
	}

	@Test
	void withoutNumbersThereIsOnePlace() {
		assertThat(MessageNumbers.NONE.places()).isOne();
		assertThat(LongStream.of(-1, 0, 7, 5000).mapToInt(MessageNumbers.NONE::place)).containsOnly(0);
	}

	@Test
	void thousandsOfNumbersNeverShareAPlace() {
		long[] many = LongStream.range(0, 5000).map((number) -> number * 3).toArray();
		MessageNumbers numbers = new MessageNumbers(many);
		Set<Integer> places = new HashSet<>();
		for (long msgId : many) {
			assertThat(places.add(numbers.place(msgId))).isTrue();
			assertThat(numbers.place(msgId + 1)).isEqualTo(5000);
		}
	}

	@Test
	void nobodyChangesThemFromOutside() {
		long[] mine = { 5, 6 };
		MessageNumbers numbers = new MessageNumbers(mine);
		mine[1] = 7;
		numbers.msgIds()[0] = 8;
		assertThat(numbers.msgIds()).containsExactly(5, 6);
		assertThat(numbers.place(6)).isOne();
	}

}

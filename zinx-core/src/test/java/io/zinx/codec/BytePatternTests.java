package io.zinx.codec;

import java.util.Random;
import java.util.function.IntPredicate;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

class BytePatternTests {

	private static BytePattern pattern(String text) {
		return new BytePattern(text.getBytes(US_ASCII));
	}

	private static ByteBuf buffer(String text) {
		return Unpooled.copiedBuffer(text, US_ASCII);
	}

	@ParameterizedTest
	@CsvSource({ "a, a, 0", "a, xxa, 2", "a, xxx, 3", "ab, xab, 1", "ab, xa, 1", "ab, xb, 2", "aab, aaab, 1",
			"aab, aaaa, 2", "abab, abaabab, 3", "aaa, aa, 0" })
	void theFirstPlaceIsFoundOrWhereItMayBegin(String pattern, String bytes, int expected) {
		assertThat(pattern(pattern).find(buffer(bytes), 0, bytes.length(), 0, (index) -> true)).isEqualTo(expected);
	}

	@Test
	void placesThatAreNotAcceptedMayOverlapTheOnesThatAre() {
		assertThat(pattern("aa").find(buffer("aaaaab"), 0, 6, 0, (index) -> index == 3)).isEqualTo(3);
		assertThat(pattern("aa").find(buffer("aaaaa"), 0, 5, 0, (index) -> false)).isEqualTo(4);
		assertThat(pattern("a").find(buffer("aaa"), 0, 3, 0, (index) -> index == 2)).isEqualTo(2);
	}

	@Test
	void asMuchAsIsThereStandsAtAnIndex() {
		BytePattern pattern = pattern("abc");
		assertThat(pattern.isAt(buffer("xabc"), 1)).isTrue();
		assertThat(pattern.isAt(buffer("xab"), 1)).isTrue();
		assertThat(pattern.isAt(buffer("xabx"), 1)).isFalse();
	}

	@Test
	void aLookThatGoesOnFindsWhatALookAtAllFinds() {
		Random random = new Random(3);
		for (int round = 0; round < 20_000; round++) {
			String pattern = letters(random, 1 + random.nextInt(5));
			String bytes = letters(random, random.nextInt(30));
			int refused = random.nextInt(30);
			IntPredicate accepted = (index) -> index % 3 != refused % 3;
			int expected = plainly(pattern, bytes, accepted);
			ByteBuf in = buffer(bytes);
			BytePattern searched = pattern(pattern);
			int seen = 0;
			int found = 0;
			do {
				int end = Math.min(bytes.length(), seen + 1 + random.nextInt(8));
				found = searched.find(in, seen, end, seen - found, accepted);
				seen = end;
			}
			while (seen < bytes.length() && found + pattern.length() > seen);
			boolean whole = found + pattern.length() <= seen;
			assertThat(whole ? found : -1).as(pattern + " in " + bytes).isEqualTo(expected);
		}
	}

	private static int plainly(String pattern, String bytes, IntPredicate accepted) {
		for (int at = bytes.indexOf(pattern); at >= 0; at = bytes.indexOf(pattern, at + 1)) {
			if (accepted.test(at)) {
				return at;
			}
		}
		return -1;
	}

	private static String letters(Random random, int length) {
		StringBuilder letters = new StringBuilder();
		for (int i = 0; i < length; i++) {
			letters.append(random.nextInt(4) > 0 ? 'a' : 'b');
		}
		return letters.toString();
	}

}

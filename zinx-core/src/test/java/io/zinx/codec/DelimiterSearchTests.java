package io.zinx.codec;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

class DelimiterSearchTests {

	private static final int MORE = DelimiterSearch.MORE;

	private static final int NONE = DelimiterSearch.NONE;

	@ParameterizedTest
	@CsvSource({ "aab, aab, 0", "aab, xaab, 1", "aab, aaab, 1", "aab, aaaab, 2", "aab, aaxaab, 3", "aab, aa, -1",
			"aab, xxxa, -1", "ab, abab, 0", "a, xxxa, 3", "a, xxxx, -1", "a, xxxxxa, -2", "aab, xxxxaab, 4",
			"aab, xxxxxaab, -2", "aab, xxxxa, -1", "aab, xxxxaa, -1", "aab, xxxxxa, -1", "aab, xxxxaxb, -2",
			"aab, xxxxxxxa, -2" })
	void theFirstDelimiterBehindAtMostFourBytesIsFound(String delimiter, String bytes, int expected) {
		ByteBuf in = Unpooled.copiedBuffer("--" + bytes, US_ASCII).skipBytes(2);
		assertThat(search(delimiter).find(in, 4)).isEqualTo(expected);
		assertThat(in.readerIndex()).isEqualTo(2);
	}

	@Test
	void aDelimiterThatComesInPiecesIsFoundWhenItIsThere() {
		DelimiterSearch search = search("--ab");
		ByteBuf in = Unpooled.buffer();
		for (char next : "x--a--a".toCharArray()) {
			in.writeByte(next);
			assertThat(search.find(in, 100)).isEqualTo(MORE);
		}
		assertThat(search.find(in.writeByte('b'), 100)).isEqualTo(4);
		assertThat(search.length()).isEqualTo(4);
	}

	@Test
	void theNextSearchBeginsANewFrame() {
		DelimiterSearch search = search(";");
		ByteBuf in = Unpooled.copiedBuffer("abc;;d", US_ASCII);
		assertThat(search.find(in, 3)).isEqualTo(3);
		assertThat(search.find(in.skipBytes(4), 3)).isZero();
		assertThat(search.find(in.skipBytes(1), 3)).isEqualTo(MORE);
		assertThat(search.find(in.writeBytes(new byte[] { 'e', 'f', 'g' }), 3)).isEqualTo(NONE);
	}

	/**
	 * Compared with looking at everything each time, over bytes that are almost
	 * delimiters.
	 */
	@Test
	void anyPiecesOfAnyBytesAreCutWhereALookAtAllOfThemCutsThem() {
		Random random = new Random(7);
		for (int round = 0; round < 5000; round++) {
			String delimiter = letters(random, 1 + random.nextInt(4));
			String stream = letters(random, random.nextInt(40));
			assertThat(cut(delimiter, stream, random)).as(delimiter + " in " + stream)
				.isEqualTo(List.of(stream.split(Pattern.quote(delimiter), -1)));
		}
	}

	private static List<String> cut(String delimiter, String stream, Random random) {
		DelimiterSearch search = search(delimiter);
		List<String> frames = new ArrayList<>();
		ByteBuf in = Unpooled.buffer();
		int sent = 0;
		while (sent < stream.length()) {
			int piece = Math.min(1 + random.nextInt(5), stream.length() - sent);
			in.writeCharSequence(stream.substring(sent, sent + piece), US_ASCII);
			sent += piece;
			for (int found = search.find(in, 1000); found != MORE; found = search.find(in, 1000)) {
				frames.add(in.readCharSequence(found, US_ASCII).toString());
				in.skipBytes(search.length());
			}
		}
		frames.add(in.toString(US_ASCII));
		return frames;
	}

	private static String letters(Random random, int length) {
		StringBuilder letters = new StringBuilder();
		for (int i = 0; i < length; i++) {
			letters.append(random.nextBoolean() ? 'a' : 'b');
		}
		return letters.toString();
	}

	private static DelimiterSearch search(String delimiter) {
		return new DelimiterSearch(new BytePattern(delimiter.getBytes(US_ASCII)));
	}

}

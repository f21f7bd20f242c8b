package io.zinx.diagnostics;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class PeerTextTests {

	@ParameterizedTest
	@ValueSource(strings = { "", "Router of 'Grüße', 你好", "C:\\temp", "𝄞 and 😀" })
	void whatCanBeSeenStaysAsItIs(String text) {
		assertThat(PeerText.escape(text)).isSameAs(text);
	}

	@Test
	void nothingBeginsALineOrSteersATerminal() {
		assertThat(PeerText.escape("x\nFAKE LINE\r\t\u001b[31m\u0000\u007f\u0085"))
			.isEqualTo("x\\nFAKE LINE\\r\\t\\u001b[31m\\u0000\\u007f\\u0085");
		assertThat(PeerText.escape("a\u2028b\u2029c\u202ed\ufeff")).isEqualTo("a\\u2028b\\u2029c\\u202ed\\ufeff");
		assertThat(PeerText.escape("half \ud83d, tag \udb40\udc01")).isEqualTo("half \\ud83d, tag \\udb40\\udc01");
	}

	@Test
	void whatIsLongIsCutAndSaysSo() {
		assertThat(PeerText.escape("abcdef", 6)).isEqualTo("abcdef");
		assertThat(PeerText.escape("abcdefgh", 6)).isEqualTo("abcdef… (2 more characters)");
		assertThat(PeerText.escape("\n".repeat(100_000))).hasSizeLessThan(PeerText.LONGEST + 50)
			.endsWith("more characters)");
		assertThat(PeerText.escape("x".repeat(5000))).startsWith("x".repeat(PeerText.LONGEST) + "…");
	}

	@Test
	void whatIsEscapedTwiceIsEscapedOnce() {
		String once = PeerText.escape("a\nb\u001b");
		assertThat(PeerText.escape(once)).isSameAs(once);
	}

	@Test
	void noTextIsTheWordNull() {
		assertThat(PeerText.escape(null)).isEqualTo("null");
	}

}

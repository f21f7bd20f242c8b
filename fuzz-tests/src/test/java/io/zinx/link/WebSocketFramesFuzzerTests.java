package io.zinx.link;

import java.util.HexFormat;
import java.util.List;

import io.zinx.fuzz.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class WebSocketFramesFuzzerTests {

	private static final int CHANGED = 50;

	@Test
	void holdsForSeedsAndTheirMutations() {
		List<byte[]> seeds = WebSocketFramesSeeds.all();
		assertThat(seeds).hasSizeGreaterThan(100);
		Seeds.tryAll(seeds, CHANGED, WebSocketFramesFuzzer::fuzzerTestOneInput);
	}

	/**
	 * The second reader is right about what it is there to judge: RFC 6455, section 5.7,
	 * and the rules that Netty's reader does not know.
	 */
	@ParameterizedTest
	@CsvSource({ "818537fa213d7f9f4d5158, Hello, OPEN, false", "818537fa213d7f9f4d51, '', OPEN, true",
			"818537fa213d7f9f4d515801, Hello, OPEN, true", "8881, '', CORRUPT, false", "82, '', OPEN, true",
			"88820000000003e8, '', CLOSED, false", "8882000000001388, '', CORRUPT, false",
			"88820000000003ec, '', CORRUPT, false", "88850000000003e861e282, '', CORRUPT, false",
			"82fe00c900000000, '', TOO_LONG, false", "82fe007d00000000, '', CORRUPT, false" })
	void isJudgedByARightReader(String stream, String passed, WebSocketFramesOutcome.End end, boolean midFrame) {
		byte[] bytes = HexFormat.of().parseHex(stream);
		WebSocketFramesOutcome expected = new WebSocketFramesOutcome(passed, List.of(), 0, end, midFrame);
		assertThat(WebSocketFramesReference.outcome(bytes)).isEqualTo(expected);
		assertThat(WebSocketFramesOutcome.of(bytes, 1)).isEqualTo(expected);
	}

}

package io.zinx.inbound;

import io.zinx.InvalidSettingException;
import io.zinx.diagnostics.MemoryLimit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class InboundSettingsTests {

	private static final long MB = 1024 * 1024;

	@ParameterizedTest
	@CsvSource({ "4104, 1048576", "524288, 1048576", "524289, 1048578", "700000000, 1073741824",
			"1073741832, 1073741832" })
	void aConnectionMayHoldAMegabyteOrTwoWholeFrames(long wholeFrame, long maxBytes) {
		assertThat(InboundSettings.of(0, Long.MAX_VALUE, wholeFrame).maxBytes()).isEqualTo(maxBytes);
	}

	@Test
	void allTogetherMayHoldAnEighthOfTheMemoryAndNeverLessThanOneConnection() {
		assertThat(InboundSettings.of(0, 0, 4104).totalMaxBytes()).isEqualTo(Math.max(MB, MemoryLimit.bytes() / 8));
		assertThat(InboundSettings.of(1 << 30, 0, 4104).totalMaxBytes())
			.isEqualTo(Math.max(1 << 30, MemoryLimit.bytes() / 8));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					4103       | 0    | 'inbound.max-bytes: 4103 (expected: at least 4104 bytes, one whole frame of max-packet-size)'
					-1         | 0    | 'inbound.max-bytes: -1 (expected: at least 4104 bytes, one whole frame of max-packet-size)'
					1073741825 | 0    | 'inbound.max-bytes: 1073741825 (expected: 1 to 1073741824 bytes)'
					4104       | 4103 | 'inbound.total-max-bytes: 4103 (expected: at least inbound.max-bytes, 4104 bytes)'
					0          | 4104 | 'inbound.total-max-bytes: 4104 (expected: at least inbound.max-bytes, 1048576 bytes)'
					0          | -1   | 'inbound.total-max-bytes: -1 (expected: at least inbound.max-bytes, 1048576 bytes)'
					""")
	void withLessThanAFrameNothingStarts(long maxBytes, long totalMaxBytes, String message) {
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> InboundSettings.of(maxBytes, totalMaxBytes, 4104))
			.withMessage(message);
	}

	@Test
	void oneWholeFrameIsEnough() {
		assertThat(InboundSettings.of(4104, 4104, 4104)).isEqualTo(new InboundSettings(4104, 4104));
		assertThat(InboundSettings.of(1073741832L, 0, 1073741832L).maxBytes()).isEqualTo(1073741832L);
	}

}

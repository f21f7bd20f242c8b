package io.zinx.outbound;

import java.time.Duration;

import io.zinx.InvalidSettingException;
import io.zinx.codec.TlvCodec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

class OutboundSettingsTests {

	private static final long GIB = 1 << 30;

	private static final Duration SECOND = Duration.ofSeconds(1);

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					1023       | 4096       | 0    | 0   | outbound.max-bytes: 1023 (expected: 1024 to 1073741824 bytes)
					1073741825 | 1073741825 | 0    | 0   | outbound.max-bytes: 1073741825 (expected: 1024 to 1073741824 bytes)
					-1         | 4096       | 0    | 0   | outbound.max-bytes: -1 (expected: 1024 to 1073741824 bytes)
					4294968320 | 4294968320 | 0    | 0   | outbound.max-bytes: 4294968320 (expected: 1024 to 1073741824 bytes)
					2048       | 2047       | 0    | 0   | outbound.total-max-bytes: 2047 (expected: at least outbound.max-bytes, 2048 bytes)
					2048       | -1         | 0    | 0   | outbound.total-max-bytes: -1 (expected: at least outbound.max-bytes, 2048 bytes)
					2048       | 2048       | 2049 | 0   | outbound.high-water-mark: 2049 (expected: 0 to 2048 bytes)
					2048       | 2048       | -1   | 0   | outbound.high-water-mark: -1 (expected: 0 to 2048 bytes)
					2048       | 2048       | 100  | 101 | outbound.low-water-mark: 101 (expected: 0 to 100 bytes)
					2048       | 2048       | 0    | 513 | outbound.low-water-mark: 513 (expected: 0 to 512 bytes)
					2048       | 2048       | 100  | -1  | outbound.low-water-mark: -1 (expected: 0 to 100 bytes)
					""")
	void bytesThatCannotBeAreRefusedByNameWithWhatIsAllowed(long max, long total, int high, int low, String message) {
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(
					() -> new OutboundSettings(max, total, high, low, SlowConsumerPolicy.CLOSE, SECOND, Duration.ZERO))
			.withMessage(message)
			.satisfies((ex) -> assertThat(message).startsWith(ex.setting()));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					PT0S         | PT0S         | outbound.block-timeout: PT0S (expected: more than zero, up to one hour)
					PT-0.001S    | PT0S         | outbound.block-timeout: PT-0.001S (expected: more than zero, up to one hour)
					PT1H0.000001S| PT0S         | outbound.block-timeout: PT1H0.000001S (expected: more than zero, up to one hour)
					PT1S         | PT-0.001S    | outbound.flush-timeout: PT-0.001S (expected: zero to one hour)
					PT1S         | PT1H0.000001S| outbound.flush-timeout: PT1H0.000001S (expected: zero to one hour)
					""")
	void timesThatCannotBeAreRefusedByNameWithWhatIsAllowed(Duration block, Duration flush, String message) {
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> new OutboundSettings(2048, 2048, 0, 0, SlowConsumerPolicy.BLOCK, block, flush))
			.withMessage(message);
	}

	@ParameterizedTest
	@CsvSource({ "1024, 1024, 1024, 1024, PT0.000000001S, PT0S", "1073741824, 1073741824, 1, 1, PT1H, PT1H" })
	void theFirstAndTheLastThatAreAllowedAreTakenAsTheyAre(long max, long total, int high, int low, Duration block,
			Duration flush) {
		OutboundSettings settings = new OutboundSettings(max, total, high, low, SlowConsumerPolicy.DROP, block, flush);
		assertThat(settings)
			.extracting(OutboundSettings::maxBytes, OutboundSettings::totalMaxBytes, OutboundSettings::highWaterMark,
					OutboundSettings::lowWaterMark, OutboundSettings::blockTimeout, OutboundSettings::flushTimeout)
			.containsExactly(max, total, high, low, block, flush);
	}

	@ParameterizedTest
	@CsvSource({ "0, 0, 256, 128", "1000, 0, 1000, 500", "7, 0, 7, 4", "1, 0, 1, 1", "0, 256, 256, 256" })
	void zeroIsAQuarterOfTheBoundAndHalfOfTheMark(int high, int low, int highThen, int lowThen) {
		OutboundSettings settings = new OutboundSettings(1024, GIB, high, low, SlowConsumerPolicy.CLOSE, SECOND,
				SECOND);
		assertThat(settings.highWaterMark()).isEqualTo(highThen);
		assertThat(settings.lowWaterMark()).isEqualTo(lowThen);
	}

	@Test
	void thePolicyMustBeThere() {
		assertThatNullPointerException().isThrownBy(() -> new OutboundSettings(1024, GIB, 0, 0, none(), SECOND, SECOND))
			.withMessage("policy");
	}

	@Test
	void oneConnectionMayHoldAMebibyteByDefaultAndIsClosedThen() {
		OutboundSettings defaults = OutboundSettings.DEFAULTS;
		assertThat(defaults.maxBytes()).isEqualTo(1 << 20);
		assertThat(defaults.totalMaxBytes()).isBetween(defaults.maxBytes(), Runtime.getRuntime().maxMemory());
		assertThat(defaults.policy()).isEqualTo(SlowConsumerPolicy.CLOSE);
		assertThat(defaults.blockTimeout()).hasSeconds(5);
		assertThat(defaults.flushTimeout()).hasSeconds(5);
	}

	@ParameterizedTest
	@CsvSource({ "CLOSE, close", "DROP, drop", "BLOCK, block" })
	void aPolicyHasTheNameOfItsSetting(SlowConsumerPolicy policy, String name) {
		assertThat(policy).hasToString(name);
	}

	@Test
	void aContextHasABudgetOfItsOwnAsLargeAsTheTotal() {
		OutboundSettings settings = new OutboundSettings(1024, 5000, 0, 0, SlowConsumerPolicy.CLOSE, SECOND, SECOND);
		OutboundBudget budget = new OutboundContext(new TlvCodec(), settings).budget();
		budget.add(5000);
		assertThat(budget.isExceeded()).isFalse();
		budget.add(1);
		assertThat(budget.isExceeded()).isTrue();
		assertThat(new OutboundContext(new TlvCodec(), settings).budget().used()).isZero();
	}

	@SuppressWarnings("NullAway")
	private static SlowConsumerPolicy none() {
		return null;
	}

}

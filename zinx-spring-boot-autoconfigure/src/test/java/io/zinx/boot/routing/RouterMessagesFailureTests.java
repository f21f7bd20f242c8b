package io.zinx.boot.routing;

import java.util.List;

import io.zinx.boot.testing.ZinxApplication;
import io.zinx.boot.testing.ZinxApplication.EchoRouter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

@ExtendWith(OutputCaptureExtension.class)
class RouterMessagesFailureTests {

	@Test
	void overlappingRangesAreNamedWithTheirBeans(CapturedOutput output) {
		fails(output, "overlapping ranges of message numbers", "10 to 20: 'routerMessagesFailureTests.TenToTwenty'",
				"20 to 30: 'routerMessagesFailureTests.TwentyToThirty'", TenToTwenty.class, TwentyToThirty.class);
	}

	@Test
	void twoFallbacksAreNamed(CapturedOutput output) {
		fails(output, "'routerMessagesFailureTests.OtherFallback'", "there is already a fallback",
				"'routerMessagesFailureTests.Fallback'", Fallback.class, OtherFallback.class);
	}

	@Test
	void twoWaysAtOnce(CapturedOutput output) {
		fails(output, "'routerMessagesFailureTests.TwoWays'", "in more than one way", "Set only one of", TwoWays.class);
	}

	@Test
	void rangeWithoutEnd(CapturedOutput output) {
		fails(output, "'routerMessagesFailureTests.WithoutEnd'", "with from = 1, but without to.",
				"Set both from and to", WithoutEnd.class);
	}

	@Test
	void rangeWithoutBeginning(CapturedOutput output) {
		fails(output, "'routerMessagesFailureTests.WithoutBeginning'", "with to = 9, but without from.",
				"Set both from and to", WithoutBeginning.class);
	}

	@Test
	void rangeThatIsNegative(CapturedOutput output) {
		fails(output, "'routerMessagesFailureTests.Negative'", "from -1 to 5", "not a valid range", Negative.class);
	}

	@Test
	void rangeTheWrongWayRound(CapturedOutput output) {
		fails(output, "'routerMessagesFailureTests.Reversed'", "from 9 to 5", "not a valid range", Reversed.class);
	}

	private static void fails(CapturedOutput output, String first, String second, String third, Class<?>... classes) {
		assertThatException().isThrownBy(() -> ZinxApplication.run(List.of(classes)).close());
		assertThat(output).contains("APPLICATION FAILED TO START", first, second, third);
	}

	@ZinxRouter(from = 10, to = 20)
	static class TenToTwenty extends EchoRouter {

	}

	@ZinxRouter(from = 20, to = 30)
	static class TwentyToThirty extends EchoRouter {

	}

	@ZinxRouter(fallback = true)
	static class Fallback extends EchoRouter {

	}

	@ZinxRouter(fallback = true)
	static class OtherFallback extends EchoRouter {

	}

	@ZinxRouter(msgId = 1, fallback = true)
	static class TwoWays extends EchoRouter {

	}

	@ZinxRouter(from = 1)
	static class WithoutEnd extends EchoRouter {

	}

	@ZinxRouter(to = 9)
	static class WithoutBeginning extends EchoRouter {

	}

	@ZinxRouter(from = -1, to = 5)
	static class Negative extends EchoRouter {

	}

	@ZinxRouter(from = 9, to = 5)
	static class Reversed extends EchoRouter {

	}

}

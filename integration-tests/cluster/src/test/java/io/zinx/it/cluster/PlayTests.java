package io.zinx.it.cluster;

import java.time.Duration;
import java.util.List;

import io.zinx.cluster.InProcessBackplane;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Some seconds of what {@code .ci/proof cluster} does for minutes, with all nodes in this
 * JVM.
 */
class PlayTests {

	private static final Options OPTIONS = new Options(23, Duration.ofSeconds(8), 3, 300, 300, 200, 5,
			List.of(Fault.RECONNECT), true);

	@Test
	void everythingThatIsReportedAsSentArrivesOnceAndInOrderWhileUsersComeAndGo() throws Exception {
		try (Play play = new Play(OPTIONS, new JvmSite(new InProcessBackplane()::anotherEnd))) {
			Verdict verdict = play.run();
			assertThat(play.model.violations).as(Table.of(play.model, verdict)).isEmpty();
			assertThat(verdict.owedFromElsewhere).isPositive();
			assertThat(verdict.owedHere).isPositive();
		}
	}

}

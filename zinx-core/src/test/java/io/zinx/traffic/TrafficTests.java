package io.zinx.traffic;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.zinx.testing.LeakCheck;
import io.zinx.testing.Report;
import io.zinx.traffic.Round.Result;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Random traffic on all kinds of servers. A few seconds with fixed seeds; minutes with
 * {@code zinx.proof.minutes}, as {@code .ci/proof traffic} sets it. What happens is
 * written to {@code target/traffic.txt}.
 */
class TrafficTests {

	private static final int MINUTES = Integer.getInteger("zinx.proof.minutes", 0);

	/** The one seed to be run again and again. */
	private static final @Nullable Long SEED = Long.getLong("zinx.proof.seed");

	private static final int CLIENTS = Integer.getInteger("zinx.proof.clients", (MINUTES > 0) ? 60 : 6);

	private final Report report = Report.begin("traffic.txt");

	private final Residue residue = new Residue();

	private final List<Long> failed = new ArrayList<>();

	@Test
	void whatClientsSendIsHandledOnceInOrderAndCountedAndSoIsWhatTheyGet() throws Exception {
		long end = System.nanoTime() + Duration.ofMinutes(MINUTES).toNanos();
		long first = firstSeed();
		long rounds = 0;
		do {
			run((SEED != null) ? SEED : first + rounds);
			rounds++;
		}
		while (rounds < ((SEED != null) ? 1 : Combination.COUNT) || System.nanoTime() < end);
		this.report.write(rounds + " rounds, " + this.failed.size() + " failed, JDK " + Runtime.version());
		assertThat(this.failed).as("seeds of rounds that failed, see zinx-core/" + this.report).isEmpty();
	}

	/**
	 * A proof begins somewhere else each time.
	 */
	private static long firstSeed() {
		return (MINUTES > 0) ? System.currentTimeMillis() / 1000 * Combination.COUNT : 0;
	}

	private void run(long seed) throws Exception {
		this.report.write("seed " + seed + " begins");
		Result result = new Round(seed, CLIENTS).run();
		List<String> errors = new ArrayList<>(result.errors());
		errors.addAll(LeakCheck.find().stream().map((leak) -> "Leak: " + leak).toList());
		errors.addAll(this.residue.check());
		this.report.write("seed " + seed + (errors.isEmpty() ? ": " : " FAILED: ") + result.summary() + ", "
				+ result.took().toMillis() + " ms, " + this.residue);
		for (String error : errors) {
			this.report.write("  " + error);
		}
		if (!errors.isEmpty()) {
			this.report.write("  to repeat: CLIENTS=" + CLIENTS + " .ci/proof traffic " + seed);
			this.failed.add(seed);
		}
	}

}

package io.zinx.boot.testing;

import org.springframework.boot.test.system.CapturedOutput;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The report that Spring Boot prints when an application cannot start.
 */
public final class FailureAnalysis {

	private FailureAnalysis() {
	}

	/**
	 * Find the last report.
	 * @param output the output of the application
	 * @return the report, with what follows
	 * @throws AssertionError if there is none
	 */
	public static String last(CapturedOutput output) {
		String all = output.getAll();
		int start = all.lastIndexOf("APPLICATION FAILED TO START");
		assertThat(start).as(all).isNotNegative();
		return all.substring(start);
	}

}

package io.zinx.boot.configfile;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains that a {@code zinx.json} cannot be used.
 */
final class ZinxJsonFailureAnalyzer extends AbstractFailureAnalyzer<ZinxJsonException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, ZinxJsonException cause) {
		return new FailureAnalysis(cause.problem(), cause.action(), cause);
	}

}

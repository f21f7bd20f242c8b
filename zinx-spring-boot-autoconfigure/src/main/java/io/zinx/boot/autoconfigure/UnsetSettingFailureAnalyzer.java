package io.zinx.boot.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains that a property must be set.
 */
final class UnsetSettingFailureAnalyzer extends AbstractFailureAnalyzer<UnsetSettingException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, UnsetSettingException cause) {
		return new FailureAnalysis(cause.problem(), cause.action(), cause);
	}

}

package io.zinx.boot.autoconfigure;

import io.zinx.InvalidSettingException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains that code has set a value the server cannot work with. What properties have
 * set, {@link ServerConfigFactory} refuses with an exception that Spring Boot explains.
 */
final class InvalidSettingFailureAnalyzer extends AbstractFailureAnalyzer<InvalidSettingException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidSettingException cause) {
		return new FailureAnalysis(
				"Invalid value '" + cause.value() + "' for the setting '" + cause.setting()
						+ "' of the Zinx server. It was not set by a property.",
				"Change the ZinxServerCustomizer or other code that sets it. It should be " + cause.expected() + ".",
				cause);
	}

}

package io.zinx.boot.autoconfigure;

import io.zinx.InvalidSettingException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains that code has set a value the server cannot work with, or something that
 * another value does not go with. What properties alone have set,
 * {@link ServerConfigFactory} refuses with an exception that Spring Boot explains.
 */
final class InvalidSettingFailureAnalyzer extends AbstractFailureAnalyzer<InvalidSettingException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidSettingException cause) {
		return new FailureAnalysis("Invalid value '" + cause.value() + "' for the setting '" + cause.setting()
				+ "' of the Zinx server. Properties alone do not make it invalid: code has set it, or has set what it "
				+ "must go with, for example a codec.",
				"It should be " + cause.expected() + ". Change the ZinxServerCustomizer, FrameCodec bean or other code"
						+ " that is concerned, or the property 'zinx." + cause.setting() + "'.",
				cause);
	}

}

package io.zinx.boot.autoconfigure;

import io.zinx.InvalidSettingException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains that code has set an invalid value, or something that conflicts with another
 * value. For invalid values that properties alone have set, {@link ServerConfigFactory}
 * throws an exception that Spring Boot explains.
 */
final class InvalidSettingFailureAnalyzer extends AbstractFailureAnalyzer<InvalidSettingException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidSettingException cause) {
		return new FailureAnalysis(
				"The setting '" + cause.setting() + "' of the Zinx server has the invalid value '" + cause.value()
						+ "'. Code has set the value, or has set something that conflicts with it, "
						+ "for example a codec.",
				"It should be " + TypedProperties.expected(cause)
						+ ". Change the ZinxServerCustomizer, the FrameCodec bean or the"
						+ " other code that is responsible, or the property 'zinx." + cause.setting() + "'.",
				cause);
	}

}

package io.zinx.boot.autoconfigure.validation;

import io.zinx.boot.autoconfigure.ZinxAutoConfiguration;
import io.zinx.boot.handler.invoke.HandlerMethods;
import io.zinx.server.ZinxServer;
import jakarta.validation.Validator;
import jakarta.validation.executable.ExecutableValidator;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.springframework.validation.beanvalidation.MethodValidationAdapter;
import org.springframework.validation.method.MethodValidator;

/**
 * Auto-configuration of handler methods with constraints on their parameters and results.
 */
@AutoConfiguration(after = ZinxAutoConfiguration.class,
		afterName = "org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration")
@ConditionalOnClass({ ExecutableValidator.class, ZinxServer.class })
@ConditionalOnSingleCandidate(ZinxServer.class)
public final class ZinxValidationAutoConfiguration {

	/**
	 * The validator of handler methods, which is injected nowhere else.
	 */
	@Bean(name = HandlerMethods.METHOD_VALIDATOR, defaultCandidate = false)
	@ConditionalOnMissingBean(name = HandlerMethods.METHOD_VALIDATOR)
	@ConditionalOnSingleCandidate(Validator.class)
	MethodValidator zinxMethodValidator(Validator validator) {
		return new MethodValidationAdapter(validator);
	}

}

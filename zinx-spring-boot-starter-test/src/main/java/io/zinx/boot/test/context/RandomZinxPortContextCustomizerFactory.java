package io.zinx.boot.test.context;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.TestContextAnnotationUtils;

/**
 * Gives tests with {@link SpringBootTest @SpringBootTest} a free port, unless they use
 * the configured ports, {@link WebEnvironment#DEFINED_PORT}.
 */
final class RandomZinxPortContextCustomizerFactory implements ContextCustomizerFactory {

	@Override
	public @Nullable ContextCustomizer createContextCustomizer(Class<?> testClass,
			List<ContextConfigurationAttributes> configAttributes) {
		SpringBootTest annotation = TestContextAnnotationUtils.findMergedAnnotation(testClass, SpringBootTest.class);
		if (annotation == null || annotation.webEnvironment() == WebEnvironment.DEFINED_PORT) {
			return null;
		}
		return new RandomZinxPortContextCustomizer();
	}

}

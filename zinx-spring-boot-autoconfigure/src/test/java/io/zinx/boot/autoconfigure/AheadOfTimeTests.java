package io.zinx.boot.autoconfigure;

import java.io.IOException;
import java.lang.reflect.AnnotatedElement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import org.junit.jupiter.api.Test;

import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.info.ConditionalOnEnabledInfoContributor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code docs/spring.md} lists the properties that decide whether a bean exists: they
 * cannot be changed once an application was processed ahead of time.
 */
class AheadOfTimeTests {

	private static final Pattern PROPERTY = Pattern.compile("`((?:zinx|management)\\.[a-z.-]+)`");

	@Test
	void thePageListsThePropertiesThatAreConditions() throws IOException {
		String page = Files.readString(Path.of("..", "docs", "spring.md"));
		String section = page.substring(page.indexOf("## Ahead of time"));
		Set<String> listed = new TreeSet<>(PROPERTY.matcher(section).results().map((found) -> found.group(1)).toList());
		assertThat(listed).containsExactlyElementsOf(conditions());
	}

	private static Set<String> conditions() {
		Set<String> found = new TreeSet<>();
		configurations().flatMap((type) -> Stream.concat(Stream.of(type), Stream.of(type.getDeclaredMethods())))
			.map((element) -> MergedAnnotations.from((AnnotatedElement) element))
			.forEach((annotations) -> addConditions(annotations, found));
		return found;
	}

	private static Stream<Class<?>> configurations() {
		return Stream.concat(Stream.of(ZinxServerConfiguration.class),
				StreamSupport
					.stream(ImportCandidates.load(AutoConfiguration.class, AheadOfTimeTests.class.getClassLoader())
						.spliterator(), false)
					.filter((name) -> name.startsWith("io.zinx."))
					.map((name) -> ClassUtils.resolveClassName(name, null)));
	}

	private static void addConditions(MergedAnnotations annotations, Set<String> found) {
		annotations.stream(ConditionalOnBooleanProperty.class)
			.flatMap((condition) -> Stream.concat(Stream.of(condition.getStringArray("name")),
					Stream.of(condition.getStringArray("value"))))
			.forEach(found::add);
		assertThat(annotations.isPresent(ConditionalOnProperty.class)).isFalse();
		annotations.stream(ConditionalOnEnabledHealthIndicator.class)
			.forEach((condition) -> found.add("management.health." + name(condition) + ".enabled"));
		annotations.stream(ConditionalOnEnabledInfoContributor.class)
			.forEach((condition) -> found.add("management.info." + name(condition) + ".enabled"));
		if (annotations.isPresent(ConditionalOnAvailableEndpoint.class)) {
			found.add("management.endpoint.zinx.access");
			found.add("management.endpoints.web.exposure.include");
		}
	}

	private static String name(MergedAnnotation<?> condition) {
		return condition.getString("value");
	}

}

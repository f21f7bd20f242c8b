package io.zinx.boot.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.BeanWrapperImpl;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code docs/properties.md} lists the properties of the configuration metadata with
 * their defaults. A default is code at the beginning of its cell; an empty text is the
 * word "empty", and any other words mean that there is no fixed default.
 */
class PropertiesPageTests {

	private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z][a-z.-]+)` \\| (.+?) \\| .+ \\|$");

	private static final Pattern DASH = Pattern.compile("-(\\w)");

	/** The properties that are no part of a bean. */
	private static final Set<String> CONDITIONS = Set.of("zinx.enabled", "zinx.logging.mdc",
			"zinx.observation.enabled");

	private static final String CLUSTER = "zinx.cluster.";

	private static final Pattern VALUE = Pattern.compile("`([^`]+)`.*");

	@Test
	void everyPropertyIsOnThePageAndNoOther() throws Exception {
		assertThat(rows().keySet()).containsExactlyElementsOf(metadata().keySet());
		assertThat(rows()).hasSizeGreaterThan(70);
	}

	@Test
	void noPropertyIsOnThePageTwice() throws Exception {
		assertThat(ROW.matcher(page()).results().map((row) -> row.group(1))).doesNotHaveDuplicates();
	}

	@Test
	void defaultsAreThoseOfTheMetadata() throws Exception {
		Map<String, String> rows = rows();
		metadata().forEach((name, property) -> {
			JsonNode value = property.get("defaultValue");
			if (value != null) {
				assertThat(convert(shown(rows.get(name)), property)).as(name).isEqualTo(convert(text(value), property));
			}
		});
	}

	/**
	 * A default that no editor shows is one that is missing in the metadata.
	 */
	@Test
	void defaultsOfTheMetadataAreThoseOfTheProperties() throws Exception {
		BeanWrapperImpl ofServer = new BeanWrapperImpl(new ZinxProperties());
		ofServer.setAutoGrowNestedPaths(false);
		BeanWrapperImpl ofCluster = new BeanWrapperImpl(new ClusterProperties());
		metadata().forEach((name, property) -> {
			if (name.startsWith("zinx.") && !CONDITIONS.contains(name)) {
				Object value = name.startsWith(CLUSTER) ? ofCluster.getPropertyValue(path(name, CLUSTER))
						: ofServer.getPropertyValue(path(name, "zinx."));
				JsonNode shown = property.get("defaultValue");
				assertThat((shown != null) ? convert(text(shown), property) : null).as(name).isEqualTo(nothing(value));
			}
		});
	}

	@Test
	void propertiesWithoutADefaultHaveNoneOnThePage() throws Exception {
		Map<String, String> rows = rows();
		BeanWrapperImpl ofServer = new BeanWrapperImpl(new ZinxProperties());
		ofServer.setAutoGrowNestedPaths(false);
		BeanWrapperImpl ofCluster = new BeanWrapperImpl(new ClusterProperties());
		metadata().forEach((name, property) -> {
			if (property.get("defaultValue") == null && name.startsWith("zinx.")) {
				Object value = name.startsWith(CLUSTER) ? ofCluster.getPropertyValue(path(name, CLUSTER))
						: ofServer.getPropertyValue(path(name, "zinx."));
				String shown = shown(rows.get(name));
				assertThat((shown != null) ? convert(shown, property) : null).as(name).isEqualTo(nothing(value));
			}
		});
	}

	/**
	 * A list is written as in a property: its values with commas in between.
	 */
	private static String text(JsonNode value) {
		return value.isArray() ? value.valueStream().map(JsonNode::asString).collect(Collectors.joining(","))
				: value.asString();
	}

	/**
	 * A list without values is no default.
	 */
	private static @Nullable Object nothing(@Nullable Object value) {
		return (value instanceof Collection<?> values && values.isEmpty()) ? null : value;
	}

	private static String path(String name, String prefix) {
		return DASH.matcher(name.substring(prefix.length()))
			.replaceAll((dash) -> dash.group(1).toUpperCase(Locale.ROOT));
	}

	private static @Nullable String shown(@Nullable String cell) {
		if (cell == null || cell.equals("empty")) {
			return (cell != null) ? "" : null;
		}
		MatchResult value = VALUE.matcher(cell).results().findFirst().orElse(null);
		return (value != null && value.start() == 0) ? value.group(1) : null;
	}

	private static @Nullable Object convert(@Nullable String value, JsonNode property) {
		Class<?> type = ClassUtils.resolveClassName(property.get("type").asString().replaceAll("<.*", ""), null);
		if (type == Integer.class && value != null && value.startsWith("0x")) {
			return Integer.decode(value);
		}
		return ApplicationConversionService.getSharedInstance().convert(value, type);
	}

	private static Map<String, String> rows() throws IOException {
		Map<String, String> rows = new TreeMap<>();
		ROW.matcher(page()).results().forEach((row) -> rows.put(row.group(1), row.group(2)));
		return rows;
	}

	private static String page() throws IOException {
		return Files.readString(Path.of("..", "docs", "properties.md"));
	}

	private static Map<String, JsonNode> metadata() throws IOException {
		Map<String, JsonNode> properties = new TreeMap<>();
		OurMetadata.of("properties").forEach((property) -> properties.put(property.get("name").asString(), property));
		return properties;
	}

}

package io.zinx.boot.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The metadata of our properties, of main code only: tests have properties of their own.
 */
final class OurMetadata {

	private static final String FILE = "META-INF/spring-configuration-metadata.json";

	private static final String OF_TESTS = ".*(/test-classes/|-tests\\.jar!).*";

	private static final String OURS = "(zinx|management\\.(endpoint|health|info)\\.zinx)\\..*";

	private OurMetadata() {
	}

	/**
	 * Read what is ours in a section.
	 * @param section {@code properties}, {@code groups} or {@code hints}
	 * @return in the order of the files
	 */
	static List<JsonNode> of(String section) throws IOException {
		List<JsonNode> ours = new ArrayList<>();
		for (URL url : Collections.list(ZinxProperties.class.getClassLoader().getResources(FILE))) {
			if (!url.toString().matches(OF_TESTS)) {
				try (InputStream in = url.openStream()) {
					for (JsonNode node : new JsonMapper().readTree(in).path(section)) {
						if (node.get("name").asString().matches(OURS)) {
							ours.add(node);
						}
					}
				}
			}
		}
		return ours;
	}

}

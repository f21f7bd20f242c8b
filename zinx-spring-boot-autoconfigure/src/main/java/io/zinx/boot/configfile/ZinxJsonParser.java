package io.zinx.boot.configfile;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.boot.origin.TextResourceOrigin.Location;
import org.springframework.core.io.Resource;

/**
 * Parses a {@code zinx.json}. The only class that needs Jackson.
 */
final class ZinxJsonParser {

	private final Resource resource;

	private final JsonParser parser;

	private ZinxJsonParser(Resource resource, JsonParser parser) {
		this.resource = resource;
		this.parser = parser;
	}

	/**
	 * Parse a file.
	 * @param resource the source of the text
	 * @param text the content of the file
	 * @return the members of its object in their order; those of nested objects are left
	 * out
	 * @throws ZinxJsonException if it is not one JSON object
	 */
	static List<ZinxJsonEntry> parse(Resource resource, String text) {
		try (JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), text)) {
			return new ZinxJsonParser(resource, parser).entries();
		}
		catch (JacksonException ex) {
			throw malformed(origin(resource, ex.getLocation()), ex.getOriginalMessage(), ex);
		}
	}

	private List<ZinxJsonEntry> entries() {
		require(this.parser.nextToken() == JsonToken.START_OBJECT, "It should be one JSON object: { … }");
		List<ZinxJsonEntry> entries = new ArrayList<>();
		while (this.parser.nextToken() == JsonToken.PROPERTY_NAME) {
			entries.add(entry(this.parser.currentName()));
		}
		require(this.parser.nextToken() == null, "There is content after the closing brace of the object");
		return entries;
	}

	private ZinxJsonEntry entry(String key) {
		JsonToken token = this.parser.nextToken();
		TokenStreamLocation location = this.parser.currentTokenLocation();
		boolean scalar = token.isScalarValue() && token != JsonToken.VALUE_NULL;
		String value = scalar ? this.parser.getString() : null;
		this.parser.skipChildren();
		return new ZinxJsonEntry(key, value, describe(token), location.getLineNr(), origin(this.resource, location));
	}

	private static String describe(JsonToken token) {
		return switch (token) {
			case START_OBJECT -> "an object";
			case START_ARRAY -> "an array";
			case VALUE_NULL -> "null";
			default -> "a value";
		};
	}

	private void require(boolean condition, String problem) {
		if (!condition) {
			throw malformed(origin(this.resource, this.parser.currentTokenLocation()), problem, null);
		}
	}

	private static Origin origin(Resource resource, @Nullable TokenStreamLocation location) {
		return new TextResourceOrigin(resource, (location != null)
				? new Location(location.getLineNr() - 1, Math.max(0, location.getColumnNr() - 1)) : null);
	}

	private static ZinxJsonException malformed(Origin origin, String problem, @Nullable Throwable cause) {
		return new ZinxJsonException("The Zinx configuration file is malformed at " + origin + ": " + problem + ".",
				"Correct the file at that line and column.", cause);
	}

}

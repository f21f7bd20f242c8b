package io.zinx.boot.configfile;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.util.ClassUtils;
import org.springframework.util.ResourceUtils;

/**
 * A configured {@code zinx.json}.
 *
 * @param location a path, relative to the working directory unless absolute, or a
 * resource location such as {@code classpath:zinx.json}
 * @param askedBy the property or variable that sets it, for messages
 */
record ZinxJsonFile(String location, String askedBy) {

	private static final String BYTE_ORDER_MARK = "\uFEFF";

	/**
	 * Read the file.
	 * @param classLoader finds resources and Jackson
	 * @return the entries of the file
	 * @throws ZinxJsonException if it cannot be read or is not one JSON object
	 */
	List<ZinxJsonEntry> read(ClassLoader classLoader) {
		Resource resource = resource(classLoader);
		if (!resource.exists()) {
			throw failure("does not exist: " + resource.getDescription(), "Correct the location, or remove it.", null);
		}
		requireJackson(classLoader);
		return ZinxJsonParser.parse(resource, text(resource));
	}

	private Resource resource(ClassLoader classLoader) {
		if (ResourceUtils.isUrl(this.location)) {
			return new DefaultResourceLoader(classLoader).getResource(this.location);
		}
		try {
			return new FileSystemResource(Path.of(this.location).toAbsolutePath().normalize());
		}
		catch (InvalidPathException ex) {
			throw failure("is not a valid path: " + ex.getReason(), "Correct the location, or remove it.", ex);
		}
	}

	private void requireJackson(ClassLoader classLoader) {
		if (!ClassUtils.isPresent("tools.jackson.core.json.JsonFactory", classLoader)) {
			throw failure("cannot be read without Jackson 3",
					"Add the dependency tools.jackson.core:jackson-core. Spring Boot manages its version.", null);
		}
	}

	private String text(Resource resource) {
		try (InputStream in = resource.getInputStream()) {
			String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(in.readAllBytes())).toString();
			return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
		}
		catch (CharacterCodingException ex) {
			throw failure("is not encoded in UTF-8: " + resource.getDescription(), "Save it in UTF-8.", ex);
		}
		catch (IOException ex) {
			throw failure("cannot be read: " + ex.getMessage(), "Correct the location, or make the file readable.", ex);
		}
	}

	private ZinxJsonException failure(String problem, String action, @Nullable Throwable cause) {
		return new ZinxJsonException(
				"The Zinx configuration file '" + this.location + "', set by " + this.askedBy + ", " + problem + ".",
				action, cause);
	}

}

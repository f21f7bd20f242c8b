package io.zinx.boot.payload.json;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.zinx.boot.handler.PayloadConverter;
import io.zinx.boot.handler.PayloadFormat;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.exc.InvalidDefinitionException;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.ResolvableType;

/**
 * Reads and writes JSON with the application's {@link JsonMapper}, which is looked up for
 * the first type.
 */
public final class JsonPayloadConverter implements PayloadConverter {

	private static final Logger logger = LoggerFactory.getLogger(JsonPayloadConverter.class);

	private final ObjectProvider<JsonMapper> mappers;

	/**
	 * Create a converter.
	 * @param mappers provides the application's mapper
	 */
	public JsonPayloadConverter(ObjectProvider<JsonMapper> mappers) {
		this.mappers = mappers;
	}

	@Override
	public PayloadFormat format() {
		return PayloadFormat.JSON;
	}

	@Override
	public Reader reader(ResolvableType type) {
		JsonMapper mapper = mapper();
		ObjectReader reader = mapper.readerFor(javaType(mapper, type));
		requireInstantiable(reader);
		return reader::readValue;
	}

	/**
	 * Read an empty object, which tells a type that no text can become, for example an
	 * interface, from one that this text is not good enough for.
	 */
	private static void requireInstantiable(ObjectReader reader) {
		try {
			reader.readValue("{}");
		}
		catch (InvalidDefinitionException ex) {
			throw new IllegalArgumentException(ex.getOriginalMessage(), ex);
		}
		catch (RuntimeException ex) {
			logger.trace("An empty object is no such payload", ex);
		}
	}

	/**
	 * Create a writer. The declared type matters for what it is generic in: the elements
	 * of a list, the content of a page. Everything else is written by the value's own
	 * type, so that no property of a subtype is lost.
	 */
	@Override
	public Writer writer(ResolvableType type) {
		JsonMapper mapper = mapper();
		JavaType declared = javaType(mapper, type);
		if (declared.isContainerType()) {
			return mapper.writerFor(declared)::writeValueAsBytes;
		}
		if (!declared.hasGenericTypes()) {
			return mapper.writer()::writeValueAsBytes;
		}
		Map<Class<?>, ObjectWriter> writers = new ConcurrentHashMap<>();
		return (value) -> writers.computeIfAbsent(value.getClass(), (actual) -> writer(mapper, declared, actual))
			.writeValueAsBytes(value);
	}

	private static ObjectWriter writer(JsonMapper mapper, JavaType declared, Class<?> actual) {
		try {
			return mapper.writerFor(mapper.getTypeFactory().constructSpecializedType(declared, actual));
		}
		catch (IllegalArgumentException ex) {
			return mapper.writer();
		}
	}

	private static JavaType javaType(JsonMapper mapper, ResolvableType type) {
		return mapper.constructType(type.getType());
	}

	private JsonMapper mapper() {
		@Nullable JsonMapper mapper;
		try {
			mapper = this.mappers.getIfAvailable();
		}
		catch (NoUniqueBeanDefinitionException ex) {
			throw new IllegalArgumentException("there are several beans of type " + JsonMapper.class.getName()
					+ ", and none of them is primary: " + ex.getBeanNamesFound(), ex);
		}
		if (mapper == null) {
			throw new IllegalArgumentException("there is no bean of type " + JsonMapper.class.getName());
		}
		return mapper;
	}

}

package io.zinx.boot.payload.protobuf;

import java.lang.reflect.Method;
import java.util.Objects;

import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import io.zinx.boot.handler.PayloadConverter;
import io.zinx.boot.handler.PayloadFormat;

import org.springframework.core.ResolvableType;
import org.springframework.util.ReflectionUtils;

/**
 * Reads and writes Protobuf messages, without extensions.
 */
public final class ProtobufPayloadConverter implements PayloadConverter {

	/**
	 * Create a converter.
	 */
	public ProtobufPayloadConverter() {
	}

	@Override
	public PayloadFormat format() {
		return PayloadFormat.PROTOBUF;
	}

	@Override
	public Reader reader(ResolvableType type) {
		Method factory = ReflectionUtils.findMethod(requireMessage(type), "getDefaultInstance");
		if (factory == null) {
			throw new IllegalArgumentException("it is not a single Protobuf message");
		}
		MessageLite message = (MessageLite) Objects.requireNonNull(ReflectionUtils.invokeMethod(factory, null));
		Parser<? extends MessageLite> parser = message.getParserForType();
		return parser::parseFrom;
	}

	@Override
	public Writer writer(ResolvableType type) {
		requireMessage(type);
		return (value) -> ((MessageLite) value).toByteArray();
	}

	private static Class<?> requireMessage(ResolvableType type) {
		if (!MessageLite.class.isAssignableFrom(type.toClass())) {
			throw new IllegalArgumentException("it is not a Protobuf message");
		}
		return type.toClass();
	}

}

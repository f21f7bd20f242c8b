package io.zinx.boot.payload;

import io.zinx.boot.handler.PayloadConverter;
import io.zinx.boot.handler.PayloadFormat;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.core.ResolvableType;

/**
 * A format together with its converter in this application. Any thread.
 *
 * @param format the format, not {@link PayloadFormat#DEFAULT}
 * @param converter reads and writes it; {@code null} for bytes, and if there is none
 * @param charset the charset of text
 */
public record ResolvedFormat(PayloadFormat format, @Nullable PayloadConverter converter, TextCharset charset) {

	/**
	 * Create a reader of a type.
	 * @param type the type
	 * @return the reader
	 * @throws IllegalArgumentException if it cannot be read
	 */
	public PayloadConverter.Reader reader(ResolvableType type) {
		return requireConverter().reader(type);
	}

	/**
	 * Create a writer of a type.
	 * @param type the type
	 * @return the writer
	 * @throws IllegalArgumentException if it cannot be written
	 */
	public PayloadConverter.Writer writer(ResolvableType type) {
		return requireConverter().writer(type);
	}

	private PayloadConverter requireConverter() {
		PayloadConverter converter = this.converter;
		if (converter == null) {
			throw new IllegalArgumentException((this.format == PayloadFormat.BYTES) ? "its format is bytes"
					: "its format is " + this.format + ", and there is no converter for that format on the class path");
		}
		return converter;
	}

	/**
	 * The advice for a type that cannot be read or written.
	 * @param failure what {@link #reader} or {@link #writer} has thrown
	 * @return sentences
	 */
	public String advice(IllegalArgumentException failure) {
		if (failure.getCause() instanceof NoUniqueBeanDefinitionException) {
			return "Annotate one of these beans with @Primary.";
		}
		return switch (this.format) {
			case JSON -> "Add the dependency org.springframework.boot:spring-boot-starter-jackson, or use String, "
					+ "byte[], ByteBuffer or ByteBuf, or another format: @ZinxRouter(payload = …) or zinx.payload.";
			case PROTOBUF -> "Add the dependency com.google.protobuf:protobuf-java, or use a class that was generated "
					+ "from a .proto file, or another format: @ZinxRouter(payload = …) or zinx.payload.";
			case STRING -> "Use String, or a type that the application's ConversionService converts from and to "
					+ "String, or another format: @ZinxRouter(payload = …) or zinx.payload.";
			default -> "Use byte[], ByteBuffer, ByteBuf or String, or another format: @ZinxRouter(payload = …) or "
					+ "zinx.payload.";
		};
	}

}

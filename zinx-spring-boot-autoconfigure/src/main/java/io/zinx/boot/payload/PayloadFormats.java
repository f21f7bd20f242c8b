package io.zinx.boot.payload;

import java.nio.charset.Charset;

import io.zinx.boot.handler.PayloadConverter;
import io.zinx.boot.handler.PayloadFormat;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.convert.support.DefaultConversionService;

/**
 * The formats of payloads that an application can read and write. Any thread.
 */
public final class PayloadFormats {

	private final PayloadFormat defaultFormat;

	private final TextCharset defaultCharset;

	private final ObjectProvider<PayloadConverter> converters;

	private final ConfigurableListableBeanFactory beanFactory;

	/**
	 * Create the formats of an application whose text is UTF-8. Looks up no bean yet.
	 * @param defaultFormat the format of payloads unless specified otherwise
	 * @param converters read and write formats
	 * @param beanFactory has the application's conversion service
	 * @throws InvalidConfigurationPropertyValueException if the default format is
	 * {@link PayloadFormat#DEFAULT}
	 */
	public PayloadFormats(PayloadFormat defaultFormat, ObjectProvider<PayloadConverter> converters,
			ConfigurableListableBeanFactory beanFactory) {
		this(new PayloadEncoding(defaultFormat, null), converters, beanFactory);
	}

	/**
	 * Create the formats of an application. Looks up no bean yet.
	 * @param defaults the format and charset of payloads unless specified otherwise;
	 * UTF-8 if there is no charset
	 * @param converters read and write formats
	 * @param beanFactory has the application's conversion service
	 * @throws InvalidConfigurationPropertyValueException if the default format is
	 * {@link PayloadFormat#DEFAULT}, or no text can be written in the charset
	 */
	public PayloadFormats(PayloadEncoding defaults, ObjectProvider<PayloadConverter> converters,
			ConfigurableListableBeanFactory beanFactory) {
		PayloadFormat defaultFormat = defaults.format();
		if (defaultFormat == PayloadFormat.DEFAULT) {
			throw new InvalidConfigurationPropertyValueException("zinx.payload", defaultFormat,
					"It should be json, protobuf, string or bytes.");
		}
		this.defaultFormat = defaultFormat;
		this.defaultCharset = charset(defaults.charset());
		this.converters = converters;
		this.beanFactory = beanFactory;
	}

	private static TextCharset charset(@Nullable Charset charset) {
		try {
			return (charset != null) ? TextCharset.of(charset) : TextCharset.UTF_8;
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidConfigurationPropertyValueException("zinx.payload-charset", charset,
					"It should be a charset that can be written.");
		}
	}

	/**
	 * Find the converter of a format.
	 * @param encoding the format and the charset
	 * @return the format and its converter
	 * @throws IllegalArgumentException if no text can be written in the charset
	 */
	public ResolvedFormat resolve(PayloadEncoding encoding) {
		PayloadFormat format = (encoding.format() == PayloadFormat.DEFAULT) ? this.defaultFormat : encoding.format();
		TextCharset charset = textCharset(encoding);
		return new ResolvedFormat(format, converter(format, charset), charset);
	}

	private TextCharset textCharset(PayloadEncoding encoding) {
		Charset charset = encoding.charset();
		return (charset != null) ? TextCharset.of(charset) : this.defaultCharset;
	}

	/**
	 * Create a writer of values whose types are not known in advance. Looks up no bean
	 * yet.
	 * @param encoding the format and the charset
	 * @return a new writer
	 * @throws IllegalArgumentException if no text can be written in the charset
	 */
	public PayloadWriter writer(PayloadEncoding encoding) {
		return new PayloadWriter(() -> resolve(encoding), textCharset(encoding));
	}

	private @Nullable PayloadConverter converter(PayloadFormat format, TextCharset charset) {
		return this.converters.orderedStream()
			.filter((converter) -> converter.format() == format)
			.findFirst()
			.orElseGet(() -> (format == PayloadFormat.STRING) ? textConverter(charset) : null);
	}

	private PayloadConverter textConverter(TextCharset charset) {
		ConversionService conversions = this.beanFactory.getConversionService();
		return new TextPayloadConverter(
				(conversions != null) ? conversions : DefaultConversionService.getSharedInstance(), charset);
	}

}

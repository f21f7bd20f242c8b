package io.zinx.boot.payload;

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

	private final ObjectProvider<PayloadConverter> converters;

	private final ConfigurableListableBeanFactory beanFactory;

	/**
	 * Create the formats of an application. Looks up no bean yet.
	 * @param defaultFormat the format of payloads unless specified otherwise
	 * @param converters read and write formats
	 * @param beanFactory has the application's conversion service
	 * @throws InvalidConfigurationPropertyValueException if the default format is
	 * {@link PayloadFormat#DEFAULT}
	 */
	public PayloadFormats(PayloadFormat defaultFormat, ObjectProvider<PayloadConverter> converters,
			ConfigurableListableBeanFactory beanFactory) {
		if (defaultFormat == PayloadFormat.DEFAULT) {
			throw new InvalidConfigurationPropertyValueException("zinx.payload", defaultFormat,
					"It should be json, protobuf, string or bytes.");
		}
		this.defaultFormat = defaultFormat;
		this.converters = converters;
		this.beanFactory = beanFactory;
	}

	/**
	 * Find the converter of a format.
	 * @param format the format, or {@link PayloadFormat#DEFAULT}
	 * @return the format and its converter
	 */
	public ResolvedFormat resolve(PayloadFormat format) {
		PayloadFormat actual = (format == PayloadFormat.DEFAULT) ? this.defaultFormat : format;
		return new ResolvedFormat(actual, converter(actual));
	}

	/**
	 * Create a writer of values whose types are not known in advance. Looks up no bean
	 * yet.
	 * @param format the format, or {@link PayloadFormat#DEFAULT}
	 * @return a new writer
	 */
	public PayloadWriter writer(PayloadFormat format) {
		return new PayloadWriter(() -> resolve(format));
	}

	private @Nullable PayloadConverter converter(PayloadFormat format) {
		return this.converters.orderedStream()
			.filter((converter) -> converter.format() == format)
			.findFirst()
			.orElseGet(() -> (format == PayloadFormat.STRING) ? textConverter() : null);
	}

	private PayloadConverter textConverter() {
		ConversionService conversions = this.beanFactory.getConversionService();
		return new TextPayloadConverter(
				(conversions != null) ? conversions : DefaultConversionService.getSharedInstance());
	}

}

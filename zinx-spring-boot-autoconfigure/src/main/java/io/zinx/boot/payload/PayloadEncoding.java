package io.zinx.boot.payload;

import java.nio.charset.Charset;

import io.zinx.boot.handler.PayloadFormat;
import org.jspecify.annotations.Nullable;

/**
 * The format and charset of payloads, as a user chooses them.
 *
 * @param format the format; {@link PayloadFormat#DEFAULT} for that of
 * {@code zinx.payload}
 * @param charset the charset of text; {@code null} for that of
 * {@code zinx.payload-charset}
 */
public record PayloadEncoding(PayloadFormat format, @Nullable Charset charset) {

	/** The format and the charset that properties set. */
	public static final PayloadEncoding DEFAULT = new PayloadEncoding(PayloadFormat.DEFAULT, null);

}

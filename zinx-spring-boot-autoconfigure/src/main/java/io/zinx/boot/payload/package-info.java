/**
 * Payloads between objects and the bodies of messages: {@code PlainPayload} lists what is
 * a body as it is, {@code PayloadFormats} finds what converts all else. Internal:
 * applications see {@link io.zinx.boot.handler.PayloadFormat} and
 * {@link io.zinx.boot.handler.PayloadConverter}.
 */
@NullMarked
package io.zinx.boot.payload;

import org.jspecify.annotations.NullMarked;

/**
 * Internal: the conversion between objects and the bodies of messages.
 * {@link io.zinx.boot.payload.PlainPayload} lists types that need no conversion,
 * {@link io.zinx.boot.payload.PayloadFormats} finds the converters of all others; may
 * change in any release.
 */
@NullMarked
package io.zinx.boot.payload;

import org.jspecify.annotations.NullMarked;

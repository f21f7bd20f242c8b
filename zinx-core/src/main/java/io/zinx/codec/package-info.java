/**
 * Bytes to frames and back: {@link io.zinx.codec.FrameCodec},
 * {@link io.zinx.codec.TlvCodec}, {@link io.zinx.codec.LtvCodec}.
 */
@NullMarked
package io.zinx.codec;

import org.jspecify.annotations.NullMarked;

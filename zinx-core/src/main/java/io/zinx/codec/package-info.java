/**
 * Wire formats: {@link io.zinx.codec.FrameCodec} and its implementations.
 * <ul>
 * <li>With message numbers: {@link io.zinx.codec.TlvCodec},
 * {@link io.zinx.codec.LtvCodec}, {@link io.zinx.codec.HtlvCrcCodec}.</li>
 * <li>Without: {@link io.zinx.codec.LengthFieldCodec},
 * {@link io.zinx.codec.DelimiterCodec}, {@link io.zinx.codec.FixedLengthCodec},
 * {@link io.zinx.codec.RawCodec}.</li>
 * <li>Around another one: {@link io.zinx.codec.MagicPrefixCodec},
 * {@link io.zinx.codec.FirstPacketCodec}.</li>
 * </ul>
 */
@NullMarked
package io.zinx.codec;

import org.jspecify.annotations.NullMarked;

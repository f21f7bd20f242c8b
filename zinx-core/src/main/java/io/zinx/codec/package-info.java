/**
 * The conversion between bytes and frames: {@link io.zinx.codec.FrameCodec} and its wire
 * formats.
 * <ul>
 * <li>With message numbers: {@link io.zinx.codec.TlvCodec},
 * {@link io.zinx.codec.LtvCodec}, {@link io.zinx.codec.HtlvCrcCodec}.</li>
 * <li>Without: {@link io.zinx.codec.LengthFieldCodec},
 * {@link io.zinx.codec.DelimiterCodec}, {@link io.zinx.codec.FixedLengthCodec},
 * {@link io.zinx.codec.RawCodec}.</li>
 * <li>Around another one: {@link io.zinx.codec.MagicPrefixCodec},
 * {@link io.zinx.codec.FirstPacketCodec}.</li>
 * </ul>
 * Users type all public types: the codecs above, {@link io.zinx.codec.LengthField}, and
 * for codecs of their own {@link io.zinx.codec.FrameDecoder}, {@link io.zinx.codec.Frame}
 * and the exceptions of frames, {@link io.zinx.codec.FrameException}.
 */
@NullMarked
package io.zinx.codec;

import org.jspecify.annotations.NullMarked;

package io.zinx.routing;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.zinx.codec.FrameCodec;
import io.zinx.message.Body;
import io.zinx.message.Copying;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request, in the buffer that was read from the socket. A superclass of the
 * request, because an object of its own would cost an allocation for each message.
 */
abstract class RequestBody implements Body {

	private final int bodyIndex;

	private final int bodyLength;

	private @Nullable ByteBuf buffer;

	RequestBody(ByteBuf buffer, int bodyIndex, int bodyLength) {
		this.buffer = buffer;
		this.bodyIndex = bodyIndex;
		this.bodyLength = bodyLength;
	}

	/**
	 * The length of the body.
	 * @return bytes, 0 or more
	 */
	@Override
	public int bodyLength() {
		return this.bodyLength;
	}

	/**
	 * The body.
	 * @return a new array at each call
	 * @throws IllegalStateException if the request was already handled
	 */
	public byte[] body() {
		byte[] body = new byte[this.bodyLength];
		buffer().getBytes(this.bodyIndex, body);
		return body;
	}

	/**
	 * The body as text in UTF-8.
	 * @return the text; bytes that are not UTF-8 become U+FFFD
	 * @throws IllegalStateException if the request was already handled
	 */
	public String bodyAsString() {
		return bodyAsString(StandardCharsets.UTF_8);
	}

	/**
	 * The body as text.
	 * @param charset its charset
	 * @return the text; bytes that are no text in the charset become U+FFFD
	 * @throws IllegalStateException if the request was already handled
	 */
	public String bodyAsString(Charset charset) {
		return buffer().toString(this.bodyIndex, this.bodyLength, charset);
	}

	/**
	 * The body without a copy: a read-only view that is valid while this request is
	 * handled; a later access throws an {@link IllegalStateException}. Releasing or
	 * retaining it has no effect.
	 * @return a view of the buffer that was read from the socket
	 * @throws IllegalStateException if the request was already handled
	 */
	public ByteBuf bodyBuffer() {
		return Unpooled.unreleasableBuffer(new BodyView(this, buffer(), this.bodyIndex, this.bodyLength).asReadOnly());
	}

	/**
	 * Write the body to another buffer.
	 * @param out the buffer to write to
	 * @throws IllegalStateException if the request was already handled
	 */
	@Override
	public void writeBody(ByteBuf out) {
		Copying.copy(buffer(), this.bodyIndex, this.bodyLength, out);
	}

	/**
	 * The frame around the body.
	 * @param codec the wire format in which it was received
	 * @return {@code null} if the buffer contains only a body
	 */
	final byte @Nullable [] frame(FrameCodec codec) {
		ByteBuf buffer = buffer();
		int start = codec.frameStart(this.bodyIndex);
		int end = codec.frameEnd(buffer, this.bodyIndex, this.bodyLength);
		return (start < 0 || end > buffer.capacity()) ? null : ByteBufUtil.getBytes(buffer, start, end - start);
	}

	ByteBuf buffer() {
		ByteBuf buffer = this.buffer;
		if (buffer == null) {
			throw new IllegalStateException(
					this + " was handled and its body released: call body() inside the router and keep the array");
		}
		return buffer;
	}

	/**
	 * Give up the buffer, which the caller releases now.
	 */
	void handled() {
		this.buffer = null;
	}

}

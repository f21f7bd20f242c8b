package io.zinx.routing;

import java.nio.ByteBuffer;
import java.util.Objects;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * A view of a request's body that ends with the handling of the request: whoever looks at
 * it later is told so, and does not see what came into that memory since.
 */
@SuppressWarnings("deprecation")
final class BodyView extends io.netty.buffer.SlicedByteBuf {

	private final @Nullable RequestBody request;

	BodyView(RequestBody request, ByteBuf buffer, int index, int length) {
		super(buffer, index, length);
		this.request = request;
	}

	/**
	 * A view of a part, which ends with the handling as the whole does. All other slices
	 * come from here, too.
	 */
	@Override
	public ByteBuf slice(int index, int length) {
		return new BodyView(request(), this, index, length);
	}

	@Override
	public ByteBuf duplicate() {
		return new BodyView(request(), this, 0, capacity()).setIndex(readerIndex(), writerIndex());
	}

	/**
	 * A copy: memory that was handed out could not be taken back.
	 */
	@Override
	public ByteBuffer nioBuffer(int index, int length) {
		byte[] copy = new byte[length];
		getBytes(index, copy);
		return ByteBuffer.wrap(copy);
	}

	@Override
	public ByteBuffer internalNioBuffer(int index, int length) {
		return nioBuffer(index, length);
	}

	@Override
	public int nioBufferCount() {
		return 1;
	}

	@Override
	public ByteBuffer[] nioBuffers(int index, int length) {
		return new ByteBuffer[] { nioBuffer(index, length) };
	}

	private RequestBody request() {
		RequestBody request = Objects.requireNonNull(this.request);
		request.buffer();
		return request;
	}

	/**
	 * What this is a view of. The constructors above call it before there is a request.
	 */
	@Override
	public ByteBuf unwrap() {
		if (this.request != null) {
			this.request.buffer();
		}
		return super.unwrap();
	}

}

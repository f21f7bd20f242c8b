package io.zinx.routing;

import java.nio.ByteBuffer;
import java.util.Objects;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * A read-only view of a request's body that is valid only while the request is handled: a
 * later access throws, and does not read memory that is used for something else by then.
 */
@SuppressWarnings("deprecation")
final class BodyView extends io.netty.buffer.SlicedByteBuf {

	private final @Nullable RequestBody request;

	BodyView(RequestBody request, ByteBuf buffer, int index, int length) {
		super(buffer, index, length);
		this.request = request;
	}

	/**
	 * Create a view of a part, which is valid as long as this one. All other slices are
	 * made by this method, too.
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
	 * Return a copy, because memory that was handed out could not be revoked.
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
	 * The buffer behind this view. The constructors of the superclass call it before the
	 * request is set.
	 */
	@Override
	public ByteBuf unwrap() {
		if (this.request != null) {
			this.request.buffer();
		}
		return super.unwrap();
	}

}

package io.zinx.routing;

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

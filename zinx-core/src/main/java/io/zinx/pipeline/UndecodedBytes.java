package io.zinx.pipeline;

import io.netty.buffer.ByteBuf;
import io.zinx.codec.FrameDecoder;
import io.zinx.inbound.KeptBytes;

/**
 * The received bytes that a {@link FrameCutter} has not decoded yet. Event loop only.
 */
final class UndecodedBytes extends KeptBytes {

	private final HeldMemory holder;

	ByteBuf buffer;

	/**
	 * The number of bytes that the frame misses, as its {@link FrameDecoder} returned it.
	 */
	int missing;

	UndecodedBytes(HeldMemory holder, ByteBuf buffer, int missing) {
		this.holder = holder;
		this.buffer = buffer;
		this.missing = missing;
	}

	@Override
	protected void full() {
		this.holder.inboundFull();
	}

}

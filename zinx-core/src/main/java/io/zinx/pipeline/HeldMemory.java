package io.zinx.pipeline;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.zinx.connection.ChannelConnection;
import io.zinx.inbound.InboundShare;
import org.jspecify.annotations.Nullable;

/**
 * The memory that one connection holds for received messages that are not handled,
 * counted in the budget of all connections. Event loop only, except for
 * {@link #givenBack}.
 * <p>
 * A superclass of {@link FrameCutter}, so that a connection has one object for both.
 */
abstract class HeldMemory extends ChannelInboundHandlerAdapter {

	final ChannelConnection connection;

	final CutterContext context;

	/**
	 * The bytes that are not decoded: an incomplete frame, or frames that the sink does
	 * not accept yet.
	 */
	@Nullable UndecodedBytes rest;

	/** {@code null} while the link holds no bytes. */
	private @Nullable LinkBytes linkBytes;

	/** The sum of all memory passed to the lane; overflows and begins again. */
	private int handed;

	HeldMemory(CutterContext context, ChannelConnection connection) {
		this.context = context;
		this.connection = connection;
	}

	@Override
	public final boolean isSharable() {
		return false;
	}

	@Override
	public final void handlerAdded(ChannelHandlerContext ctx) {
		inbound().opened();
	}

	@Override
	public final void handlerRemoved(ChannelHandlerContext ctx) {
		linkHolds(0);
		inbound().closed();
	}

	/**
	 * The incomplete frame takes memory that others need, and is the oldest one: end the
	 * connection.
	 */
	abstract void inboundFull();

	/**
	 * True if there are bytes that are not decoded.
	 */
	final boolean hasRest() {
		return this.rest != null;
	}

	/**
	 * The number of bytes that are not decoded.
	 */
	final int restLength() {
		return (this.rest != null) ? this.rest.buffer.readableBytes() : 0;
	}

	/**
	 * The memory that holds the bytes that are not decoded.
	 */
	final int restCapacity() {
		return (this.rest != null) ? this.rest.buffer.capacity() : 0;
	}

	/**
	 * The memory that holds the bytes that are not decoded, as counted in the budget.
	 */
	final int kept() {
		return (this.rest != null) ? this.rest.bytes() : 0;
	}

	/**
	 * The sum of all memory passed to the lane.
	 * @return bytes; overflows and begins again
	 */
	final int handed() {
		return this.handed;
	}

	/**
	 * The lane holds more memory for waiting messages.
	 * @param bytes the increase, 0 or more
	 */
	public final void held(int bytes) {
		this.handed += bytes;
		inbound().handed(bytes);
	}

	/**
	 * The lane has released memory. Any thread.
	 * @param bytes the decrease, 0 or more
	 */
	public final void givenBack(int bytes) {
		inbound().givenBack(bytes);
	}

	/**
	 * The link holds bytes whose rest is awaited.
	 * @param bytes their number, 0 or more
	 */
	public final void linkHolds(int bytes) {
		if (bytes == 0) {
			if (this.linkBytes != null) {
				inbound().forget(this.linkBytes);
				this.linkBytes = null;
			}
			return;
		}
		if (this.linkBytes == null) {
			this.linkBytes = new LinkBytes(this);
		}
		inbound().keep(this.linkBytes, bytes, true, this.connection.lastActiveNanos());
	}

	final InboundShare inbound() {
		return this.context.inbound();
	}

	final ByteBufAllocator alloc() {
		return this.connection.channel().alloc();
	}

	/**
	 * Copy an incomplete frame out of a buffer; {@link Cumulation#moved}.
	 */
	final ByteBuf moved(ByteBuf buffer, int missing) {
		return Cumulation.moved(alloc(), buffer, this.context.mayMiss(missing, buffer.readableBytes(), 0));
	}

	/**
	 * Keep bytes until the next read. Of a shared buffer, only the bytes count.
	 * @param bytes the bytes
	 * @param begun whether they are an incomplete frame
	 */
	final void keep(UndecodedBytes bytes, boolean begun) {
		ByteBuf buffer = bytes.buffer;
		int memory = (buffer.refCnt() == 1) ? buffer.capacity() : buffer.readableBytes();
		inbound().keep(bytes, memory, begun, this.connection.lastActiveNanos());
		this.rest = bytes;
	}

	final void releaseRest() {
		UndecodedBytes forgotten = this.rest;
		this.rest = null;
		if (forgotten != null) {
			release(forgotten);
		}
	}

	final void release(UndecodedBytes bytes) {
		inbound().forget(bytes);
		bytes.buffer.release();
	}

}

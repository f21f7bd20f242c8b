package io.zinx.pipeline;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.zinx.connection.ChannelConnection;
import io.zinx.inbound.InboundShare;
import org.jspecify.annotations.Nullable;

/**
 * The memory that one connection holds for what was received and is not handled, counted
 * in the budget of all. Event loop only, but for {@link #givenBack}.
 * <p>
 * It is what a {@link FrameCutter} inherits, so that a connection has one object for
 * both.
 */
abstract class HeldMemory extends ChannelInboundHandlerAdapter {

	final ChannelConnection connection;

	final CutterContext context;

	/** Bytes not yet cut: part of a frame, or frames that there is no room for. */
	@Nullable Remains rest;

	/** All the memory that the lane was ever handed; begins again when it overflows. */
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
		inbound().closed();
	}

	/**
	 * The begun frame takes memory that others need, and was begun before theirs: end the
	 * connection.
	 */
	abstract void inboundFull();

	/**
	 * Whether bytes wait that are not cut.
	 */
	final boolean hasRest() {
		return this.rest != null;
	}

	/**
	 * The bytes that wait and are not cut.
	 */
	final int restLength() {
		return (this.rest != null) ? this.rest.buffer.readableBytes() : 0;
	}

	/**
	 * The bytes of memory that are held for bytes not yet cut.
	 */
	final int restCapacity() {
		return (this.rest != null) ? this.rest.buffer.capacity() : 0;
	}

	/**
	 * The same, as they are counted.
	 */
	final int kept() {
		return (this.rest != null) ? this.rest.bytes() : 0;
	}

	/**
	 * All the memory that the lane was ever handed.
	 * @return bytes, a number that begins again when it overflows
	 */
	final int handed() {
		return this.handed;
	}

	/**
	 * The lane holds memory for messages that wait.
	 * @param bytes how much more than before, 0 or more
	 */
	public final void held(int bytes) {
		this.handed += bytes;
		inbound().handed(bytes);
	}

	/**
	 * The lane holds memory no longer. Any thread.
	 * @param bytes how much, 0 or more
	 */
	public final void givenBack(int bytes) {
		inbound().givenBack(bytes);
	}

	final InboundShare inbound() {
		return this.context.inbound();
	}

	final ByteBufAllocator alloc() {
		return this.connection.channel().alloc();
	}

	/**
	 * Move a begun frame out of a buffer; {@link Cumulation#moved}.
	 */
	final ByteBuf moved(ByteBuf buffer, int missing) {
		return Cumulation.moved(alloc(), buffer, this.context.mayMiss(missing, buffer.readableBytes(), 0));
	}

	/**
	 * Keep bytes until the next read. Of memory that others hold, too, only the bytes
	 * count.
	 * @param remains the bytes
	 * @param begun whether they are part of a frame whose rest has not come
	 */
	final void keep(Remains remains, boolean begun) {
		ByteBuf buffer = remains.buffer;
		int memory = (buffer.refCnt() == 1) ? buffer.capacity() : buffer.readableBytes();
		inbound().keep(remains, memory, begun, this.connection.lastActiveNanos());
		this.rest = remains;
	}

	final void releaseRest() {
		Remains forgotten = this.rest;
		this.rest = null;
		if (forgotten != null) {
			release(forgotten);
		}
	}

	final void release(Remains remains) {
		inbound().forget(remains);
		remains.buffer.release();
	}

}

package io.zinx.pipeline;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.zinx.codec.Frame;
import io.zinx.codec.FrameDecoder;
import io.zinx.codec.FrameException;
import io.zinx.connection.ChannelConnection;
import io.zinx.connection.CloseReason;
import io.zinx.lane.FrameSink;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cuts the frames of one connection out of the buffers that were read, all that are whole
 * in one loop, and hands them to a {@link FrameSink}. Event loop only.
 * <p>
 * Frames are cut out of the very buffer that was read; only a frame that spans two reads
 * is gathered in a buffer of its own. Bytes that the sink has no room for stay uncut.
 * <p>
 * It is what a {@link FrameReader} inherits, so that a connection has one object for
 * both.
 */
abstract class FrameCutter extends ChannelInboundHandlerAdapter {

	private static final Logger logger = LoggerFactory.getLogger(FrameCutter.class);

	final ChannelConnection connection;

	private final CutterContext context;

	private final FrameDecoder decoder;

	private CutState state = CutState.CUTTING;

	/** Bytes not yet cut: part of a frame, or frames that there is no room for. */
	private @Nullable ByteBuf rest;

	/** The bytes the frame in {@link #rest} misses, if the decoder can say. */
	private int missing;

	/**
	 * Make a cutter.
	 * @param context what it shares with the others of its event loop
	 * @param connection counts what is cut
	 */
	FrameCutter(CutterContext context, ChannelConnection connection) {
		this.context = context;
		this.connection = connection;
		this.decoder = context.codec().newDecoder(context.maxPacketSize());
	}

	@Override
	public final boolean isSharable() {
		return false;
	}

	/**
	 * Where the frames go. It is asked before each batch.
	 */
	abstract FrameSink sink();

	/**
	 * Nothing more can be cut: the peer sent bytes that are no frame, or the codec
	 * failed. What was cut before goes to the sink as ever.
	 * @param reason which of the two
	 */
	abstract void corrupt(CloseReason reason);

	/**
	 * Whether the sink has no room.
	 */
	boolean isFull() {
		return this.state == CutState.FULL;
	}

	/**
	 * Whether part of a frame waits for its rest.
	 */
	boolean isPartial() {
		return this.rest != null && !isFull();
	}

	/**
	 * Whether bytes wait that are not cut.
	 */
	boolean hasRest() {
		return this.rest != null;
	}

	/**
	 * The bytes of memory that are held for bytes not yet cut.
	 */
	int restCapacity() {
		return (this.rest != null) ? this.rest.capacity() : 0;
	}

	/**
	 * Cut the frames in a buffer, behind the rest of the one before. If that fails, for
	 * lack of memory above all, bytes are lost and nothing more can be cut.
	 * @param in the buffer; given away
	 */
	void cut(ByteBuf in) {
		try {
			takeOver(in);
		}
		catch (Throwable ex) {
			this.state = CutState.CORRUPT;
			releaseRest();
			if (in.refCnt() > 0) {
				in.release();
			}
			throw ex;
		}
	}

	/**
	 * Cut the bytes that wait, after the sink had no room for them.
	 * @return whether there were any
	 */
	boolean cutRest() {
		this.state = CutState.CUTTING;
		ByteBuf waiting = this.rest;
		this.rest = null;
		if (waiting == null) {
			return false;
		}
		cut(waiting);
		return true;
	}

	/**
	 * Forget the bytes that wait.
	 */
	void drop() {
		if (isFull()) {
			this.state = CutState.CUTTING;
		}
		releaseRest();
	}

	void releaseRest() {
		if (this.rest != null) {
			this.rest.release();
			this.rest = null;
		}
	}

	private void takeOver(ByteBuf in) {
		ByteBuf begun = this.rest;
		this.rest = null;
		try {
			while (begun != null && in.isReadable() && isCutting()) {
				begun = complete(begun, in);
			}
			if (begun != null) {
				keep(in.isReadable() ? Cumulation.joined(alloc(), begun, in) : begun);
				in.release();
				return;
			}
		}
		catch (Throwable ex) {
			if (begun != null) {
				begun.release();
			}
			throw ex;
		}
		cutAll(in);
		if (!in.isReadable()) {
			in.release();
			return;
		}
		keep(isCutting() ? moved(in) : in);
	}

	private boolean isCutting() {
		return this.state == CutState.CUTTING;
	}

	private void keep(ByteBuf buffer) {
		if (this.state == CutState.CORRUPT) {
			buffer.release();
			return;
		}
		this.rest = buffer;
	}

	/**
	 * Add to a begun frame the bytes that it misses, not more, and cut it if it is whole.
	 * @param begun the begun frame
	 * @param in the bytes that were read
	 * @return the rest of the begun frame, or {@code null}
	 */
	private @Nullable ByteBuf complete(ByteBuf begun, ByteBuf in) {
		int length = (this.missing > 0) ? Math.min(this.missing, in.readableBytes()) : in.readableBytes();
		Cumulation.append(begun, in, length, mayMiss(begun.readableBytes(), length));
		if (this.missing > length) {
			this.missing -= length;
			return begun;
		}
		int before = begun.readerIndex();
		cutAll(begun);
		if (!begun.isReadable()) {
			begun.release();
			return null;
		}
		return (begun.readerIndex() != before && isCutting()) ? moved(begun) : begun;
	}

	private ByteBufAllocator alloc() {
		return this.connection.channel().alloc();
	}

	private ByteBuf moved(ByteBuf buffer) {
		return Cumulation.moved(alloc(), buffer, mayMiss(buffer.readableBytes(), 0));
	}

	/**
	 * The most that a begun frame misses when bytes were added to it: what it has
	 * declared, or what the largest would.
	 * @param there how many bytes of it are there
	 * @param added how many are added
	 */
	private int mayMiss(int there, int added) {
		int expected = (this.missing > 0) ? this.missing : this.context.largestFrame() - there;
		return Math.max(0, expected - added);
	}

	/**
	 * Cut as many frames as are whole and as the sink has room for.
	 * @param in the bytes
	 */
	private void cutAll(ByteBuf in) {
		this.missing = FrameDecoder.COMPLETE;
		while (in.isReadable() && this.missing == FrameDecoder.COMPLETE && isCutting()) {
			FrameSink sink = sink();
			int room = sink.open(in, in.readableBytes() / this.context.smallestFrame() + 1);
			if (room == 0) {
				this.state = CutState.FULL;
				return;
			}
			cutBatch(in, sink, room);
		}
	}

	private void cutBatch(ByteBuf in, FrameSink sink, int room) {
		Frame frame = this.context.frame();
		int count = 0;
		frame.set(0, 0, 0);
		try {
			for (boolean more = true; more && count < room && in.isReadable() && decode(in, frame);) {
				count++;
				more = sink.frame(frame.msgId(), frame.bodyIndex(), frame.bodyLength());
			}
		}
		finally {
			this.connection.countMessages(count, frame.takeSkipped());
			sink.close();
		}
	}

	private boolean decode(ByteBuf in, Frame frame) {
		int before = in.readerIndex();
		try {
			this.missing = this.decoder.decode(in, frame);
			if (this.missing != FrameDecoder.COMPLETE) {
				return false;
			}
			if (in.readerIndex() == before) {
				throw new IllegalStateException("The decoder returned a frame of no bytes");
			}
			this.connection.countFrame(frame, in.readerIndex() - before);
			return true;
		}
		catch (FrameException ex) {
			this.state = CutState.CORRUPT;
			boolean first = this.connection.messagesIn() == 0 && frame.bodyIndex() == 0;
			corrupt(FrameFault.report(this.connection, this.context.codec(), ex, first));
		}
		catch (Throwable ex) {
			this.state = CutState.CORRUPT;
			logger.error("The codec failed on what {} sent", this.connection, ex);
			corrupt(CloseReason.INTERNAL_ERROR);
		}
		return false;
	}

}

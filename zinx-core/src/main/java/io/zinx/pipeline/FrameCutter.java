package io.zinx.pipeline;

import io.netty.buffer.ByteBuf;
import io.zinx.codec.Frame;
import io.zinx.codec.FrameDecoder;
import io.zinx.codec.FrameException;
import io.zinx.connection.ChannelConnection;
import io.zinx.connection.CloseReason;
import io.zinx.diagnostics.EscapedException;
import io.zinx.lane.FrameSink;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The decoding of one connection's frames: splits the buffers that were read into frames,
 * all complete ones in one loop, and passes them to a {@link FrameSink}. Event loop only.
 * <p>
 * Frames stay in the buffer that was read; only a frame that spans several reads is
 * copied to a buffer of its own. Bytes for which the sink accepts no frame are kept.
 * <p>
 * A superclass of {@link FrameReader}, so that a connection has one object for both.
 */
abstract class FrameCutter extends HeldMemory {

	private static final Logger logger = LoggerFactory.getLogger(FrameCutter.class);

	private final FrameDecoder decoder;

	private CutState state = CutState.CUTTING;

	/**
	 * Create the decoding of a connection.
	 * @param context the objects that its event loop shares
	 * @param connection counts the frames
	 */
	FrameCutter(CutterContext context, ChannelConnection connection) {
		super(context, connection);
		this.decoder = context.codec().newDecoder(context.maxPacketSize());
	}

	/**
	 * The sink of the frames. Called before each batch.
	 */
	abstract FrameSink sink();

	/**
	 * Nothing more can be decoded: the peer sent an invalid frame, or the codec failed.
	 * Frames decoded before are passed to the sink as usual.
	 * @param reason the reason of the end
	 */
	abstract void corrupt(CloseReason reason);

	/**
	 * True if the sink accepts no frames.
	 */
	boolean isFull() {
		return this.state == CutState.FULL;
	}

	/**
	 * True if there is an incomplete frame.
	 */
	boolean isPartial() {
		return this.rest != null && !isFull();
	}

	/**
	 * Decode the frames in a buffer, after the rest of the one before. If that fails,
	 * mainly for lack of memory, bytes are lost and nothing more can be decoded.
	 * @param in the buffer; ownership is passed
	 */
	void cut(ByteBuf in) {
		ByteBuf taken = in;
		try {
			taken = Cumulation.fitted(alloc(), in);
			takeOver(taken);
		}
		catch (Throwable ex) {
			this.state = CutState.CORRUPT;
			releaseRest();
			if (taken.refCnt() > 0) {
				taken.release();
			}
			throw ex;
		}
	}

	/**
	 * Decode the waiting bytes, when the sink accepts frames again.
	 * @return whether there were any
	 */
	boolean cutRest() {
		this.state = CutState.CUTTING;
		UndecodedBytes waiting = this.rest;
		this.rest = null;
		if (waiting == null) {
			return false;
		}
		inbound().forget(waiting);
		cut(waiting.buffer);
		return true;
	}

	/**
	 * Discard the waiting bytes.
	 */
	void drop() {
		if (isFull()) {
			this.state = CutState.CUTTING;
		}
		releaseRest();
	}

	private void takeOver(ByteBuf in) {
		UndecodedBytes begun = this.rest;
		this.rest = null;
		try {
			while (begun != null && in.isReadable() && isCutting()) {
				begun = complete(begun, in);
			}
			if (begun != null) {
				if (in.isReadable()) {
					begun.buffer = Cumulation.joined(alloc(), begun.buffer, in);
				}
				keep(begun);
				in.release();
				return;
			}
		}
		catch (Throwable ex) {
			if (begun != null) {
				release(begun);
			}
			throw ex;
		}
		int missing = cutAll(in);
		if (!in.isReadable() || this.state == CutState.CORRUPT) {
			in.release();
			return;
		}
		ByteBuf left = isCutting() ? moved(in, missing) : Cumulation.copiedOut(alloc(), in);
		keep(new UndecodedBytes(this, left, missing));
	}

	private boolean isCutting() {
		return this.state == CutState.CUTTING;
	}

	private void keep(UndecodedBytes bytes) {
		if (this.state == CutState.CORRUPT) {
			release(bytes);
			return;
		}
		keep(bytes, isCutting());
	}

	/**
	 * Add to an incomplete frame only its missing bytes, and decode it once complete.
	 * @return the frame if it is still incomplete, or {@code null}
	 */
	private @Nullable UndecodedBytes complete(UndecodedBytes begun, ByteBuf in) {
		ByteBuf buffer = begun.buffer;
		int length = (begun.missing > 0) ? Math.min(begun.missing, in.readableBytes()) : in.readableBytes();
		Cumulation.append(buffer, in, length, this.context.mayMiss(begun.missing, buffer.readableBytes(), length));
		if (begun.missing > length) {
			begun.missing -= length;
			return begun;
		}
		int before = buffer.readerIndex();
		begun.missing = cutAll(buffer);
		if (!buffer.isReadable()) {
			release(begun);
			return null;
		}
		if (buffer.readerIndex() == before || !isCutting()) {
			return begun;
		}
		inbound().forget(begun);
		begun.buffer = moved(buffer, begun.missing);
		return begun;
	}

	/**
	 * Decode all complete frames, as many as the sink accepts.
	 * @return the last result of the decoder
	 */
	private int cutAll(ByteBuf in) {
		int missing = FrameDecoder.COMPLETE;
		while (in.isReadable() && missing == FrameDecoder.COMPLETE && isCutting()) {
			FrameSink sink = sink();
			int room = sink.open(in, in.readableBytes() / this.context.smallestFrame() + 1);
			if (room == 0) {
				this.state = CutState.FULL;
				return missing;
			}
			missing = cutBatch(in, sink, room);
		}
		return missing;
	}

	private int cutBatch(ByteBuf in, FrameSink sink, int room) {
		Frame frame = this.context.frame();
		int count = 0;
		int missing = FrameDecoder.COMPLETE;
		frame.set(0, 0, 0);
		try {
			for (boolean more = true; more && count < room && in.isReadable();) {
				missing = decode(in, frame);
				if (missing != FrameDecoder.COMPLETE) {
					break;
				}
				count++;
				more = sink.frame(frame.msgId(), frame.bodyIndex(), frame.bodyLength());
			}
		}
		finally {
			this.connection.countMessages(count, frame.takeSkipped());
			sink.close();
		}
		return missing;
	}

	private int decode(ByteBuf in, Frame frame) {
		int before = in.readerIndex();
		try {
			int missing = this.decoder.decode(in, frame);
			if (missing != FrameDecoder.COMPLETE) {
				return missing;
			}
			if (in.readerIndex() == before) {
				throw new IllegalStateException("The decoder returned a frame without reading a byte");
			}
			this.connection.countFrame(frame, in.readerIndex() - before);
			return missing;
		}
		catch (FrameException ex) {
			this.state = CutState.CORRUPT;
			boolean first = this.connection.messagesIn() == 0 && frame.bodyIndex() == 0;
			corrupt(this.context.faults().report(this.connection, ex, in, before, first));
		}
		catch (Throwable ex) {
			this.state = CutState.CORRUPT;
			logger.error("{} is closed: the codec failed unexpectedly", this.connection, EscapedException.of(ex));
			corrupt(CloseReason.INTERNAL_ERROR);
		}
		return FrameDecoder.MORE;
	}

}

package io.zinx.pipeline;

import java.io.IOException;
import java.time.Duration;
import java.util.function.UnaryOperator;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.zinx.codec.Frame;
import io.zinx.codec.FrameCodec;
import io.zinx.codec.FrameDecoder;
import io.zinx.codec.FrameException;
import io.zinx.connection.ChannelConnection;
import io.zinx.connection.CloseReason;
import io.zinx.connection.Departure;
import io.zinx.connection.Flow;
import io.zinx.dispatch.Lane;
import io.zinx.dispatch.Reader;
import io.zinx.heartbeat.Intake;
import io.zinx.heartbeat.Pulse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one connection: cuts all frames out of what was read in one loop and hands them
 * to the connection's lane. Event loop only.
 * <p>
 * Frames are cut out of the very buffer that was read; only a frame that spans two reads
 * is gathered in a buffer of its own. What the lane has no room for stays undecoded, and
 * reading pauses until there is room.
 */
final class FrameReader extends ChannelInboundHandlerAdapter implements Flow, Reader {

	private static final Logger logger = LoggerFactory.getLogger(FrameReader.class);

	private final Channel channel;

	private final ChannelConnection connection;

	private final FrameDecoder decoder;

	private final int smallestFrame;

	/** Shared by all connections of an event loop, which cuts one frame at a time. */
	private final Frame frame;

	private Lane lane;

	private final Pulse pulse;

	/**
	 * What was read and is not yet cut: part of a frame, or what there is no room for.
	 */
	private @Nullable ByteBuf rest;

	/** How many bytes the frame in {@link #rest} misses, if the decoder can say. */
	private int missing;

	private boolean begun;

	private boolean congested;

	private boolean full;

	private boolean stopped;

	private boolean draining;

	/** What was read cannot be cut any further. */
	private boolean corrupt;

	private @Nullable CloseReason ending;

	private boolean endTold;

	private boolean socketClosed;

	private boolean socketClosedTold;

	FrameReader(Channel channel, ChannelConnection connection, FrameCodec codec, int maxPacketSize, Frame frame,
			LaneFactory lanes, Pulse pulse) {
		this.channel = channel;
		this.connection = connection;
		this.frame = frame;
		this.decoder = codec.newDecoder(maxPacketSize);
		this.smallestFrame = Math.max(1, codec.headLength() + codec.minBodyLength() + codec.tailLength());
		this.pulse = pulse;
		this.lane = lanes.newLane(connection, channel.eventLoop(), this);
	}

	@Override
	public boolean isSharable() {
		return false;
	}

	@Override
	public void channelActive(ChannelHandlerContext ctx) {
		this.lane.start();
	}

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object msg) {
		ByteBuf in = (ByteBuf) msg;
		this.connection.received(in.readableBytes());
		if (this.ending != null || this.socketClosed || this.connection.dropsWaiting()) {
			in.release();
			return;
		}
		take(in);
		finish();
	}

	@Override
	public void channelReadComplete(ChannelHandlerContext ctx) {
		this.lane.readComplete();
	}

	@Override
	public void channelWritabilityChanged(ChannelHandlerContext ctx) {
		this.connection.flush();
	}

	@Override
	public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
		if (event instanceof ChannelInputShutdownEvent) {
			inputEnded();
		}
		ctx.fireUserEventTriggered(event);
	}

	private void inputEnded() {
		if (this.draining) {
			this.channel.close();
			return;
		}
		this.stopped = true;
		this.ending = (this.ending != null) ? this.ending : CloseReason.PEER_CLOSED;
		finish();
		if (this.channel.isOpen()) {
			updateReading();
		}
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
		if (cause instanceof IOException) {
			this.connection.broken(cause);
			return;
		}
		failed(cause);
	}

	private void failed(Throwable cause) {
		logger.error("{} is closed because of a defect in its pipeline", this.connection, cause);
		this.connection.close(CloseReason.INTERNAL_ERROR);
	}

	@Override
	public void channelInactive(ChannelHandlerContext ctx) {
		this.socketClosed = true;
		this.connection.socketClosed();
		this.pulse.end();
		if (this.connection.dropsWaiting()) {
			drop();
		}
		finish();
	}

	/**
	 * Cut frames out of what was read, behind what is left of the read before. If that
	 * fails, for lack of memory above all, bytes are lost and nothing more can be cut.
	 * @param in what was read; given away
	 */
	private void take(ByteBuf in) {
		boolean partial = isPartial();
		long messages = this.connection.messagesIn();
		try {
			takeOver(in);
		}
		catch (Throwable ex) {
			this.corrupt = true;
			releaseRest();
			if (in.refCnt() > 0) {
				in.release();
			}
			failed(ex);
		}
		this.connection.backlogged(this.full && this.rest != null);
		if (isPartial() && (!partial || this.connection.messagesIn() != messages)) {
			this.pulse.frameBegun();
		}
		else if (partial && !isPartial()) {
			this.pulse.frameEnded();
		}
	}

	private boolean isPartial() {
		return this.rest != null && !this.full;
	}

	private void takeOver(ByteBuf in) {
		ByteBuf begun = this.rest;
		this.rest = null;
		try {
			while (begun != null && in.isReadable() && !isHeld()) {
				begun = complete(begun, in);
			}
			if (begun != null) {
				keep(in.isReadable() ? BegunFrames.joined(this.channel.alloc(), begun, in) : begun);
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
		cut(in);
		if (!in.isReadable()) {
			in.release();
			return;
		}
		keep(isHeld() ? in : moved(in));
	}

	private boolean isHeld() {
		return this.full || this.corrupt;
	}

	private void keep(ByteBuf buffer) {
		if (this.corrupt) {
			buffer.release();
			return;
		}
		this.rest = buffer;
	}

	/**
	 * Add to a begun frame what it misses, not more, and cut it if it is whole.
	 * @param begun the begun frame
	 * @param in what was read
	 * @return what is left of the begun frame, or {@code null}
	 */
	private @Nullable ByteBuf complete(ByteBuf begun, ByteBuf in) {
		int length = (this.missing > 0) ? Math.min(this.missing, in.readableBytes()) : in.readableBytes();
		BegunFrames.append(begun, in, length);
		if (this.missing > length) {
			this.missing -= length;
			return begun;
		}
		int before = begun.readerIndex();
		cut(begun);
		if (!begun.isReadable()) {
			begun.release();
			return null;
		}
		return (begun.readerIndex() != before && !isHeld()) ? moved(begun) : begun;
	}

	private ByteBuf moved(ByteBuf buffer) {
		return BegunFrames.moved(this.channel.alloc(), buffer, this.missing);
	}

	/**
	 * Cut as many frames as are whole and as the lane has room for.
	 * @param in the bytes
	 */
	private void cut(ByteBuf in) {
		this.missing = FrameDecoder.COMPLETE;
		while (in.isReadable() && this.missing == FrameDecoder.COMPLETE && !isHeld()) {
			int room = this.lane.open(in, in.readableBytes() / this.smallestFrame + 1);
			if (room == 0) {
				this.full = true;
				updateReading();
				return;
			}
			int count = 0;
			this.frame.set(0, 0, 0);
			try {
				for (boolean more = true; more && count < room && in.isReadable() && decode(in);) {
					count++;
					more = this.lane.frame(this.frame.msgId(), this.frame.bodyIndex(), this.frame.bodyLength());
				}
			}
			finally {
				this.connection.countMessages(count, this.frame.takeSkipped());
				this.lane.close();
			}
		}
	}

	private boolean decode(ByteBuf in) {
		int before = in.readerIndex();
		try {
			this.missing = this.decoder.decode(in, this.frame);
			if (this.missing != FrameDecoder.COMPLETE) {
				return false;
			}
			if (in.readerIndex() == before) {
				throw new IllegalStateException("The decoder returned a frame of no bytes");
			}
			this.connection.countFrame(this.frame, in.readerIndex() - before);
			return true;
		}
		catch (FrameException ex) {
			boolean first = this.connection.messagesIn() == 0 && this.frame.bodyIndex() == 0;
			corrupt(FrameFault.report(this.connection, this.connection.codec(), ex, first));
		}
		catch (Throwable ex) {
			logger.error("The codec failed on what {} sent", this.connection, ex);
			corrupt(CloseReason.INTERNAL_ERROR);
		}
		return false;
	}

	private void corrupt(CloseReason reason) {
		this.corrupt = true;
		end(reason);
	}

	/**
	 * Nothing more is read, and the connection ends when what was cut is handled.
	 * @param reason why
	 */
	private void end(CloseReason reason) {
		if (this.ending == null) {
			this.ending = reason;
			stopReading();
		}
	}

	/**
	 * Tell the lane what came last, once all before it is handed over.
	 */
	private void finish() {
		if (this.full) {
			return;
		}
		if (this.ending != null && !this.endTold) {
			this.endTold = true;
			releaseRest();
			this.lane.end(this.ending);
		}
		if (this.socketClosed && !this.socketClosedTold) {
			this.socketClosedTold = true;
			releaseRest();
			this.lane.socketClosed();
		}
	}

	@Override
	public void begin() {
		this.begun = true;
		this.pulse.begin();
		updateReading();
	}

	@Override
	public void congested() {
		if (!this.congested) {
			this.congested = true;
			this.lane.congested();
		}
		updateReading();
	}

	@Override
	public void relieved() {
		this.congested = false;
		this.lane.relieved();
		updateReading();
	}

	@Override
	public void resume() {
		if (!this.full) {
			return;
		}
		this.full = false;
		ByteBuf waiting = this.rest;
		this.rest = null;
		if (waiting != null) {
			take(waiting);
			this.lane.readComplete();
		}
		finish();
		updateReading();
	}

	@Override
	public void stopReading() {
		this.stopped = true;
		updateReading();
	}

	@Override
	public void leave(Departure departure) {
		stay();
		if (this.ending == null && this.connection.isOpen()) {
			LastReads.begin(this.channel, this, this.connection, departure);
		}
	}

	@Override
	public void stay() {
		LastReads.end(this.channel);
	}

	@Override
	public void trace(Duration duration) {
		FrameTrace.begin(this.channel, this.connection, duration);
	}

	/**
	 * Whether the socket is being read, and what was read has gone to the lane.
	 */
	boolean isUpToDate() {
		return this.rest == null && intake() == Intake.OPEN && this.begun;
	}

	boolean awaitsPeer() {
		return this.congested || (this.rest != null && !this.full);
	}

	/**
	 * Hand what is cut from now on to another lane.
	 * @param change makes it of the one that is there
	 */
	void change(UnaryOperator<Lane> change) {
		this.lane = change.apply(this.lane);
	}

	/**
	 * Read nothing more, and end the connection when what was cut is handled.
	 */
	void leaveNow(CloseReason reason) {
		end(reason);
		finish();
	}

	@Override
	public void drain() {
		this.draining = true;
		drop();
		finish();
		updateReading();
	}

	@Override
	public void discard() {
		stopReading();
		drop();
		finish();
	}

	private void drop() {
		this.full = false;
		releaseRest();
		this.connection.backlogged(false);
	}

	private void releaseRest() {
		if (this.rest != null) {
			this.rest.release();
			this.rest = null;
		}
	}

	/**
	 * How many bytes are held for what was read and is not yet cut.
	 */
	int restCapacity() {
		return (this.rest != null) ? this.rest.capacity() : 0;
	}

	private void updateReading() {
		boolean read = this.draining || (this.begun && !this.congested && !this.full && !this.stopped);
		if (this.channel.config().isAutoRead() != read) {
			this.channel.config().setAutoRead(read);
		}
		this.pulse.intake(intake());
	}

	private Intake intake() {
		if (this.congested) {
			return Intake.CONGESTED;
		}
		return (this.full || this.stopped) ? Intake.HELD : Intake.OPEN;
	}

}

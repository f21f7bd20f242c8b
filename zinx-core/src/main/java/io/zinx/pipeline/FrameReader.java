package io.zinx.pipeline;

import java.io.IOException;
import java.time.Duration;
import java.util.function.UnaryOperator;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.zinx.connection.ChannelConnection;
import io.zinx.connection.CloseReason;
import io.zinx.connection.DrainPlan;
import io.zinx.connection.ReadSide;
import io.zinx.diagnostics.EscapedException;
import io.zinx.heartbeat.KeepAlive;
import io.zinx.heartbeat.ReadState;
import io.zinx.inbound.PausedReader;
import io.zinx.lane.FrameSink;
import io.zinx.lane.Lane;
import io.zinx.lane.LaneFactory;
import io.zinx.lane.Reader;
import io.zinx.link.WebSocketViolation;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The channel handler that reads one connection: decides when its socket is read, decodes
 * frames as a {@link FrameCutter}, and notifies the lane of the end. Event loop only.
 * <p>
 * The socket is read while the state is {@link ReaderState#READING}, which depends on the
 * inbound budget, the connection is not congested, and the lane accepts frames.
 */
final class FrameReader extends FrameCutter implements ReadSide, Reader, PausedReader {

	private static final Logger logger = LoggerFactory.getLogger(FrameReader.class);

	private final KeepAlive keepAlive;

	private final Lane lane;

	/** The lane, or a gate in front of it. */
	private FrameSink sink;

	private ReaderState state = ReaderState.NEW;

	/** The reason of the end, once nothing more is to be decoded. */
	private @Nullable CloseReason ending;

	private ReportedEnd reported = ReportedEnd.NOTHING;

	FrameReader(CutterContext cutting, ChannelConnection connection, LaneFactory lanes, KeepAlive keepAlive) {
		super(cutting, connection);
		this.keepAlive = keepAlive;
		this.lane = lanes.newLane(connection, connection.channel().eventLoop(), this);
		this.sink = this.lane;
	}

	@Override
	public void channelActive(ChannelHandlerContext ctx) {
		this.lane.start();
	}

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object msg) {
		ByteBuf in = (ByteBuf) msg;
		this.connection.received(in.readableBytes());
		if (this.ending != null || this.state == ReaderState.CLOSED || this.connection.dropsWaiting()) {
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
		else if (event instanceof WebSocketViolation violation) {
			drained(this.context.faults().report(this.connection, violation));
		}
		ctx.fireUserEventTriggered(event);
	}

	private void inputEnded() {
		if (this.state == ReaderState.LINGERING) {
			this.connection.channel().close();
			return;
		}
		stop();
		this.ending = (this.ending != null) ? this.ending : CloseReason.PEER_CLOSED;
		finish();
		if (this.connection.channel().isOpen()) {
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
		logger.error("{} is closed: unexpected exception in its pipeline", this.connection, EscapedException.of(cause));
		this.connection.close(CloseReason.INTERNAL_ERROR);
	}

	@Override
	public void channelInactive(ChannelHandlerContext ctx) {
		this.state = ReaderState.CLOSED;
		this.connection.socketClosed();
		this.keepAlive.end();
		if (this.connection.dropsWaiting()) {
			drop();
		}
		finish();
	}

	private void take(ByteBuf in) {
		boolean partial = isPartial();
		long messages = this.connection.messagesIn();
		int handed = handed();
		try {
			cut(in);
		}
		catch (Throwable ex) {
			failed(ex);
		}
		afterCut(partial, messages, handed);
	}

	private void afterCut(boolean wasPartial, long messagesBefore, int handedBefore) {
		if (isFull()) {
			updateReading();
		}
		int step = inbound().step();
		if (kept() >= step || ((handedBefore ^ handed()) & -step) != 0 || inbound().isFull()) {
			weigh();
		}
		if (isPartial() && (!wasPartial || this.connection.messagesIn() != messagesBefore)) {
			this.keepAlive.frameBegun();
		}
		else if (wasPartial && !isPartial()) {
			this.keepAlive.frameEnded();
		}
	}

	/**
	 * Stop reading, and end the connection when all decoded frames are handled.
	 * @param reason the reason
	 */
	private void end(CloseReason reason) {
		if (this.ending == null) {
			this.ending = reason;
			stopReading();
		}
	}

	/**
	 * Notify the lane of the end, once everything before it was passed on.
	 */
	private void finish() {
		if (isFull()) {
			return;
		}
		if (this.ending != null && this.reported == ReportedEnd.NOTHING) {
			this.reported = ReportedEnd.END;
			releaseRest();
			this.lane.end(this.ending);
		}
		if (this.state == ReaderState.CLOSED && this.reported != ReportedEnd.SOCKET_CLOSED) {
			this.reported = ReportedEnd.SOCKET_CLOSED;
			releaseRest();
			this.lane.socketClosed();
		}
	}

	@Override
	public void begin() {
		if (this.state == ReaderState.NEW) {
			this.state = ReaderState.READING;
		}
		this.keepAlive.begin();
		updateReading();
	}

	@Override
	public void congested() {
		this.lane.congested();
		updateReading();
	}

	@Override
	public void relieved() {
		this.lane.relieved();
		if (this.sink != this.lane) {
			resume();
		}
		updateReading();
	}

	@Override
	public void resume() {
		if (!isFull()) {
			return;
		}
		boolean cut = false;
		long messages = this.connection.messagesIn();
		int handed = handed();
		try {
			cut = cutRest();
		}
		catch (Throwable ex) {
			failed(ex);
		}
		if (cut) {
			afterCut(false, messages, handed);
			this.lane.readComplete();
		}
		finish();
		updateReading();
	}

	@Override
	public void stopReading() {
		stop();
		updateReading();
	}

	private void stop() {
		if (this.state == ReaderState.NEW || this.state == ReaderState.READING || this.state == ReaderState.PAUSED) {
			this.state = ReaderState.STOPPED;
		}
	}

	@Override
	public void lookAgain() {
		if (this.state == ReaderState.PAUSED) {
			weigh();
			return;
		}
		this.lane.tellWhenLess(false);
		inbound().goOn(this);
	}

	/**
	 * Continue or pause reading, depending on the memory that the connection holds.
	 */
	private void weigh() {
		boolean paused = this.state == ReaderState.PAUSED;
		if (!paused && this.state != ReaderState.READING) {
			return;
		}
		boolean pause = inbound().mustWait(handed() - this.lane.givenBack(), kept(), paused);
		if (pause == paused) {
			return;
		}
		this.lane.tellWhenLess(pause);
		if (pause) {
			this.state = ReaderState.PAUSED;
			inbound().pause(this);
		}
		else {
			this.state = ReaderState.READING;
			inbound().goOn(this);
		}
		updateReading();
	}

	@Override
	public void drain(DrainPlan plan) {
		endDrain();
		if (this.ending == null && this.connection.isOpen()) {
			DrainHandler.begin(this.connection.channel(), this, this.connection, plan);
		}
	}

	@Override
	public void endDrain() {
		DrainHandler.end(this.connection.channel());
	}

	@Override
	public void trace(Duration duration) {
		FrameTrace.begin(this.connection.channel(), this.connection, duration);
	}

	/**
	 * True if the first bytes of everything received were passed to the lane, and the
	 * socket will be read.
	 * @param bytes the number of these bytes
	 */
	boolean hasHandedOver(long bytes) {
		boolean read = this.state == ReaderState.READING || this.state == ReaderState.PAUSED;
		return read && !this.connection.isCongested() && this.connection.bytesIn() - restLength() >= bytes;
	}

	/**
	 * True if progress depends on the peer: it must read, or, while the socket is read,
	 * send the rest of a frame or of a record.
	 * @param midRecord whether an incomplete record was read
	 */
	boolean awaitsPeer(boolean midRecord) {
		boolean read = this.connection.channel().config().isAutoRead();
		return this.connection.isCongested() || (read && (midRecord || isPartial()));
	}

	/**
	 * Put a gate in front of the lane, or remove it.
	 * @param change returns the new sink for the current one
	 */
	void gate(UnaryOperator<FrameSink> change) {
		this.sink = change.apply(this.sink);
	}

	@Override
	FrameSink sink() {
		return this.sink;
	}

	@Override
	void corrupt(CloseReason reason) {
		end(reason);
	}

	@Override
	void inboundFull() {
		drained(CloseReason.INBOUND_FULL);
	}

	/**
	 * Stop reading, and end the connection when all decoded frames are handled.
	 */
	void drained(CloseReason reason) {
		end(reason);
		finish();
	}

	@Override
	public void linger() {
		if (this.state != ReaderState.CLOSED) {
			this.state = ReaderState.LINGERING;
		}
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

	private void updateReading() {
		if (this.state == ReaderState.CLOSED) {
			return;
		}
		ReadState now = readState();
		boolean read = this.state == ReaderState.LINGERING
				|| (this.state == ReaderState.READING && now == ReadState.OPEN);
		ChannelConfig config = this.connection.channel().config();
		if (config.isAutoRead() != read) {
			config.setAutoRead(read);
		}
		this.keepAlive.readState(now);
	}

	private ReadState readState() {
		if (this.connection.isCongested()) {
			return ReadState.CONGESTED;
		}
		boolean wanted = this.state == ReaderState.NEW || this.state == ReaderState.READING;
		return (wanted && !isFull()) ? ReadState.OPEN : ReadState.HELD;
	}

}

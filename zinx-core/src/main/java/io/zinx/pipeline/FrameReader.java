package io.zinx.pipeline;

import java.io.IOException;
import java.time.Duration;
import java.util.function.UnaryOperator;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.zinx.connection.ChannelConnection;
import io.zinx.connection.CloseReason;
import io.zinx.connection.DrainPlan;
import io.zinx.connection.ReadSide;
import io.zinx.heartbeat.KeepAlive;
import io.zinx.heartbeat.ReadState;
import io.zinx.lane.FrameSink;
import io.zinx.lane.Lane;
import io.zinx.lane.LaneFactory;
import io.zinx.lane.Reader;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one connection: decides when its socket is read, has the frames cut by a
 * {@link FrameCutter}, and tells the lane of the end. Event loop only.
 * <p>
 * The socket is read while {@link ReaderState} says so and the connection is not
 * congested and the lane has room.
 */
final class FrameReader extends ChannelInboundHandlerAdapter implements ReadSide, Reader {

	private static final Logger logger = LoggerFactory.getLogger(FrameReader.class);

	private final Channel channel;

	private final ChannelConnection connection;

	private final KeepAlive keepAlive;

	private final Lane lane;

	private final FrameCutter cutter;

	private ReaderState state = ReaderState.NEW;

	/** The reason of the end, once nothing more is to be cut. */
	private @Nullable CloseReason ending;

	private LaneNews told = LaneNews.NOTHING;

	FrameReader(Channel channel, ChannelConnection connection, CutterContext cutting, LaneFactory lanes,
			KeepAlive keepAlive) {
		this.channel = channel;
		this.connection = connection;
		this.keepAlive = keepAlive;
		this.lane = lanes.newLane(connection, channel.eventLoop(), this);
		this.cutter = new FrameCutter(cutting, connection, this.lane, channel.alloc());
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
		ctx.fireUserEventTriggered(event);
	}

	private void inputEnded() {
		if (this.state == ReaderState.LINGERING) {
			this.channel.close();
			return;
		}
		stop();
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
		this.state = ReaderState.CLOSED;
		this.connection.socketClosed();
		this.keepAlive.end();
		if (this.connection.dropsWaiting()) {
			this.cutter.drop();
		}
		finish();
	}

	private void take(ByteBuf in) {
		boolean partial = this.cutter.isPartial();
		long messages = this.connection.messagesIn();
		try {
			this.cutter.take(in);
		}
		catch (Throwable ex) {
			failed(ex);
		}
		afterCut(partial, messages);
	}

	private void afterCut(boolean wasPartial, long messagesBefore) {
		CloseReason fault = this.cutter.fault();
		if (fault != null) {
			end(fault);
		}
		else if (this.cutter.isFull()) {
			updateReading();
		}
		if (this.cutter.isPartial() && (!wasPartial || this.connection.messagesIn() != messagesBefore)) {
			this.keepAlive.frameBegun();
		}
		else if (wasPartial && !this.cutter.isPartial()) {
			this.keepAlive.frameEnded();
		}
	}

	/**
	 * Read nothing more, and end the connection when everything that was cut is handled.
	 * @param reason why
	 */
	private void end(CloseReason reason) {
		if (this.ending == null) {
			this.ending = reason;
			stopReading();
		}
	}

	/**
	 * Tell the lane of the end, once everything before it is handed over.
	 */
	private void finish() {
		if (this.cutter.isFull()) {
			return;
		}
		if (this.ending != null && this.told == LaneNews.NOTHING) {
			this.told = LaneNews.END;
			this.cutter.releaseRest();
			this.lane.end(this.ending);
		}
		if (this.state == ReaderState.CLOSED && this.told != LaneNews.SOCKET_CLOSED) {
			this.told = LaneNews.SOCKET_CLOSED;
			this.cutter.releaseRest();
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
		updateReading();
	}

	@Override
	public void resume() {
		if (!this.cutter.isFull()) {
			return;
		}
		boolean cut = false;
		long messages = this.connection.messagesIn();
		try {
			cut = this.cutter.resume();
		}
		catch (Throwable ex) {
			failed(ex);
		}
		if (cut) {
			afterCut(false, messages);
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
		if (this.state == ReaderState.NEW || this.state == ReaderState.READING) {
			this.state = ReaderState.STOPPED;
		}
	}

	@Override
	public void drain(DrainPlan plan) {
		endDrain();
		if (this.ending == null && this.connection.isOpen()) {
			DrainHandler.begin(this.channel, this, this.connection, plan);
		}
	}

	@Override
	public void endDrain() {
		DrainHandler.end(this.channel);
	}

	@Override
	public void trace(Duration duration) {
		FrameTrace.begin(this.channel, this.connection, duration);
	}

	/**
	 * Whether the socket is being read, and everything that was read has gone to the
	 * lane.
	 */
	boolean isUpToDate() {
		return this.state == ReaderState.READING && !this.cutter.hasRest() && readState() == ReadState.OPEN;
	}

	/**
	 * Whether it is the peer's turn: to read, or to send the rest of a frame.
	 */
	boolean awaitsPeer() {
		return this.connection.isCongested() || this.cutter.isPartial();
	}

	/**
	 * Put a gate in front of the lane, or take it away.
	 * @param change makes the new sink of the one that is there
	 */
	void gate(UnaryOperator<FrameSink> change) {
		this.cutter.sink(change);
	}

	/**
	 * Read nothing more, and end the connection when everything that was cut is handled.
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
		this.cutter.drop();
		finish();
		updateReading();
	}

	@Override
	public void discard() {
		stopReading();
		this.cutter.drop();
		finish();
	}

	/**
	 * The bytes of memory that are held for bytes not yet cut.
	 */
	int restCapacity() {
		return this.cutter.restCapacity();
	}

	private void updateReading() {
		if (this.state == ReaderState.CLOSED) {
			return;
		}
		ReadState now = readState();
		boolean read = this.state == ReaderState.LINGERING
				|| (this.state == ReaderState.READING && now == ReadState.OPEN);
		if (this.channel.config().isAutoRead() != read) {
			this.channel.config().setAutoRead(read);
		}
		this.keepAlive.readState(now);
	}

	private ReadState readState() {
		if (this.connection.isCongested()) {
			return ReadState.CONGESTED;
		}
		boolean wanted = this.state == ReaderState.NEW || this.state == ReaderState.READING;
		return (wanted && !this.cutter.isFull()) ? ReadState.OPEN : ReadState.HELD;
	}

}

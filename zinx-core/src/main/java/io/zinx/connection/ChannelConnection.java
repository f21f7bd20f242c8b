package io.zinx.connection;

import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

import io.netty.channel.Channel;
import io.zinx.codec.FrameCodec;
import io.zinx.diagnostics.PeerText;
import io.zinx.eventloop.ChannelInternals;
import io.zinx.link.LinkListener;
import io.zinx.link.WebSocketClose;
import io.zinx.message.Message;
import io.zinx.metrics.DropReason;
import io.zinx.metrics.TrafficCounter;
import io.zinx.outbound.Envelope;
import io.zinx.outbound.LoopOutbox;
import io.zinx.session.BindResult;
import io.zinx.session.DuplicateLogin;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The implementation of {@link Connection} over a Netty channel, with the methods of the
 * framework. Applications use {@link Connection}.
 *
 * <pre>
 *             close, corrupt frame, slow consumer          all written
 *         +-----------------------------------------> CLOSING ----+
 *         |                                                       v
 *   OPEN -+  input ended: handle and answer, then as above    socket closed
 *         |                                                       |
 *         +-----------------------------------------> (reset) ----+
 *                      broken, socket closed                      v
 *                                         onStop, close callbacks, forgotten
 * </pre>
 *
 * The state {@code OPEN} ends when the {@link CloseReason} is set, once, by
 * compare-and-set: from then on no message is accepted, and keys and groups are released.
 */
public final class ChannelConnection extends SendingConnection implements LinkListener {

	private static final Logger logger = LoggerFactory.getLogger(ChannelConnection.class);

	private static final AtomicReferenceFieldUpdater<ChannelConnection, @Nullable CloseReason> CLOSE_REASON = AtomicReferenceFieldUpdater
		.newUpdater(ChannelConnection.class, CloseReason.class, "closeReason");

	private static final AtomicReferenceFieldUpdater<ChannelConnection, @Nullable CloseCallbacks> CLOSE_CALLBACKS = AtomicReferenceFieldUpdater
		.newUpdater(ChannelConnection.class, CloseCallbacks.class, "closeCallbacks");

	private static final long NANOS_PER_MILLI = 1_000_000;

	private final long connId;

	private final long openedMillis;

	private final long openedNanos;

	private volatile ConnectionLane lane = ConnectionLane.NONE;

	/** Event loop only. */
	private @Nullable ReadSide readSide;

	private volatile @Nullable CloseReason closeReason;

	private volatile @Nullable CloseCallbacks closeCallbacks;

	ChannelConnection(long connId, Channel channel, ConnectionContext context, LoopOutbox outbox,
			TrafficCounter traffic) {
		super(channel, context, outbox, traffic);
		this.connId = connId;
		// In this order: a stop between the two makes later times too early, never late.
		this.openedMillis = context.clocks().wall().millis();
		this.openedNanos = context.clocks().nanoTime().getAsLong();
	}

	@Override
	public long connId() {
		return this.connId;
	}

	@Override
	public FrameCodec codec() {
		return context().outbound().codec();
	}

	@Override
	public Instant openedAt() {
		return Instant.ofEpochMilli(this.openedMillis);
	}

	@Override
	public Instant lastActiveAt() {
		return openedAt().plusMillis(Math.max(0, lastActiveNanos() - this.openedNanos) / NANOS_PER_MILLI);
	}

	@Override
	public boolean isWritable() {
		return isOpen() && !isCongested();
	}

	@Override
	public BindResult bind(String key) {
		return bind(key, context().duplicateLogin());
	}

	@Override
	public BindResult bind(String key, DuplicateLogin policy) {
		return context().owner().bind(this, key, policy);
	}

	@Override
	public boolean unbind(String key) {
		return context().owner().unbind(this, key);
	}

	@Override
	public CloseCallback.Handle onClose(CloseCallback callback) {
		Objects.requireNonNull(callback, "callback");
		CloseCallbacks callbacks = this.closeCallbacks;
		return ((callbacks != null) ? callbacks : closeCallbacks(new CloseCallbacks())).add(this, callback);
	}

	private CloseCallbacks closeCallbacks(CloseCallbacks first) {
		CLOSE_CALLBACKS.compareAndSet(this, null, first);
		return Objects.requireNonNull(this.closeCallbacks);
	}

	@Override
	public void close(CloseReason reason) {
		if (decide(Objects.requireNonNull(reason, "reason"))) {
			carryOut(reason, true);
		}
	}

	/**
	 * The goodbye given here replaces the one that would be sent otherwise.
	 */
	@Override
	public SendResult close(CloseReason reason, Message goodbye) {
		Objects.requireNonNull(reason, "reason");
		SendResult result = send(goodbye.msgId(), goodbye.body());
		if (decide(reason)) {
			carryOut(reason, false);
		}
		return result;
	}

	private void carryOut(CloseReason reason, boolean tell) {
		context().owner().release(this);
		if (reason == CloseReason.SLOW_CONSUMER) {
			discardOutput(DropReason.SLOW_CONSUMER);
			onLoop(() -> ChannelInternals.closeNow(channel()));
			return;
		}
		boolean kicked = reason == CloseReason.KICKED || reason == CloseReason.REPLACED;
		closeOutput((tell && kicked) ? context().lastMessage().to(this, reason) : null);
		onLoop(this::beginClosing);
	}

	private void beginClosing() {
		long flushMillis = context().outbound().settings().flushTimeout().toMillis();
		new Closing(channel(), readSide()).begin(this::flush, flushMillis);
	}

	/**
	 * Everything that was read is handled, and nothing more will be read. Event loop
	 * only, outside the lane. If nothing is left to write either, the socket is closed at
	 * once, which saves the system calls that stop reading.
	 * @param reason the reason of the end
	 */
	public void end(CloseReason reason) {
		if (!reason.byPeer()) {
			close(reason);
		}
		else if (decideAndRelease(reason)) {
			outbound().close();
			flush();
			if (bytesQueued() == 0) {
				channel().close();
				return;
			}
			onLoop(this::beginClosing);
		}
	}

	private boolean decide(CloseReason reason) {
		return CLOSE_REASON.compareAndSet(this, null, reason);
	}

	private boolean decideAndRelease(CloseReason reason) {
		boolean first = decide(reason);
		if (first) {
			context().owner().release(this);
		}
		return first;
	}

	@Override
	protected boolean decideKick() {
		return decide(CloseReason.REPLACED);
	}

	@Override
	protected void kicked() {
		carryOut(CloseReason.REPLACED, true);
	}

	@Override
	public void linkFailed() {
		close(CloseReason.HANDSHAKE_FAILED);
	}

	@Override
	public boolean webSocketBegun(boolean text) {
		return outbound().envelope(Envelope.webSocket(text));
	}

	@Override
	public void linkHolds(int bytes) {
		readSide().linkHolds(bytes);
	}

	@Override
	public void signOfLife() {
		received(0);
	}

	@Override
	public WebSocketClose webSocketClose() {
		CloseReason reason = this.closeReason;
		return (reason != null) ? WebSocketCodes.of(reason) : WebSocketClose.NORMAL;
	}

	@Override
	public boolean isOpen() {
		return this.closeReason == null;
	}

	@Override
	public @Nullable CloseReason closeReason() {
		return this.closeReason;
	}

	@Override
	public boolean execute(Runnable task) {
		return this.lane.execute(task);
	}

	/**
	 * Set the lane, which runs the tasks of the application. Event loop only, once.
	 * @param lane the lane
	 */
	public void lane(ConnectionLane lane) {
		this.lane = lane;
	}

	/**
	 * The lane.
	 * @return the lane; {@link ConnectionLane#NONE} before it is set
	 */
	public ConnectionLane lane() {
		return this.lane;
	}

	/**
	 * Set the reading side, which is notified of congestion. Event loop only, once.
	 * @param readSide the reading side
	 */
	public void readSide(ReadSide readSide) {
		this.readSide = readSide;
	}

	@Override
	ReadSide readSide() {
		return Objects.requireNonNull(this.readSide, "The connection has no reading side yet");
	}

	/**
	 * Count bytes read from the socket, and record the time as a sign of life. Event loop
	 * only.
	 * @param bytes 0 or more
	 */
	public void received(int bytes) {
		countBytes(bytes, context().clocks().nanoTime().getAsLong());
	}

	/**
	 * Return whether messages that wait to be handled are dropped, because this side
	 * closed the connection.
	 * @return {@code true} if this side closed it
	 */
	public boolean dropsWaiting() {
		CloseReason reason = this.closeReason;
		return reason != null && !reason.byPeer();
	}

	/**
	 * Count messages that were received and are not handled, because this side closed the
	 * connection or, otherwise, because the server has stopped. Any thread.
	 * @param messages their number
	 */
	public void unhandled(int messages) {
		boolean closed = dropsWaiting() && this.closeReason != CloseReason.SERVER_STOPPING;
		context().metrics()
			.countDropped(closed ? DropReason.CLOSED_BEFORE_HANDLED : DropReason.SERVER_STOPPING, messages);
	}

	/**
	 * Count a message that was received while the connection drains and is not handled.
	 * Event loop only.
	 */
	public void lateRequest() {
		if (dropsWaiting()) {
			unhandled(1);
		}
		else {
			context().metrics().countDropped(DropReason.LATE_REQUEST, 1);
		}
	}

	/**
	 * The socket has failed. Event loop only.
	 * @param cause the exception of Netty
	 */
	public void broken(Throwable cause) {
		logger.debug("[{}] Connection {} from {} failed and is closed: {}", context().name(), this.connId,
				remoteAddress(), PeerText.escape(cause.toString()));
		abandon(CloseReason.RESET);
	}

	/**
	 * This side cannot continue with the socket, before the connection has a reading
	 * side. Event loop only.
	 */
	public void failed() {
		abandon(CloseReason.INTERNAL_ERROR);
	}

	private void abandon(CloseReason reason) {
		decideAndRelease(reason);
		outbound().close();
		ChannelInternals.closeNow(channel());
	}

	/**
	 * The socket is closed. Event loop only.
	 */
	public void socketClosed() {
		decideAndRelease(CloseReason.PEER_CLOSED);
		discardOutput(DropReason.CLOSED_BEFORE_SENT);
		context().outbound().budget().relieved(this);
		if (this.readSide != null) {
			this.readSide.relieved();
		}
	}

	/**
	 * Accept no more close callbacks, if there are none. Any thread.
	 * @return {@code false} if one was registered, so that {@link #ended()} must be
	 * called where user code may run
	 */
	public boolean endsWithoutCallbacks() {
		return closeCallbacks(CloseCallbacks.NONE) == CloseCallbacks.NONE;
	}

	/**
	 * The last listener has returned: run the close callbacks, then remove the connection
	 * from its owner. Once, on the lane.
	 */
	public void ended() {
		if (!endsWithoutCallbacks()) {
			closeCallbacks(CloseCallbacks.NONE).run(this);
		}
		CloseReason reason = this.closeReason;
		if (reason != null && context().owner().remove(this, reason)) {
			logger.debug("[{}] Connection {} from {} closed: {}", context().name(), this.connId, remoteAddress(),
					reason);
		}
	}

	@Override
	public String toString() {
		return "Connection " + this.connId + " of " + context().name() + " from " + remoteAddress();
	}

}

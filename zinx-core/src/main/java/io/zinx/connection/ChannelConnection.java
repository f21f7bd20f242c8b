package io.zinx.connection;

import java.net.SocketAddress;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

import javax.net.ssl.SSLSession;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.zinx.codec.FrameCodec;
import io.zinx.message.Body;
import io.zinx.message.Message;
import io.zinx.metrics.TrafficCounter;
import io.zinx.outbound.Encoding;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A {@link Connection} over a Netty channel: the framework's side of it. Applications
 * work with {@link Connection}.
 * <p>
 * Its life: admitted by the {@link ConnManager}, {@code onStart}, messages, a
 * {@link CloseReason}, socket closed, {@code onStop}, forgotten by the manager.
 */
public final class ChannelConnection extends InboundCounter implements Connection {

	private static final Logger logger = LoggerFactory.getLogger(ChannelConnection.class);

	private static final AtomicReferenceFieldUpdater<ChannelConnection, @Nullable CloseReason> CLOSE_REASON = AtomicReferenceFieldUpdater
		.newUpdater(ChannelConnection.class, CloseReason.class, "closeReason");

	private static final AtomicReferenceFieldUpdater<ChannelConnection, @Nullable CloseCallbacks> CLOSE_CALLBACKS = AtomicReferenceFieldUpdater
		.newUpdater(ChannelConnection.class, CloseCallbacks.class, "closeCallbacks");

	private static final long NANOS_PER_MILLI = 1_000_000;

	private final long connId;

	private final Channel channel;

	private final ConnectionContext context;

	private final Sender sender;

	private final long openedMillis;

	private final long openedNanos;

	private volatile ConnectionLane lane = ConnectionLane.NONE;

	/** Event loop only. */
	private @Nullable Flow flow;

	/** Written by the event loop: whether something was read that no lane has yet. */
	private volatile boolean backlogged;

	private volatile @Nullable CloseReason closeReason;

	private volatile @Nullable CloseCallbacks closeCallbacks;

	ChannelConnection(long connId, Channel channel, ConnectionContext context, LoopOutbox outbox,
			TrafficCounter traffic) {
		super(traffic, context.clocks().nanoTime().getAsLong());
		this.connId = connId;
		this.channel = channel;
		this.context = context;
		this.sender = new Sender(this, channel, context, outbox, traffic);
		// In this order: a stop between the two makes later times too early, never late.
		this.openedMillis = context.clocks().wall().millis();
		this.openedNanos = context.clocks().nanoTime().getAsLong();
		rememberAddresses();
	}

	/**
	 * A channel knows its addresses to the end, and longer, if it was asked while it was
	 * open.
	 */
	private void rememberAddresses() {
		this.channel.remoteAddress();
		this.channel.localAddress();
	}

	@Override
	public long connId() {
		return this.connId;
	}

	@Override
	public SocketAddress remoteAddress() {
		return this.channel.remoteAddress();
	}

	@Override
	public SocketAddress localAddress() {
		return this.channel.localAddress();
	}

	@Override
	public @Nullable SSLSession tlsSession() {
		return TlsLink.sessionOf(this.channel);
	}

	@Override
	public FrameCodec codec() {
		return this.context.codec();
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
	public long messagesOut() {
		return this.sender.outbound().messages();
	}

	@Override
	public long bytesOut() {
		return this.sender.outbound().bytes();
	}

	@Override
	public long bytesQueued() {
		return this.sender.outbound().queued();
	}

	@Override
	public boolean isWritable() {
		return isOpen() && !isCongested();
	}

	@Override
	public BindResult bind(String key) {
		return bind(key, this.context.duplicateLogin());
	}

	@Override
	public BindResult bind(String key, DuplicateLogin policy) {
		return this.context.manager().keys().bind(this, key, policy);
	}

	@Override
	public boolean unbind(String key) {
		return this.context.manager().keys().unbind(this, key);
	}

	@Override
	public Set<String> keys() {
		return Set.copyOf(currentKeys());
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
	public Set<String> groups() {
		return Set.copyOf(currentGroups());
	}

	@Override
	public SendResult send(long msgId, byte[] body) {
		return this.sender.send(Message.requireMsgId(msgId), body, Encoding.MESSAGE);
	}

	@Override
	public SendResult send(long msgId, ByteBuf body) {
		try {
			return this.sender.send(Message.requireMsgId(msgId), body, Encoding.MESSAGE_BUFFER);
		}
		finally {
			body.release();
		}
	}

	@Override
	public SendResult send(long msgId, Body body) {
		return this.sender.send(Message.requireMsgId(msgId), body, Encoding.MESSAGE_BODY);
	}

	@Override
	public CompletionStage<@Nullable Void> sendAsync(long msgId, byte[] body) {
		return this.sender.sendAsync(Message.requireMsgId(msgId), body, Encoding.MESSAGE);
	}

	@Override
	public CompletionStage<@Nullable Void> sendAsync(long msgId, ByteBuf body) {
		try {
			return this.sender.sendAsync(Message.requireMsgId(msgId), body, Encoding.MESSAGE_BUFFER);
		}
		finally {
			body.release();
		}
	}

	@Override
	public SendResult sendRaw(byte[] bytes) {
		return this.sender.send(0, bytes, Encoding.RAW);
	}

	@Override
	public SendResult sendRaw(ByteBuf bytes) {
		try {
			return this.sender.send(0, bytes, Encoding.RAW_BUFFER);
		}
		finally {
			bytes.release();
		}
	}

	@Override
	public void close(CloseReason reason) {
		if (decide(reason)) {
			carryOut(reason);
		}
	}

	@Override
	void carryOut(CloseReason reason) {
		this.context.manager().release(this);
		if (reason == CloseReason.SLOW_CONSUMER) {
			this.sender.outbound().discard();
			onLoop(() -> Closing.cut(this.channel));
			return;
		}
		this.sender.outbound().close();
		onLoop(this::closeSocket);
	}

	private void closeSocket() {
		new Closing(this.channel, flow()).begin(this::flush, this.context.outbound().flushTimeout().toMillis());
	}

	/**
	 * All that was read is handled, and nothing more comes. Event loop only, outside the
	 * lane. If nothing is left to write either, the socket is closed at once, which saves
	 * the system calls that stop reading.
	 * @param reason why the connection ends
	 */
	public void end(CloseReason reason) {
		if (!reason.byPeer()) {
			close(reason);
		}
		else if (endedByPeer(reason)) {
			this.sender.outbound().close();
			flush();
			if (bytesQueued() == 0) {
				this.channel.close();
				return;
			}
			onLoop(this::closeSocket);
		}
	}

	@Override
	boolean decide(CloseReason reason) {
		return CLOSE_REASON.compareAndSet(this, null, reason);
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
	 * Say which lane runs what the application gives it. Event loop only, once.
	 * @param lane the lane
	 */
	public void lane(ConnectionLane lane) {
		this.lane = lane;
	}

	/**
	 * The lane.
	 * @return what {@link #lane(ConnectionLane)} said; {@link ConnectionLane#NONE} before
	 */
	public ConnectionLane lane() {
		return this.lane;
	}

	/**
	 * Say who hears of congestion. Event loop only, once.
	 * @param flow the reading side
	 */
	public void flow(Flow flow) {
		this.flow = flow;
	}

	Flow flow() {
		return Objects.requireNonNull(this.flow, "The connection has no reading side yet");
	}

	Channel channel() {
		return this.channel;
	}

	ConnectionContext context() {
		return this.context;
	}

	Sender sender() {
		return this.sender;
	}

	/**
	 * Say whether something was read that the lane has no room for. Event loop only.
	 * @param backlogged whether it was
	 */
	public void backlogged(boolean backlogged) {
		if (this.backlogged != backlogged) {
			this.backlogged = backlogged;
		}
	}

	boolean isBacklogged() {
		return this.backlogged;
	}

	/**
	 * Count bytes read from the socket and note that the peer lives. Event loop only.
	 * @param bytes how many
	 */
	public void received(int bytes) {
		countBytes(bytes, this.context.clocks().nanoTime().getAsLong());
	}

	/**
	 * How many bytes the socket has taken. Event loop only.
	 * @return bytes as on the wire; never falls
	 */
	public long bytesWritten() {
		return this.sender.outbound().written();
	}

	/**
	 * The calling thread begins to run this connection's lane: until {@link #leaveLane()}
	 * it sends without waking the event loop, and sees to that itself.
	 */
	public void enterLane() {
		this.sender.enterLane();
	}

	/**
	 * The calling thread ends to run this connection's lane.
	 */
	public void leaveLane() {
		this.sender.leaveLane();
	}

	/**
	 * Whether so much waits to be written that its messages should not be handled now.
	 * @return whether the high-water mark was passed and the backlog is not yet written
	 */
	public boolean isCongested() {
		return this.sender.outbound().isCongested();
	}

	/**
	 * Whether messages that wait to be handled are dropped: the server's side closed the
	 * connection.
	 * @return whether to drop them
	 */
	public boolean dropsWaiting() {
		CloseReason reason = this.closeReason;
		return reason != null && !reason.byPeer();
	}

	/**
	 * The outbox of this connection's event loop.
	 * @return the outbox
	 */
	public LoopOutbox outbox() {
		return this.sender.outbox();
	}

	/**
	 * Write what is ready to be written. Event loop only.
	 */
	public void flush() {
		this.sender.flush();
	}

	/**
	 * Look at what {@link #flush()} is about to read. Event loop only.
	 * @return of no meaning, but made of all that was looked at
	 */
	long look() {
		return this.sender.outbound().look() + (isOpen() ? 1 : 0);
	}

	/**
	 * The socket is broken. Event loop only.
	 * @param cause what Netty reported
	 */
	public void broken(Throwable cause) {
		logger.debug("[{}] Connection {} from {} is broken: {}", this.context.serverName(), this.connId,
				remoteAddress(), cause.toString());
		endedByPeer(CloseReason.RESET);
		this.sender.outbound().close();
		Closing.cut(this.channel);
	}

	/**
	 * The socket is closed. Event loop only.
	 */
	public void socketClosed() {
		endedByPeer(CloseReason.PEER_CLOSED);
		this.sender.outbound().discard();
		if (this.flow != null) {
			this.flow.relieved();
		}
	}

	private boolean endedByPeer(CloseReason reason) {
		boolean first = decide(reason);
		if (first) {
			this.context.manager().release(this);
		}
		return first;
	}

	/**
	 * Whether no callback waits for the end, and from now on none can.
	 * @return {@code false} if one was registered, so that {@link #ended()} must be
	 * called where user code may run
	 */
	public boolean endsUnheard() {
		return closeCallbacks(CloseCallbacks.NONE) == CloseCallbacks.NONE;
	}

	/**
	 * The last hook has run: callbacks run, then the connection is forgotten. Once, on
	 * the lane.
	 */
	public void ended() {
		if (!endsUnheard()) {
			closeCallbacks(CloseCallbacks.NONE).run(this);
		}
		CloseReason reason = this.closeReason;
		if (reason != null && this.context.manager().remove(this, reason)) {
			logger.debug("[{}] Connection {} from {} closed: {}", this.context.serverName(), this.connId,
					remoteAddress(), reason);
		}
	}

	/**
	 * Run a task on this connection's event loop, in one of its next turns. Any thread.
	 * @param task what to run
	 */
	public void onLoop(Runnable task) {
		LoopOutbox.execute(this.channel.eventLoop(), task);
	}

	@Override
	public String toString() {
		return "Connection " + this.connId + " of " + this.context.serverName() + " from " + remoteAddress();
	}

}

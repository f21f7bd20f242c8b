package io.zinx.connection;

import java.util.concurrent.CompletionStage;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.zinx.diagnostics.Clocks;
import io.zinx.diagnostics.EscapedException;
import io.zinx.diagnostics.LogThrottle;
import io.zinx.eventloop.EventLoopTasks;
import io.zinx.link.WebSocketHandshake;
import io.zinx.message.Body;
import io.zinx.message.Message;
import io.zinx.metrics.DropReason;
import io.zinx.metrics.TrafficCounter;
import io.zinx.outbound.Appended;
import io.zinx.outbound.Encoding;
import io.zinx.outbound.Envelope;
import io.zinx.outbound.Flushable;
import io.zinx.outbound.LoopOutbox;
import io.zinx.outbound.Outbound;
import io.zinx.outbound.SlowPeer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sending part of a connection.
 */
abstract class SendingConnection extends LinkedConnection implements Flushable, SlowPeer {

	private static final Logger logger = LoggerFactory.getLogger(SendingConnection.class);

	private final ConnectionContext context;

	private final Sender sender;

	SendingConnection(Channel channel, ConnectionContext context, LoopOutbox outbox, TrafficCounter traffic) {
		super(channel, traffic, context.clocks().nanoTime().getAsLong());
		this.context = context;
		this.sender = new Sender(this, new Outbound(channel, context.outbound(), traffic), outbox);
		WebSocketHandshake webSocket = webSocket();
		if (webSocket != null) {
			outbound().envelope(Envelope.webSocket(webSocket.text()));
		}
	}

	final ConnectionContext context() {
		return this.context;
	}

	/**
	 * The clocks, for the stages of the server around it.
	 */
	public final Clocks clocks() {
		return this.context.clocks();
	}

	final Sender sender() {
		return this.sender;
	}

	final Outbound outbound() {
		return this.sender.outbound();
	}

	/**
	 * The reading side. Event loop only.
	 * @return the reading side
	 */
	abstract ReadSide readSide();

	@Override
	public long messagesOut() {
		return outbound().messages();
	}

	@Override
	public long bytesOut() {
		return outbound().bytes();
	}

	@Override
	public long bytesQueued() {
		return outbound().queued();
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

	/**
	 * Accept no more messages, except a last one. Any thread; does not wake the event
	 * loop.
	 * @param last written after everything that was accepted, if the queue bound allows
	 * it; {@code null} for none
	 */
	final void closeOutput(@Nullable Message last) {
		if (last == null) {
			outbound().close();
			return;
		}
		try {
			Appended appended = outbound().closeWith(last.msgId(), last.body(), Encoding.MESSAGE);
			if (this.sender.counted(appended) == SendResult.UNSENDABLE) {
				this.sender.logUnsendable(last.msgId(), last.body().length);
			}
		}
		catch (Throwable ex) {
			LogThrottle
				.logSafely(() -> logger.error("The last message to {} cannot be encoded, it is closed without it", this,
						EscapedException.of(ex)));
		}
	}

	/**
	 * Accept nothing more, and drop everything that was accepted and not handed to the
	 * socket. Any thread.
	 * @param reason the reason to count the messages under
	 */
	final void discardOutput(DropReason reason) {
		this.context.metrics().countDropped(reason, outbound().discard());
	}

	/**
	 * The number of bytes that the socket has accepted. Event loop only.
	 * @return bytes as on the wire; never decreases
	 */
	public long bytesWritten() {
		return outbound().written();
	}

	/**
	 * The calling thread begins to run this connection's lane: until {@link #leaveLane()}
	 * it sends without waking the event loop, and wakes it itself then.
	 */
	public void enterLane() {
		this.sender.enterLane();
	}

	/**
	 * The calling thread stops running this connection's lane.
	 */
	public void leaveLane() {
		this.sender.leaveLane();
	}

	/**
	 * Return whether the connection is congested: the high-water mark was exceeded,
	 * because the peer does not read, and the backlog is not yet written. It is not read
	 * then, and its messages are not handled. Any thread.
	 * @return whether it is congested
	 */
	public boolean isCongested() {
		return outbound().isCongested();
	}

	/**
	 * The outbox of this connection's event loop.
	 * @return the outbox
	 */
	public LoopOutbox outbox() {
		return this.sender.outbox();
	}

	@Override
	public boolean isSlow() {
		return isOpen() && isCongested();
	}

	@Override
	public void closeAsSlow() {
		close(CloseReason.SLOW_CONSUMER);
	}

	@Override
	public void flush() {
		this.sender.flush();
	}

	/**
	 * Run a task on this connection's event loop, in one of its next turns. Any thread.
	 * @param task the task
	 */
	public void onLoop(Runnable task) {
		EventLoopTasks.execute(channel().eventLoop(), task);
	}

}

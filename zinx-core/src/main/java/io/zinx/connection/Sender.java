package io.zinx.connection;

import java.util.concurrent.CompletableFuture;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.zinx.eventloop.CurrentLoop;
import io.zinx.metrics.DropReason;
import io.zinx.outbound.Appended;
import io.zinx.outbound.Encoding;
import io.zinx.outbound.LoopOutbox;
import io.zinx.outbound.Outbound;
import io.zinx.outbound.OutboundSettings;
import io.zinx.outbound.SlowConsumerPolicy;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sending side of one connection: applies the policy to a message that exceeds the
 * queue bound, and has accepted messages written.
 */
final class Sender implements LoopGuardedFuture.Writer {

	private static final Logger logger = LoggerFactory.getLogger(Sender.class);

	private final SendingConnection connection;

	private final LoopOutbox outbox;

	private final Outbound outbound;

	/**
	 * The thread that runs the lane now. A thread only compares it with itself, so a
	 * plain field is enough.
	 */
	private @Nullable Thread laneThread;

	/** Event loop only. */
	private boolean flushing;

	/** Event loop only. */
	private boolean flushAgain;

	/** Event loop only. */
	private boolean awaitingDrain;

	Sender(SendingConnection connection, Outbound outbound, LoopOutbox outbox) {
		this.connection = connection;
		this.outbound = outbound;
		this.outbox = outbox;
	}

	private Channel channel() {
		return this.connection.channel();
	}

	private ConnectionContext context() {
		return this.connection.context();
	}

	private OutboundSettings settings() {
		return context().outbound().settings();
	}

	Outbound outbound() {
		return this.outbound;
	}

	LoopOutbox outbox() {
		return this.outbox;
	}

	void enterLane() {
		this.laneThread = Thread.currentThread();
	}

	void leaveLane() {
		this.laneThread = null;
	}

	/**
	 * Send; waits for space in the queue if the policy says so and the calling thread may
	 * wait.
	 */
	<T> SendResult send(long msgId, T what, Encoding<T> encoding) {
		boolean onLane = isOnLane();
		boolean list = mustList(onLane);
		Appended appended = this.outbound.append(msgId, what, encoding, list, null);
		if (appended == Appended.TOTAL_OVERFLOW) {
			appended = appendAgain(msgId, what, encoding, list, null);
		}
		if (appended == Appended.OVERFLOW && waitsForRoom()) {
			appended = sendWhenRoom(msgId, what, encoding);
		}
		return finish(appended, onLane, msgId, what, encoding);
	}

	/**
	 * Send without waiting.
	 * @return completes when the message is written, or fails with a
	 * {@link SendFailedException}
	 */
	<T> CompletableFuture<@Nullable Void> sendAsync(long msgId, T what, Encoding<T> encoding) {
		boolean onLane = isOnLane();
		SendFuture future = new SendFuture(this, this.connection);
		boolean list = mustList(onLane);
		Appended appended = this.outbound.append(msgId, what, encoding, list, future);
		if (appended == Appended.TOTAL_OVERFLOW) {
			appended = appendAgain(msgId, what, encoding, list, future);
		}
		SendResult result = finish(appended, onLane, msgId, what, encoding);
		if (!result.isAccepted()) {
			future.refused(result);
		}
		return future;
	}

	/**
	 * Send a frame that was encoded for several connections, without waiting and without
	 * waking the event loop.
	 * @param msgId its message number
	 * @param frame the frame; retained if it is needed longer
	 * @return the result
	 */
	SendResult sendFrame(long msgId, ByteBuf frame) {
		int length = frame.readableBytes();
		Appended appended = this.outbound.appendFrame(msgId, frame, mustList(isOnLane()));
		if (appended == Appended.TOTAL_OVERFLOW && context().outbound().makeRoom(length, this.connection)) {
			appended = this.outbound.appendFrame(msgId, frame, mustList(isOnLane()));
		}
		if (appended == Appended.ACCEPTED_AND_LISTED) {
			this.outbox.publish(this.connection);
		}
		return result(appended);
	}

	/**
	 * Append once more, if slow connections can be closed to make room.
	 */
	private <T> Appended appendAgain(long msgId, T what, Encoding<T> encoding, boolean list,
			@Nullable SendFuture future) {
		if (!context().outbound().makeRoom(encoding.length(what), this.connection)) {
			return Appended.TOTAL_OVERFLOW;
		}
		return this.outbound.append(msgId, what, encoding, list, future);
	}

	private boolean isOnLane() {
		return this.laneThread == Thread.currentThread();
	}

	/**
	 * True if the connection must be listed for a flush. A lane on its event loop flushes
	 * itself.
	 */
	private boolean mustList(boolean onLane) {
		return !onLane || !channel().eventLoop().inEventLoop();
	}

	private <T> SendResult finish(Appended appended, boolean onLane, long msgId, T what, Encoding<T> encoding) {
		if (appended == Appended.ACCEPTED_AND_LISTED) {
			this.outbox.publish(this.connection);
			if (!onLane) {
				this.outbox.wake();
			}
		}
		else if (appended == Appended.UNSENDABLE) {
			logUnsendable(msgId, encoding.length(what));
		}
		return result(appended);
	}

	private SendResult result(Appended appended) {
		if (this.outbound.isCongested()) {
			context().outbound().budget().congested(this.connection);
		}
		if (appended == Appended.ACCEPTED || appended == Appended.ACCEPTED_AND_LISTED) {
			return SendResult.ACCEPTED;
		}
		boolean full = appended == Appended.OVERFLOW || appended == Appended.TOTAL_OVERFLOW;
		if (full && settings().policy() == SlowConsumerPolicy.CLOSE) {
			this.connection.close(CloseReason.SLOW_CONSUMER);
		}
		return counted(appended);
	}

	/**
	 * Count a message as dropped, unless it was accepted.
	 * @return the result as the application gets it
	 */
	SendResult counted(Appended appended) {
		return switch (appended) {
			case ACCEPTED, ACCEPTED_AND_LISTED -> SendResult.ACCEPTED;
			case CLOSED -> dropped(SendResult.CLOSED, DropReason.CLOSED_BEFORE_SENT);
			case UNSENDABLE -> dropped(SendResult.UNSENDABLE, DropReason.UNSENDABLE);
			case OVERFLOW -> dropped(SendResult.OVERFLOW, DropReason.SLOW_CONSUMER);
			case TOTAL_OVERFLOW -> dropped(SendResult.OVERFLOW, DropReason.OUTBOUND_FULL);
		};
	}

	private SendResult dropped(SendResult result, DropReason reason) {
		context().metrics().countDropped(reason, 1);
		return result;
	}

	void logUnsendable(long msgId, int length) {
		context().unsendable()
			.log((withheld) -> logger.warn(
					"[{}] Message {} of {} bytes to {} was dropped: codec {} cannot express it, or it is longer than "
							+ "zinx.outbound.max-bytes ({}) ({} more since the last such line)",
					context().name(), msgId, length, this.connection, this.connection.codec().name(),
					settings().maxBytes(), withheld));
	}

	private boolean waitsForRoom() {
		return settings().policy() == SlowConsumerPolicy.BLOCK && !isOnEventLoop();
	}

	private <T> Appended sendWhenRoom(long msgId, T what, Encoding<T> encoding) {
		try {
			long nanos = settings().blockTimeout().toNanos();
			Appended appended = this.outbound.appendWhenRoom(msgId, what, encoding, nanos, this::writeSoon);
			if (appended == Appended.OVERFLOW) {
				this.connection.close(CloseReason.SLOW_CONSUMER);
			}
			return appended;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return Appended.OVERFLOW;
		}
	}

	@Override
	public void writeSoon() {
		this.outbox.publish(this.connection);
		this.outbox.wake();
	}

	@Override
	public boolean isOnEventLoop() {
		return CurrentLoop.isAmongThoseOf(channel().eventLoop());
	}

	/**
	 * Write everything that is ready to be written. Event loop only. Writing may make
	 * Netty call this method again, and the end of congestion may make routers send: then
	 * it is repeated after the current write.
	 */
	void flush() {
		this.flushAgain = true;
		if (this.flushing) {
			return;
		}
		this.flushing = true;
		try {
			while (this.flushAgain) {
				this.flushAgain = false;
				flushOnce();
			}
		}
		finally {
			this.flushing = false;
		}
	}

	private void flushOnce() {
		this.outbound.write(!this.connection.isOpen());
		if (this.outbound.settle()) {
			context().outbound().budget().relieved(this.connection);
			this.connection.readSide().relieved();
		}
		else if (this.outbound.noticeCongestion()) {
			this.connection.readSide().congested();
		}
		if (this.outbound.isAwaited() && !this.awaitingDrain) {
			this.awaitingDrain = true;
			channel().writeAndFlush(Unpooled.EMPTY_BUFFER).addListener((written) -> {
				this.awaitingDrain = false;
				flush();
			});
		}
	}

}

package io.zinx.pipeline;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import io.zinx.connection.ChannelConnection;
import io.zinx.connection.Departure;
import io.zinx.connection.LateRequests;
import io.zinx.connection.LoopOutbox;
import org.jspecify.annotations.Nullable;

/**
 * The last reads of a connection that leaves: in front of all else from the moment it was
 * told to leave until it does. Event loop only.
 *
 * <pre>
 *   told to leave ----- quiet period ----- nothing left to read ----- delay ----- leaves
 *        |                                          |                   |
 *        +--- what comes is handled ----------------+--- as the policy --+
 * </pre>
 *
 * Nobody can tell when a message was sent, but what was sent before the connection was
 * told to leave is in the kernel when the quiet period is over, so it has been read when
 * the socket has nothing more to give after that: when a read took less than there was
 * room for, and all of it has gone to the lane. A connection whose TLS handshake is not
 * over has sent no message.
 */
final class LastReads extends ChannelInboundHandlerAdapter {

	private static final String NAME = "zinx-last-reads";

	/** How often a silent socket is looked at before it counts as empty. */
	private static final int LOOKS = 2;

	private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

	private final Channel channel;

	private final FrameReader reader;

	private final ChannelConnection connection;

	private final Departure departure;

	private final @Nullable TlsGate tls;

	private long reads;

	/** Whether the last read took less than there was room for: all that was there. */
	private boolean emptied;

	/** Whether it leaves, or refuses, as soon as nothing is left to read. */
	private boolean looking;

	private boolean refusing;

	private boolean over;

	/** How often something was read, and how much written, when that last changed. */
	private long progress = -1;

	private long progressNanos;

	private @Nullable Future<?> timer;

	private LastReads(Channel channel, FrameReader reader, ChannelConnection connection, Departure departure) {
		this.channel = channel;
		this.reader = reader;
		this.connection = connection;
		this.departure = departure;
		this.tls = channel.pipeline().get(TlsGate.class);
	}

	/**
	 * Begin to take the last reads of a connection. Event loop only.
	 */
	static void begin(Channel channel, FrameReader reader, ChannelConnection connection, Departure departure) {
		channel.pipeline().addFirst(NAME, new LastReads(channel, reader, connection, departure));
	}

	/**
	 * Go on as if nothing had been begun. Event loop only.
	 */
	static void end(Channel channel) {
		if (channel.pipeline().get(NAME) != null) {
			channel.pipeline().remove(NAME);
		}
	}

	@Override
	public boolean isSharable() {
		return false;
	}

	@Override
	public void handlerAdded(ChannelHandlerContext ctx) {
		Duration quiet = this.departure.quietPeriod();
		Duration delay = this.departure.delay();
		boolean longer = this.departure.lateRequests() == LateRequests.HANDLE && delay.compareTo(quiet) > 0;
		after((longer ? delay : quiet).toNanos(), this::look);
	}

	private void after(long nanos, Runnable task) {
		this.timer = this.channel.eventLoop().schedule(task, Math.max(1, nanos), TimeUnit.NANOSECONDS);
	}

	private void look() {
		this.looking = true;
		look(LOOKS);
	}

	/**
	 * A socket from which nothing comes while others were looked at is empty.
	 */
	private void look(int looks) {
		if (this.over) {
			return;
		}
		if (this.tls != null && !this.tls.isOpen()) {
			leave();
			return;
		}
		if (looks == 0) {
			nothingLeft();
			return;
		}
		long before = this.reads;
		LoopOutbox.executeBehindSockets(this.channel.eventLoop(), () -> {
			if (this.looking && this.reads == before && isUpToDate()) {
				look(looks - 1);
			}
			else if (this.looking && !this.over) {
				lookAgain();
			}
		});
	}

	private boolean isUpToDate() {
		return this.reader.isUpToDate() && !isMidRecord();
	}

	private boolean isMidRecord() {
		return this.tls != null && this.tls.isMidRecord();
	}

	/**
	 * Whoever neither reads nor sends the rest of what it began holds up nobody for
	 * longer than a flush may take.
	 */
	private void lookAgain() {
		long now = System.nanoTime();
		long before = this.progress;
		this.progress = this.reads + this.connection.bytesWritten();
		if (this.progress != before || !(this.reader.awaitsPeer() || isMidRecord())) {
			this.progressNanos = now;
		}
		else if (now - this.progressNanos >= this.departure.patience().toNanos()) {
			leave();
			return;
		}
		after(RETRY_NANOS, this::look);
	}

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object msg) {
		this.reads++;
		this.emptied = msg instanceof ByteBuf buffer && buffer.isWritable();
		ctx.fireChannelRead(msg);
	}

	@Override
	public void channelReadComplete(ChannelHandlerContext ctx) {
		ctx.fireChannelReadComplete();
		if (this.looking && this.emptied && isUpToDate()) {
			nothingLeft();
		}
	}

	private void nothingLeft() {
		if (this.over || !this.looking) {
			return;
		}
		this.looking = false;
		if (this.departure.lateRequests() == LateRequests.HANDLE) {
			leave();
			return;
		}
		this.refusing = true;
		this.reader.change((lane) -> new RefusingLane(lane, this.connection, this.departure.refusal()));
		after(this.departure.delay().minus(this.departure.quietPeriod()).toNanos(), this::leave);
	}

	private void leave() {
		if (!this.over) {
			this.channel.pipeline().remove(this);
			this.reader.leaveNow(this.departure.reason());
		}
	}

	@Override
	public void channelInactive(ChannelHandlerContext ctx) {
		end();
		ctx.fireChannelInactive();
	}

	@Override
	public void handlerRemoved(ChannelHandlerContext ctx) {
		end();
		if (this.refusing) {
			this.reader.change((lane) -> (lane instanceof RefusingLane refusing) ? refusing.lane() : lane);
		}
	}

	private void end() {
		this.over = true;
		if (this.timer != null) {
			this.timer.cancel(false);
		}
	}

}

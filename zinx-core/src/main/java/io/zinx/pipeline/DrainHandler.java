package io.zinx.pipeline;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import io.zinx.connection.ChannelConnection;
import io.zinx.connection.DrainPlan;
import io.zinx.connection.LateRequests;
import io.zinx.eventloop.EventLoopTasks;
import io.zinx.link.Link;
import org.jspecify.annotations.Nullable;

/**
 * The handler that drains one connection: in front of all other handlers from the begin
 * of the drain until the end of the connection. Event loop only.
 *
 * <pre>
 *   drain ----- quiet period ----- nothing left to read ----- delay ----- end
 *     |                                      |                  |
 *     +--- messages are handled -------------+--- by the policy -+
 * </pre>
 *
 * The time at which a message was sent is unknown, but a message sent before the drain is
 * in a kernel when the quiet period is over, so it has been read once the socket is empty
 * after that, and had space for more ({@link SentBeforeDrain}). Bytes that are read later
 * were sent later, so the drain continues as soon as everything before them was passed to
 * the lane.
 */
final class DrainHandler extends ChannelInboundHandlerAdapter {

	private static final String NAME = "zinx-drain";

	/** The number of checks of a silent socket before it counts as empty. */
	private static final int LOOKS = 2;

	private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

	private final Channel channel;

	private final FrameReader reader;

	private final ChannelConnection connection;

	private final DrainPlan plan;

	private final Link link;

	private @Nullable RefusalGate gate;

	private final SentBeforeDrain sentBeforeDrain;

	private final ProgressTimeout timeout;

	/** True if the drain continues as soon as nothing is left to read. */
	private boolean looking;

	private boolean over;

	private @Nullable Future<?> timer;

	private DrainHandler(Channel channel, FrameReader reader, ChannelConnection connection, DrainPlan plan) {
		this.channel = channel;
		this.reader = reader;
		this.connection = connection;
		this.plan = plan;
		this.link = Link.of(channel);
		this.sentBeforeDrain = new SentBeforeDrain(connection.clocks().nanoTime(), plan.quietPeriod(),
				channel.config());
		this.timeout = new ProgressTimeout(connection.clocks().nanoTime(), plan.patience());
	}

	/**
	 * Begin to drain a connection. Event loop only.
	 */
	static void begin(Channel channel, FrameReader reader, ChannelConnection connection, DrainPlan plan) {
		channel.pipeline().addFirst(NAME, new DrainHandler(channel, reader, connection, plan));
	}

	/**
	 * End the drain without an effect. Event loop only.
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
		Duration quiet = this.plan.quietPeriod();
		Duration delay = this.plan.delay();
		boolean longer = this.plan.lateRequests() == LateRequests.HANDLE && delay.compareTo(quiet) > 0;
		after((longer ? delay : quiet).toNanos(), this::allHasArrived);
	}

	private void after(long nanos, Runnable task) {
		this.timer = this.channel.eventLoop().schedule(task, Math.max(1, nanos), TimeUnit.NANOSECONDS);
	}

	private void allHasArrived() {
		this.looking = true;
		this.sentBeforeDrain.arrived();
		look();
	}

	private void look() {
		if (!goOnIfThrough()) {
			look(LOOKS);
		}
	}

	/**
	 * Continue if everything sent before the drain was passed to the lane.
	 * @return whether it was
	 */
	private boolean goOnIfThrough() {
		boolean through = this.reader.hasHandedOver(this.sentBeforeDrain.end());
		if (through) {
			nothingLeft();
		}
		return through;
	}

	/**
	 * Check the socket: it is empty if nothing was read from it while other sockets were
	 * polled.
	 */
	private void look(int looks) {
		if (this.over) {
			return;
		}
		if (looks == 0) {
			this.sentBeforeDrain.silent(this.connection.bytesIn());
			if (!goOnIfThrough()) {
				lookAgain();
			}
			return;
		}
		long before = this.sentBeforeDrain.reads();
		EventLoopTasks.executeBehindAllSockets(this.channel.eventLoop(), () -> {
			boolean silent = this.sentBeforeDrain.reads() == before && !this.link.isMidRecord();
			if (this.looking && silent && this.channel.config().isAutoRead()) {
				look(looks - 1);
			}
			else if (this.looking && !this.over) {
				lookAgain();
			}
		});
	}

	/**
	 * Check again later. A peer that neither reads nor completes a frame delays the drain
	 * no longer than the flush timeout. What this side does not read is no fault of it.
	 */
	private void lookAgain() {
		long progress = this.sentBeforeDrain.reads() + this.connection.bytesWritten();
		if (this.timeout.lasts(progress, this.reader.awaitsPeer(this.link.isMidRecord()))) {
			after(RETRY_NANOS, this::look);
		}
		else {
			finish();
		}
	}

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object msg) {
		this.sentBeforeDrain.read((ByteBuf) msg);
		ctx.fireChannelRead(msg);
	}

	@Override
	public void channelReadComplete(ChannelHandlerContext ctx) {
		ctx.fireChannelReadComplete();
		this.sentBeforeDrain.readComplete(this.connection.bytesIn(), !this.link.isMidRecord());
		if (this.looking) {
			goOnIfThrough();
		}
	}

	private void nothingLeft() {
		if (this.over || !this.looking) {
			return;
		}
		this.looking = false;
		if (this.plan.lateRequests() == LateRequests.HANDLE) {
			finish();
			return;
		}
		RefusalGate refusals = new RefusalGate(this.reader, this.connection, this.plan.refusal());
		this.gate = refusals;
		this.reader.gate((lane) -> refusals);
		after(this.plan.delay().minus(this.plan.quietPeriod()).toNanos(), this::refuseTheLast);
	}

	private void refuseTheLast() {
		this.timeout.begin();
		finishRefusing();
	}

	/**
	 * Wait for refusals that are being sent, no longer than the flush timeout.
	 */
	private void finishRefusing() {
		if (this.over) {
			return;
		}
		if (this.gate != null && this.gate.isBusy() && this.timeout.lasts()) {
			after(RETRY_NANOS, this::finishRefusing);
			return;
		}
		this.reader.drop();
		finish();
	}

	private void finish() {
		if (!this.over) {
			this.channel.pipeline().remove(this);
			this.reader.drained(this.plan.reason());
		}
	}

	/**
	 * Keep the gate, so that no message is handled after one that was refused.
	 */
	@Override
	public void channelInactive(ChannelHandlerContext ctx) {
		end();
		this.gate = null;
		ctx.fireChannelInactive();
	}

	@Override
	public void handlerRemoved(ChannelHandlerContext ctx) {
		end();
		if (this.gate != null) {
			this.gate.end();
		}
	}

	private void end() {
		this.over = true;
		if (this.timer != null) {
			this.timer.cancel(false);
		}
	}

}

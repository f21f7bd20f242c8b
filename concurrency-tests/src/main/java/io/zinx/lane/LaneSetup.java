package io.zinx.lane;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

import io.netty.channel.embedded.EmbeddedChannel;
import io.zinx.admission.ConnectionSettings;
import io.zinx.codec.TlvCodec;
import io.zinx.connection.ChannelConnection;
import io.zinx.connection.ConnManager;
import io.zinx.connection.ConnectionContext;
import io.zinx.connection.ConnectionFactory;
import io.zinx.connection.ConnectionListener;
import io.zinx.connection.ConnectionRegistry;
import io.zinx.diagnostics.Clocks;
import io.zinx.eventloop.LoopLocal;
import io.zinx.metrics.HandlerTiming;
import io.zinx.metrics.ServerMetrics;
import io.zinx.outbound.LoopOutbox;
import io.zinx.outbound.OutboundContext;
import io.zinx.outbound.OutboundSettings;
import io.zinx.routing.RouteRegistry;
import io.zinx.worker.LaneJob;
import io.zinx.worker.LaneRunner;
import io.zinx.worker.QueueBound;

/**
 * A lane whose runner is the actor of a test. Its event loop is made to believe that it
 * was woken, so that nobody touches it but who calls the lane's methods for event loops.
 */
final class LaneSetup implements LaneRunner, Reader {

	private static final ConnManager MANAGER = new ConnManager(1);

	private final EmbeddedChannel channel = new EmbeddedChannel();

	private final LoopOutbox outbox = new LoopOutbox(this.channel.eventLoop());

	private final Queue<LaneJob> queue = new ConcurrentLinkedQueue<>();

	private final AtomicInteger queued = new AtomicInteger();

	private volatile boolean queuedTwice;

	final QueueLane lane;

	LaneSetup(List<ConnectionListener> listeners) {
		OutboundContext outbound = new OutboundContext(new TlvCodec(), OutboundSettings.DEFAULTS);
		ConnectionContext context = new ConnectionContext("test", ConnectionRegistry.of(MANAGER), outbound,
				ConnectionSettings.DEFAULTS.duplicateLogin(), Clocks.SYSTEM, MANAGER.metrics());
		ChannelConnection connection = new ConnectionFactory(context, new LoopLocal<>((loop) -> this.outbox))
			.newConnection(1, this.channel);
		HandlerInvoker handling = new HandlerInvoker(new RouteRegistry().close(), listeners, new ServerMetrics(), null,
				10, Duration.ZERO);
		LaneLoop loop = new LaneLoop(this.channel.eventLoop(), this.outbox, List.of(this), null, HandlerTiming.OFF);
		this.lane = new QueueLane(connection, handling, this, new LaneBinding(this, new QueueBound(10), loop, null));
		this.outbox.wake();
	}

	/**
	 * Give the lane a turn, if it is there.
	 * @return whether it was
	 */
	boolean runNext() {
		LaneJob next = this.queue.poll();
		if (next == null) {
			return false;
		}
		this.queued.decrementAndGet();
		next.run();
		return true;
	}

	/**
	 * Give the lane turns until it does not come back.
	 */
	void runAll() {
		boolean more = runNext();
		while (more) {
			more = runNext();
		}
	}

	boolean isQueuedTwice() {
		return this.queuedTwice;
	}

	@Override
	public int index() {
		return 0;
	}

	@Override
	public boolean add(LaneJob job) {
		if (this.queued.incrementAndGet() > 1) {
			this.queuedTwice = true;
		}
		this.queue.add(job);
		return true;
	}

	@Override
	public void wake() {
		// The actor comes by itself.
	}

	@Override
	public void begin() {
		// Nothing is read.
	}

	@Override
	public void resume() {
		// Nothing is read.
	}

}

package io.zinx.inbound;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

import io.netty.channel.EventLoop;
import io.zinx.diagnostics.LogThrottle;
import io.zinx.eventloop.EventLoopTasks;
import io.zinx.eventloop.LoopLocal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bound on memory that all connections of a server together hold for received
 * messages that are not handled: messages on lanes, and bytes that are not decoded. Any
 * thread.
 * <p>
 * When it is reached, connections that hold more than an equal share of it are not read;
 * all others are. So the memory never exceeds the budget and one read of each connection,
 * and a connection that holds little is served whatever others hold. Incomplete frames
 * must not delay the others for ever: if they take more than half of a full budget, the
 * connections with the oldest ones are closed.
 * <p>
 * Each event loop has an {@link InboundShare}, and sums up those of all event loops only
 * when it has used a part of the budget that was left the last time.
 */
public final class InboundBudget {

	private static final Logger logger = LoggerFactory.getLogger(InboundBudget.class);

	/** The number of checks by event loops while the budget fills. */
	private static final int LOOKS = 16;

	/** The time until paused connections are checked again. */
	private static final int AGAIN_MILLIS = 10;

	private static final int LARGEST_STEP = 16 * 1024;

	private final String serverName;

	private final InboundSettings settings;

	/** The bound, without the part that event loops may use between two checks. */
	private final long bound;

	private final int step;

	private final List<InboundShare> all = new CopyOnWriteArrayList<>();

	private final LoopLocal<InboundShare> shares = new LoopLocal<>(
			(loop) -> newShare((task) -> EventLoopTasks.execute(loop, task),
					(task) -> EventLoopTasks.executeIn(loop, AGAIN_MILLIS, task)));

	private final LongAdder givenBack = new LongAdder();

	private final AtomicBoolean ending = new AtomicBoolean();

	private final LogThrottle fullLines = new LogThrottle(1, System::nanoTime);

	private volatile boolean full;

	/**
	 * Create a budget.
	 * @param serverName the name of the server, for logs
	 * @param settings the bounds
	 * @param readBlocks the memory that sockets are read into, in bytes, which counts
	 * against the total, up to a quarter of it
	 */
	public InboundBudget(String serverName, InboundSettings settings, long readBlocks) {
		this.serverName = serverName;
		this.settings = settings;
		this.step = Integer.highestOneBit((int) Math.max(1, Math.min(LARGEST_STEP, settings.maxBytes() / 4)));
		long total = settings.totalMaxBytes();
		this.bound = total - total / LOOKS - Math.min(readBlocks, total / 4);
	}

	/**
	 * Create a budget without a bound.
	 * @return a new budget
	 */
	public static InboundBudget unbounded() {
		return new InboundBudget("unbounded", new InboundSettings(Integer.MAX_VALUE, Long.MAX_VALUE), 0);
	}

	/**
	 * The share of an event loop.
	 * @param loop the event loop
	 * @return its share
	 */
	public InboundShare share(EventLoop loop) {
		return this.shares.of(loop);
	}

	/**
	 * Create a share for a thread that works like an event loop.
	 * @param loop runs tasks on it
	 * @param later runs tasks on it in a few milliseconds
	 * @return a new share
	 */
	public InboundShare newShare(Executor loop, Consumer<Runnable> later) {
		InboundShare share = new InboundShare(this, loop, later);
		this.all.add(share);
		return share;
	}

	/**
	 * The current use of memory.
	 * @return a snapshot
	 */
	public InboundStatus status() {
		return new InboundStatus(used(), incomplete(), (int) sum(LoopCounts.PAUSED));
	}

	InboundSettings settings() {
		return this.settings;
	}

	int step() {
		return this.step;
	}

	void givenBack(int bytes) {
		this.givenBack.add(bytes);
	}

	/**
	 * True if the bound was reached at the last check of any event loop.
	 */
	boolean isFull() {
		return this.full;
	}

	/**
	 * Check the use of memory. Once the bound is reached, the budget counts as full until
	 * an eighth is free.
	 * @return whether it is full
	 */
	boolean look() {
		boolean before = this.full;
		long used = used();
		boolean now = used >= (before ? this.bound - this.bound / 8 : this.bound);
		if (now != before) {
			this.full = now;
			if (now) {
				logFull(used);
			}
		}
		if (now) {
			endOldest();
		}
		return now;
	}

	private void logFull(long used) {
		this.fullLines.log((withheld) -> logger.warn(
				"[{}] Received messages that wait for a handler take {} of {} bytes (zinx.inbound.total-max-bytes), "
						+ "{} of them for incomplete frames: connections that hold more than {} bytes are not read "
						+ "until memory is free ({} more since the last such line)",
				this.serverName, used, this.settings.totalMaxBytes(), incomplete(), equalShare(), withheld));
	}

	/**
	 * The number of bytes that an event loop may pass on before its next check.
	 */
	long allowance() {
		return Math.max(0, this.bound - used()) / ((long) LOOKS * Math.max(1, this.all.size()));
	}

	long equalShare() {
		return this.bound / Math.max(1, sum(LoopCounts.CONNECTIONS));
	}

	private void endOldest() {
		if (incomplete() <= this.bound / 2 || !this.ending.compareAndSet(false, true)) {
			return;
		}
		InboundShare oldest = null;
		for (InboundShare share : this.all) {
			if (share.counts().get(LoopCounts.INCOMPLETE) > 0 && (oldest == null || isOlder(share, oldest))) {
				oldest = share;
			}
		}
		if (oldest == null) {
			this.ending.set(false);
			return;
		}
		oldest.endOldest(() -> {
			this.ending.set(false);
			look();
		});
	}

	private static boolean isOlder(InboundShare one, InboundShare other) {
		return one.counts().get(LoopCounts.OLDEST) - other.counts().get(LoopCounts.OLDEST) < 0;
	}

	private long used() {
		long back = this.givenBack.sum();
		return Math.max(0, sum(LoopCounts.HANDED) + sum(LoopCounts.KEPT) - back);
	}

	private long incomplete() {
		return sum(LoopCounts.INCOMPLETE);
	}

	private long sum(int number) {
		long sum = 0;
		for (InboundShare share : this.all) {
			sum += share.counts().get(number);
		}
		return sum;
	}

}

package io.zinx.inbound;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * The memory that the connections of one event loop hold of an {@link InboundBudget}.
 * Event loop only, but for {@link #givenBack} and {@link #counts}.
 * <p>
 * The event loop adds up what it hands to lanes and what it keeps uncut; what lanes give
 * back is added up for all event loops together. So a message that is handled at once
 * costs no more than a few additions for each batch.
 */
public final class InboundShare {

	private final InboundBudget budget;

	private final Executor loop;

	private final Consumer<Runnable> later;

	private final LoopCounts counts = new LoopCounts();

	private final Set<PausedReader> paused = new LinkedHashSet<>();

	private final BegunFrames frames = new BegunFrames();

	/** Whether {@link #lookAgain} will be called. */
	private boolean looking;

	/** The bytes that may be held on top before the budget is looked at again. */
	private long allowance;

	/**
	 * Create the share of an event loop.
	 * @param budget the budget
	 * @param loop runs tasks on the event loop
	 * @param later the same, in a few milliseconds
	 */
	InboundShare(InboundBudget budget, Executor loop, Consumer<Runnable> later) {
		this.budget = budget;
		this.loop = loop;
		this.later = later;
	}

	/**
	 * There is one more connection.
	 */
	public void opened() {
		this.counts.add(LoopCounts.CONNECTIONS, 1);
	}

	/**
	 * There is one less.
	 */
	public void closed() {
		this.counts.add(LoopCounts.CONNECTIONS, -1);
	}

	/**
	 * Count memory that a lane holds from now on.
	 * @param bytes how much, 0 or more
	 */
	public void handed(int bytes) {
		this.counts.add(LoopCounts.HANDED, bytes);
		spend(bytes);
	}

	/**
	 * Count memory that a lane holds no longer. Any thread.
	 * @param bytes how much, 0 or more
	 */
	public void givenBack(int bytes) {
		this.budget.givenBack(bytes);
	}

	/**
	 * Count what a connection keeps uncut.
	 * @param kept the bytes; counted before or not
	 * @param bytes the memory they take now
	 * @param begun whether they are part of a frame whose rest has not come
	 * @param since when that was begun, of the clock of all others; without effect if it
	 * is counted as begun already
	 */
	public void keep(KeptBytes kept, int bytes, boolean begun, long since) {
		if (kept.begun && !begun) {
			unlist(kept);
		}
		int more = bytes - kept.bytes;
		kept.bytes = bytes;
		this.counts.add(LoopCounts.KEPT, more);
		if (kept.begun) {
			this.counts.add(LoopCounts.BEGUN, more);
		}
		else if (begun) {
			list(kept, since);
		}
		spend(more);
	}

	/**
	 * Count what was kept no more.
	 * @param kept the bytes
	 */
	public void forget(KeptBytes kept) {
		if (kept.begun) {
			unlist(kept);
		}
		this.counts.add(LoopCounts.KEPT, -kept.bytes);
		this.allowance += kept.bytes;
		kept.bytes = 0;
	}

	private void list(KeptBytes kept, long since) {
		this.frames.add(kept, since);
		this.counts.add(LoopCounts.BEGUN, kept.bytes);
		this.counts.set(LoopCounts.OLDEST, this.frames.oldestSince());
	}

	private void unlist(KeptBytes kept) {
		this.frames.remove(kept);
		this.counts.add(LoopCounts.BEGUN, -kept.bytes);
		this.counts.set(LoopCounts.OLDEST, this.frames.oldestSince());
	}

	/**
	 * Whether a connection must not be read.
	 * @param waiting the memory that its lane holds
	 * @param kept what it keeps uncut
	 * @param paused whether it is not read already
	 * @return whether it holds too much itself, or more than its part while all together
	 * do
	 */
	public boolean mustWait(int waiting, int kept, boolean paused) {
		long held = (long) waiting + kept;
		long max = this.budget.settings().maxBytes();
		if (waiting > 0 && held >= (paused ? max / 2 : max)) {
			return true;
		}
		return this.budget.isFull() && this.budget.look() && held > this.budget.equalShare();
	}

	/**
	 * Whether {@link #mustWait} should be asked after every read, because all connections
	 * together hold too much.
	 * @return whether they do; may be a little late
	 */
	public boolean isFull() {
		return this.budget.isFull();
	}

	/**
	 * The memory that a connection may be handed before {@link #mustWait} is asked.
	 * @return bytes, a power of two
	 */
	public int step() {
		return this.budget.step();
	}

	/**
	 * Remember a connection that is not read. It is told to look again every few
	 * milliseconds.
	 * @param reader reads it
	 */
	public void pause(PausedReader reader) {
		if (!this.looking) {
			this.looking = true;
			this.later.accept(this::lookAgain);
		}
		this.paused.add(reader);
		this.counts.set(LoopCounts.PAUSED, this.paused.size());
	}

	/**
	 * Forget it.
	 * @param reader as with {@link #pause}
	 */
	public void goOn(PausedReader reader) {
		this.paused.remove(reader);
		this.counts.set(LoopCounts.PAUSED, this.paused.size());
	}

	private void lookAgain() {
		this.budget.look();
		List<PausedReader> readers = new ArrayList<>(this.paused);
		readers.forEach(PausedReader::lookAgain);
		this.looking = !this.paused.isEmpty();
		if (this.looking) {
			this.later.accept(this::lookAgain);
		}
	}

	private void spend(int bytes) {
		this.allowance -= bytes;
		if (this.allowance < 0 || this.budget.isFull()) {
			this.allowance = this.budget.look() ? 0 : this.budget.allowance();
		}
	}

	/**
	 * Let the oldest of the begun frames go, on the event loop. Any thread.
	 * @param done what to do then
	 */
	void endOldest(Runnable done) {
		this.loop.execute(() -> {
			KeptBytes kept = this.frames.oldest();
			if (kept != null) {
				kept.full();
				forget(kept);
			}
			done.run();
		});
	}

	/**
	 * The numbers that are counted. Any thread reads.
	 */
	LoopCounts counts() {
		return this.counts;
	}

}

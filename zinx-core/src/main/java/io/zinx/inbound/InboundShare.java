package io.zinx.inbound;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * The part of an {@link InboundBudget} that the connections of one event loop use. Event
 * loop only, except for {@link #givenBack} and {@link #counts}.
 * <p>
 * The event loop sums up the memory that it passes to lanes and that of bytes it has not
 * decoded; the memory that lanes release is summed up for all event loops together. So a
 * message that is handled at once costs only a few additions for each batch.
 */
public final class InboundShare {

	private final InboundBudget budget;

	private final Executor loop;

	private final Consumer<Runnable> later;

	private final LoopCounts counts = new LoopCounts();

	private final Set<PausedReader> paused = new LinkedHashSet<>();

	private final IncompleteFrames frames = new IncompleteFrames();

	/** True while a call of {@link #lookAgain} is scheduled. */
	private boolean looking;

	/** The number of bytes that may be passed on before the next check of the budget. */
	private long allowance;

	/**
	 * Create the share of an event loop.
	 * @param budget the budget
	 * @param loop runs tasks on the event loop
	 * @param later runs tasks on it in a few milliseconds
	 */
	InboundShare(InboundBudget budget, Executor loop, Consumer<Runnable> later) {
		this.budget = budget;
		this.loop = loop;
		this.later = later;
	}

	/**
	 * A connection was opened.
	 */
	public void opened() {
		this.counts.add(LoopCounts.CONNECTIONS, 1);
	}

	/**
	 * A connection was closed.
	 */
	public void closed() {
		this.counts.add(LoopCounts.CONNECTIONS, -1);
	}

	/**
	 * Count memory that was passed to a lane.
	 * @param bytes its size, 0 or more
	 */
	public void handed(int bytes) {
		this.counts.add(LoopCounts.HANDED, bytes);
		spend(bytes);
	}

	/**
	 * Count memory that a lane has released. Any thread.
	 * @param bytes its size, 0 or more
	 */
	public void givenBack(int bytes) {
		this.budget.givenBack(bytes);
	}

	/**
	 * Count the bytes of a connection that are not decoded.
	 * @param kept the bytes; counted before or not
	 * @param bytes the memory they take now
	 * @param incomplete whether they are an incomplete frame
	 * @param since the time of its first byte, of the same clock as all others; no effect
	 * if it is counted as incomplete already
	 */
	public void keep(KeptBytes kept, int bytes, boolean incomplete, long since) {
		if (kept.incomplete && !incomplete) {
			unlist(kept);
		}
		int more = bytes - kept.bytes;
		kept.bytes = bytes;
		this.counts.add(LoopCounts.KEPT, more);
		if (kept.incomplete) {
			this.counts.add(LoopCounts.INCOMPLETE, more);
		}
		else if (incomplete) {
			list(kept, since);
		}
		spend(more);
	}

	/**
	 * Remove bytes from the count.
	 * @param kept the bytes
	 */
	public void forget(KeptBytes kept) {
		if (kept.incomplete) {
			unlist(kept);
		}
		this.counts.add(LoopCounts.KEPT, -kept.bytes);
		this.allowance += kept.bytes;
		kept.bytes = 0;
	}

	private void list(KeptBytes kept, long since) {
		this.frames.add(kept, since);
		this.counts.add(LoopCounts.INCOMPLETE, kept.bytes);
		this.counts.set(LoopCounts.OLDEST, this.frames.oldestSince());
	}

	private void unlist(KeptBytes kept) {
		this.frames.remove(kept);
		this.counts.add(LoopCounts.INCOMPLETE, -kept.bytes);
		this.counts.set(LoopCounts.OLDEST, this.frames.oldestSince());
	}

	/**
	 * Return whether a connection must not be read.
	 * @param waiting the memory that its lane holds
	 * @param kept the memory of its bytes that are not decoded
	 * @param paused whether it is paused already
	 * @return whether it has reached its own bound, or holds more than an equal share of
	 * a full budget
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
	 * Return whether {@link #mustWait} must be called after every read, because the
	 * budget is full.
	 * @return whether it is; possibly a little late
	 */
	public boolean isFull() {
		return this.budget.isFull();
	}

	/**
	 * The memory that a connection may receive before {@link #mustWait} must be called.
	 * @return bytes, a power of two
	 */
	public int step() {
		return this.budget.step();
	}

	/**
	 * Add a paused connection. It is called to check again every few milliseconds.
	 * @param reader its reader
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
	 * Remove a paused connection.
	 * @param reader its reader
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
	 * Close the connection with the oldest incomplete frame, on the event loop. Any
	 * thread.
	 * @param done run after that
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
	 * The counts. Any thread reads.
	 */
	LoopCounts counts() {
		return this.counts;
	}

}

package io.zinx.outbound;

import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The event loops to wake, each once, after connections were published to them. For one
 * thread.
 */
public final class LoopOutboxes {

	/** The outboxes; created when needed. */
	private @Nullable Set<LoopOutbox> outboxes;

	/** The outbox that was added last, which is usually the next one, too. */
	private @Nullable LoopOutbox last;

	/**
	 * Add an event loop.
	 * @param outbox its outbox
	 */
	public void add(LoopOutbox outbox) {
		if (outbox != this.last) {
			this.last = outbox;
			if (this.outboxes == null) {
				this.outboxes = new HashSet<>();
			}
			this.outboxes.add(outbox);
		}
	}

	/**
	 * Wake the event loops that were added, and remove them.
	 * @throws RuntimeException if one of them cannot be woken, after all others were; it
	 * is woken the next time
	 */
	public void wakeAll() {
		Set<LoopOutbox> added = this.outboxes;
		if (this.last != null && added != null) {
			this.last = null;
			RuntimeException failure = null;
			for (Iterator<LoopOutbox> left = added.iterator(); left.hasNext();) {
				LoopOutbox outbox = left.next();
				try {
					outbox.wake();
					left.remove();
				}
				catch (RuntimeException ex) {
					this.last = outbox;
					failure = ex;
				}
			}
			if (failure != null) {
				throw failure;
			}
		}
	}

}

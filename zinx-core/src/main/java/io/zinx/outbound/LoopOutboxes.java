package io.zinx.outbound;

import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The event loops that are to be woken, each once, for what was published to them. One
 * thread.
 */
public final class LoopOutboxes {

	private final Set<LoopOutbox> outboxes = new HashSet<>();

	/** Nearly always the next one, too. */
	private @Nullable LoopOutbox last;

	/**
	 * Remember an event loop.
	 * @param outbox its outbox
	 */
	public void add(LoopOutbox outbox) {
		if (outbox != this.last) {
			this.last = outbox;
			this.outboxes.add(outbox);
		}
	}

	/**
	 * Wake those that were added, and forget them.
	 * @throws RuntimeException that of one which cannot be woken, when all others are; it
	 * is woken the next time
	 */
	public void wakeAll() {
		if (this.last != null) {
			this.last = null;
			RuntimeException failure = null;
			for (Iterator<LoopOutbox> left = this.outboxes.iterator(); left.hasNext();) {
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

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

	/** Made for the first. */
	private @Nullable Set<LoopOutbox> outboxes;

	/** Nearly always the next one, too. */
	private @Nullable LoopOutbox last;

	/**
	 * Remember an event loop.
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
	 * Wake those that were added, and forget them.
	 * @throws RuntimeException that of one which cannot be woken, when all others are; it
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

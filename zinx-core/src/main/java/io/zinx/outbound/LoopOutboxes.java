package io.zinx.outbound;

import java.util.HashSet;
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
	 */
	public void wakeAll() {
		if (this.last != null) {
			this.last = null;
			this.outboxes.forEach(LoopOutbox::wake);
			this.outboxes.clear();
		}
	}

}

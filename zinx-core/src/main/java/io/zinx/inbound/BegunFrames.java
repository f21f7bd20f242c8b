package io.zinx.inbound;

import org.jspecify.annotations.Nullable;

/**
 * The frames that the connections of one event loop have begun, in the order in which
 * that was. The list is linked by its entries. Event loop only.
 */
final class BegunFrames {

	private @Nullable KeptBytes oldest;

	private @Nullable KeptBytes newest;

	/**
	 * Add the frame that was begun last.
	 * @param kept its bytes, not in the list
	 * @param since when it was begun
	 */
	void add(KeptBytes kept, long since) {
		KeptBytes before = this.newest;
		kept.begun = true;
		kept.since = since;
		kept.older = before;
		this.newest = kept;
		if (before != null) {
			before.newer = kept;
		}
		else {
			this.oldest = kept;
		}
	}

	/**
	 * Take a frame out.
	 * @param kept its bytes, in the list
	 */
	void remove(KeptBytes kept) {
		KeptBytes before = kept.older;
		KeptBytes behind = kept.newer;
		if (before != null) {
			before.newer = behind;
		}
		else {
			this.oldest = behind;
		}
		if (behind != null) {
			behind.older = before;
		}
		else {
			this.newest = before;
		}
		kept.older = null;
		kept.newer = null;
		kept.begun = false;
	}

	/**
	 * The frame that was begun longest ago.
	 * @return its bytes, or {@code null} if there is none
	 */
	@Nullable KeptBytes oldest() {
		return this.oldest;
	}

	/**
	 * The time at which that was begun.
	 * @return a time of the clock of all frames; 0 if there is none
	 */
	long oldestSince() {
		return (this.oldest != null) ? this.oldest.since : 0;
	}

}

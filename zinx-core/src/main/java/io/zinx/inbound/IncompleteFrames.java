package io.zinx.inbound;

import org.jspecify.annotations.Nullable;

/**
 * The incomplete frames of the connections of one event loop, in the order of their first
 * bytes. The list is linked by its entries. Event loop only.
 */
final class IncompleteFrames {

	private @Nullable KeptBytes oldest;

	private @Nullable KeptBytes newest;

	/**
	 * Add an incomplete frame at the end.
	 * @param kept its bytes, not in the list
	 * @param since the time of its first byte
	 */
	void add(KeptBytes kept, long since) {
		KeptBytes before = this.newest;
		kept.incomplete = true;
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
	 * Remove a frame.
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
		kept.incomplete = false;
	}

	/**
	 * The oldest incomplete frame.
	 * @return its bytes, or {@code null} if there is none
	 */
	@Nullable KeptBytes oldest() {
		return this.oldest;
	}

	/**
	 * The time of the first byte of the oldest incomplete frame.
	 * @return a time of the clock of all frames; 0 if there is none
	 */
	long oldestSince() {
		return (this.oldest != null) ? this.oldest.since : 0;
	}

}

package io.zinx.lane;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * An inbox of numbers, and the numbers that were taken out of it.
 */
final class NumberedInbox {

	private final LaneInbox inbox = new LaneInbox();

	private final List<Integer> taken = new ArrayList<>(3);

	void add(int number) {
		this.inbox.add(new Numbered(number));
	}

	/**
	 * Take out one.
	 * @return whether there was one
	 */
	boolean take() {
		@Nullable LaneTask task = this.inbox.begin();
		this.inbox.end();
		if (task instanceof Numbered numbered) {
			this.taken.add(numbered.number);
		}
		return task != null;
	}

	/**
	 * Take out the rest.
	 * @return all that was ever taken, in order
	 */
	String takeAll() {
		boolean more = take();
		while (more) {
			more = take();
		}
		return this.taken.toString();
	}

	private static final class Numbered extends LaneTask {

		private final int number;

		Numbered(int number) {
			this.number = number;
		}

		@Override
		boolean run(LaneRun lane) {
			return true;
		}

	}

}

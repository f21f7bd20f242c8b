package io.zinx.lane;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * Two threads add to the inbox of a lane: nothing is lost, nothing comes twice, and what
 * one thread added comes in its order.
 */
@JCStressTest
@Outcome(id = { "[1, 2, 3]", "[1, 3, 2]", "[3, 1, 2]" }, expect = Expect.ACCEPTABLE, desc = "1 before 2")
@Outcome(expect = Expect.FORBIDDEN, desc = "Lost, twice or out of order")
@State
public class AddVersusAdd {

	private final LaneInbox inbox = new LaneInbox();

	private final List<Integer> taken = new ArrayList<>(3);

	/**
	 * Add two.
	 */
	@Actor
	public void first() {
		this.inbox.add(new Numbered(1));
		this.inbox.add(new Numbered(2));
	}

	/**
	 * Add one.
	 */
	@Actor
	public void second() {
		this.inbox.add(new Numbered(3));
	}

	private boolean take() {
		@Nullable LaneTask task = this.inbox.begin();
		this.inbox.end();
		if (task instanceof Numbered numbered) {
			this.taken.add(numbered.number);
		}
		return task != null;
	}

	/**
	 * Take out all.
	 * @param result all that was taken, in order
	 */
	@Arbiter
	public void rest(L_Result result) {
		boolean more = take();
		while (more) {
			more = take();
		}
		result.r1 = this.taken.toString();
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

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
 * One thread adds to the inbox of a lane while another one takes out: nothing is lost,
 * nothing comes twice, and it comes in its order.
 */
@JCStressTest
@Outcome(id = "[1, 2, 3]", expect = Expect.ACCEPTABLE, desc = "As added")
@Outcome(expect = Expect.FORBIDDEN, desc = "Lost, twice or out of order")
@State
public class AddVersusTake {

	private final LaneInbox inbox = new LaneInbox();

	private final List<Integer> taken = new ArrayList<>(3);

	/**
	 * Add three.
	 */
	@Actor
	public void adder() {
		this.inbox.add(new Numbered(1));
		this.inbox.add(new Numbered(2));
		this.inbox.add(new Numbered(3));
	}

	/**
	 * Take out what is there, twice.
	 */
	@Actor
	public void lane() {
		take();
		take();
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
	 * Take out the rest.
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

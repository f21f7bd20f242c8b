package io.zinx.traffic;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import io.zinx.traffic.Script.Reading;
import io.zinx.traffic.Script.Sent;

/**
 * Makes the scripts of a round.
 */
final class Scripts {

	private static final Kind[] kinds = spread(new int[] { 40, 26, 4, 6, 6, 4, 2, 6 }, new Kind[] { Kind.ECHO,
			Kind.ONEWAY, Kind.BATCH, Kind.LATER, Kind.TASK, Kind.WORK, Kind.FAIL, Kind.AWAITED });

	/** What those send that stay. */
	private static final Kind[] steady = { Kind.ECHO, Kind.ECHO, Kind.LATER, Kind.WORK, Kind.ONEWAY, Kind.TASK };

	private static final End[] ends = spread(new int[] { 44, 8, 12, 8, 8, 8, 6, 3, 3 }, End.values());

	/** The largest segment of a step in bytes; 0 for all in one. */
	private static final int[] segments = { 0, 0, 3, 40, 700, 1500, 20_000 };

	private final SplittableRandom random;

	private final List<Sent> requests = new ArrayList<>();

	private final List<Step> steps = new ArrayList<>();

	private Scripts(SplittableRandom random) {
		this.random = random;
	}

	/**
	 * The values, each as often as is said.
	 */
	private static <T> T[] spread(int[] times, T[] values) {
		List<T> all = new ArrayList<>();
		for (int i = 0; i < values.length; i++) {
			for (int time = 0; time < times[i]; time++) {
				all.add(values[i]);
			}
		}
		return all.toArray(values);
	}

	static SplittableRandom random(long seed, int client) {
		return new SplittableRandom(Bodies.mix(seed * 0x9e3779b97f4a7c15L + client));
	}

	static Script make(long seed, int client) {
		SplittableRandom random = random(seed, client);
		return new Scripts(random).make(client);
	}

	private Script make(int client) {
		End end = ends[this.random.nextInt(ends.length)];
		Reading reading = (end == End.CLOSE || this.random.nextInt(5) > 0) ? Reading.FAST
				: this.random.nextBoolean() ? Reading.SLOW : Reading.IN_FITS;
		boolean pushed = end != End.CLOSE && end != End.FLOOD && this.random.nextInt(3) == 0;
		this.requests.add(new Sent(Kind.HELLO, 4));
		int greeted = (this.random.nextInt(4) > 0 || end == End.CLOSE || end == End.FLOOD) ? 1 : 0;
		if (greeted > 0) {
			this.steps.add(Step.send(0, 1, segment(), 0));
			this.steps.add(Step.await());
		}
		int from = greeted;
		for (int bursts = 1 + this.random.nextInt(6); bursts > 0; bursts--) {
			from = burst(end, from);
		}
		end(end, from);
		return new Script(client, end, reading, pushed, List.copyOf(this.requests), List.copyOf(this.steps),
				this.random.nextInt(150_000));
	}

	/**
	 * Send some requests, then maybe wait.
	 * @param from the first that was not sent yet
	 * @return the first that was not sent then
	 */
	private int burst(End end, int from) {
		int count = switch (this.random.nextInt(4)) {
			case 0 -> 1;
			case 1 -> 1 + this.random.nextInt(10);
			case 2 -> 10 + this.random.nextInt(90);
			default -> 100 + this.random.nextInt(300);
		};
		Kind only = (this.random.nextInt(3) == 0) ? Kind.ONEWAY : kinds[this.random.nextInt(kinds.length)];
		boolean mixed = this.random.nextInt(4) > 0;
		int largest = largestBody();
		for (int i = 0; i < count; i++) {
			Kind kind = mixed ? kinds[this.random.nextInt(kinds.length)] : only;
			boolean heavy = kind == Kind.BATCH || kind == Kind.WORK;
			Kind possible = (end == End.CLOSE || (heavy && i > 100)) ? Kind.ONEWAY : kind;
			this.requests.add(new Sent(possible, this.random.nextInt(largest)));
		}
		int pause = (this.random.nextInt(3) == 0) ? this.random.nextInt(2000) : 0;
		this.steps.add(Step.send(from, this.requests.size(), segment(), pause));
		switch (this.random.nextInt(4)) {
			case 0 -> this.steps.add(Step.await());
			case 1 -> this.steps.add(Step.pause(this.random.nextInt(20_000)));
			default -> {
			}
		}
		return this.requests.size();
	}

	/**
	 * One more than the longest body, at least 1.
	 */
	private int largestBody() {
		return switch (this.random.nextInt(6)) {
			case 0 -> 1;
			case 1, 2 -> 17;
			case 3 -> 200;
			case 4 -> 1500;
			default -> 4001;
		};
	}

	private int segment() {
		return segments[this.random.nextInt(segments.length)];
	}

	private void end(End end, int from) {
		switch (end) {
			case KICK -> {
				this.requests.add(new Sent(Kind.KICK, 0));
				int more = this.random.nextInt(20);
				for (int i = 0; i < more; i++) {
					this.requests.add(new Sent(Kind.ECHO, 10));
				}
				this.steps.add(Step.send(from, this.requests.size(), segment(), 0));
			}
			case FLOOD -> {
				// It stops reading now, which must not keep what was sent before from
				// being handled.
				this.steps.add(Step.await());
				this.requests.add(new Sent(Kind.FLOOD, 0));
				this.steps.add(Step.send(from, this.requests.size(), 0, 0));
			}
			case STAY -> stay(from);
			case RESET, ABRUPT -> {
				int kept = 1 + this.random.nextInt(this.steps.size());
				this.steps.subList(kept, this.steps.size()).clear();
			}
			default -> {
			}
		}
	}

	/**
	 * Go on for longer than a round lasts.
	 */
	private void stay(int from) {
		for (int i = 0; i < 2000; i++) {
			this.requests.add(new Sent(steady[this.random.nextInt(steady.length)], this.random.nextInt(30)));
			this.steps.add(Step.send(from + i, from + i + 1, 0, 0));
			this.steps.add(Step.pause(1 + this.random.nextInt(9000)));
		}
	}

}

package io.zinx.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import io.zinx.diagnostics.Clocks;
import io.zinx.diagnostics.LogThrottle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes frames in the order in which they are given, from any thread. One task at a
 * time takes them from the queue, so they leave together when many come. Bounded by the
 * bytes that wait in the queue or for an answer.
 */
final class Publisher {

	private static final Logger logger = LoggerFactory.getLogger(ZinxCluster.class);

	/** The messages after which those in the buffer of the backplane are written. */
	private static final int FLUSH_AFTER = 64;

	/** The bounds of a message that holds several frames for one topic. */
	private static final int MOST_FRAMES = 64;

	private static final int MOST_BYTES = 65_536;

	/** The most that an array can have. */
	private static final long LONGEST_FRAME = Integer.MAX_VALUE - 8;

	private final Backplane backplane;

	private final ClusterFrameWriter frames;

	private final Predicate<String> ownTopic;

	private final ClusterThreads threads;

	private final Duration timeout;

	private final ByteBudget pending;

	private final Deadlines deadlines;

	private final Queue<Push> queue = new ConcurrentLinkedQueue<>();

	private final SerialTask drain;

	/** Used by the task only. */
	private final SentNumbers numbers = new SentNumbers(ThreadLocalRandom.current().nextInt());

	private final Set<Published> unanswered = ConcurrentHashMap.newKeySet();

	private volatile boolean closed;

	/**
	 * Create a publisher.
	 * @param backplane where to
	 * @param frames puts the numbers into the frames
	 * @param ownTopic tells whether this node may be one of the subscribers of a topic
	 * @param threads run the task and the timer
	 * @param settings the bound and the timeout
	 */
	Publisher(Backplane backplane, ClusterFrameWriter frames, Predicate<String> ownTopic, ClusterThreads threads,
			ClusterSettings settings) {
		this.backplane = backplane;
		this.frames = frames;
		this.ownTopic = ownTopic;
		this.threads = threads;
		this.timeout = settings.publishTimeout();
		this.pending = new ByteBudget(settings.maxPending());
		this.deadlines = new Deadlines(threads.scheduler(), Clocks.SYSTEM.nanoTime(), this.timeout);
		this.drain = new SerialTask(threads.pool(), this::drain);
	}

	/**
	 * Take room for a frame, which is given to {@link #publish} then.
	 * @param frameLength its length in bytes
	 * @return whether it may be published; {@code false} while the backplane is away, or
	 * if there is no room
	 */
	boolean reserve(long frameLength) {
		return frameLength <= LONGEST_FRAME && !this.closed && this.backplane.isConnected()
				&& this.pending.take(Push.cost(frameLength));
	}

	/**
	 * Give back the room that was taken for a frame that is not published after all.
	 * @param frameLength its length in bytes
	 */
	void giveBack(long frameLength) {
		this.pending.giveBack(Push.cost(frameLength));
	}

	/**
	 * Take room for a frame even if there is none.
	 * @param frameLength its length in bytes
	 */
	void reserveAnyway(long frameLength) {
		this.pending.takeAnyway(Push.cost(frameLength));
	}

	/**
	 * Publish a frame for which room is taken.
	 * @param push the frame; its result is told once, at the latest after the timeout
	 */
	void publish(Push push) {
		this.deadlines.add(push);
		this.queue.add(push);
		if (this.closed) {
			this.deadlines.remove(push);
			push.expired();
		}
		this.drain.request();
	}

	/** The bytes that wait in the queue or for an answer. */
	long pendingBytes() {
		return this.pending.taken();
	}

	/** The pushes whose result is not told. */
	int waiting() {
		return this.deadlines.size();
	}

	private void drain() {
		int unwritten = 0;
		Push next = this.queue.poll();
		while (next != null) {
			if (take(next)) {
				publishTogether(next);
				unwritten++;
				if (unwritten == FLUSH_AFTER) {
					flush();
					unwritten = 0;
				}
			}
			next = this.queue.poll();
		}
		if (unwritten > 0) {
			flush();
		}
	}

	private void flush() {
		try {
			this.backplane.flush();
		}
		catch (RuntimeException ex) {
			LogThrottle.logSafely(() -> logger.error("Backplane {} failed to write", this.backplane, ex));
		}
	}

	/**
	 * Take a push from the queue to publish it.
	 * @return {@code false} if it has ended, now or before
	 */
	private boolean take(Push push) {
		if (!this.closed && this.backplane.isConnected() && push.publish()) {
			return true;
		}
		this.pending.giveBack(push.cost());
		this.deadlines.remove(push);
		push.notSent();
		return false;
	}

	private void publishTogether(Push first) {
		List<Push> pushes = List.of(first);
		int length = first.frame().length;
		Push next = this.queue.peek();
		while (next != null && next.topic().equals(first.topic()) && pushes.size() < MOST_FRAMES
				&& length + next.frame().length <= MOST_BYTES) {
			this.queue.remove();
			if (take(next)) {
				if (pushes.size() == 1) {
					pushes = new ArrayList<>(pushes);
				}
				pushes.add(next);
				length += next.frame().length;
			}
			next = this.queue.peek();
		}
		publish(first.topic(), pushes, length);
	}

	private void publish(String topic, List<Push> pushes, int length) {
		Published published = new Published(pushes, this::ended);
		this.unanswered.add(published);
		boolean ownBefore = this.ownTopic.test(topic);
		answer(topic, pushes, length).whenComplete((subscribers, failure) -> {
			boolean own = ownBefore || this.ownTopic.test(topic);
			long others = (failure == null) ? subscribers - (own ? 1 : 0) : 0;
			published.answered((int) Math.max(0, Math.min(others, Integer.MAX_VALUE)), failure);
		});
		if (published.isRefused()) {
			this.numbers.giveBack(topic, pushes.size());
		}
	}

	private CompletionStage<Long> answer(String topic, List<Push> pushes, int length) {
		long firstNumber = this.numbers.take(topic, pushes.size());
		try {
			return this.backplane.publish(topic, message(pushes, length, firstNumber));
		}
		catch (Throwable ex) {
			LogThrottle.logSafely(() -> logger.error("Backplane {} failed to publish", this.backplane, ex));
			return CompletableFuture.failedStage(ex);
		}
	}

	private byte[] message(List<Push> pushes, int length, long firstNumber) {
		byte[] message = (pushes.size() == 1) ? pushes.get(0).frame() : new byte[length];
		long number = firstNumber;
		int at = 0;
		for (Push push : pushes) {
			byte[] frame = push.frame();
			if (frame != message) {
				System.arraycopy(frame, 0, message, at, frame.length);
			}
			this.frames.number(message, at, number);
			number++;
			at += frame.length;
		}
		return message;
	}

	private void ended(Published published, List<Push> pushes) {
		this.unanswered.remove(published);
		for (Push push : pushes) {
			this.pending.giveBack(push.cost());
			this.deadlines.remove(push);
		}
	}

	/**
	 * The connection of the backplane is lost. It fails what it has not answered; what it
	 * forgets to fail is ended here after the timeout.
	 */
	void lost() {
		this.drain.request();
		List<Published> before = List.copyOf(this.unanswered);
		if (!before.isEmpty()) {
			this.threads.scheduler()
				.schedule(() -> before.forEach(Published::forget), this.timeout.toNanos(), TimeUnit.NANOSECONDS);
		}
	}

	/**
	 * Publish nothing more, and end everything that waits.
	 */
	void close() {
		this.closed = true;
		List.copyOf(this.unanswered).forEach(Published::forget);
		this.deadlines.expireAll();
	}

}

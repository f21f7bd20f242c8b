package io.zinx.traffic;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.IntSupplier;

import io.zinx.traffic.Wire.Received;

/**
 * Compares what comes to a client with its script. The thread that reads takes; any may
 * look.
 */
final class Receiver {

	final AtomicInteger replies = new AtomicInteger();

	final AtomicInteger pushes = new AtomicInteger();

	final AtomicInteger taskReplies = new AtomicInteger();

	final AtomicInteger goodbyes = new AtomicInteger();

	final AtomicInteger refusals = new AtomicInteger();

	/** The messages and bytes of each number that have come. */
	private final Map<Integer, AtomicLongArray> sums = new ConcurrentHashMap<>();

	/** Requests for which nothing more is to come, but for tasks. */
	private final AtomicInteger answered = new AtomicInteger();

	private final Script script;

	private final Ledger ledger;

	private final IntSupplier begun;

	/**
	 * The part that comes next of the reply to the first request that is not answered.
	 */
	private int part;

	private int lastTask = -1;

	/**
	 * Begin.
	 * @param ledger takes the errors
	 * @param begun how many requests the client has begun to send
	 */
	Receiver(Ledger ledger, IntSupplier begun) {
		this.script = ledger.script;
		this.ledger = ledger;
		this.begun = begun;
	}

	void take(Received next) {
		AtomicLongArray sums = this.sums.computeIfAbsent(next.msgId(), (key) -> new AtomicLongArray(2));
		sums.incrementAndGet(0);
		sums.addAndGet(1, Wire.HEAD + next.body().length);
		int number = next.msgId() - (int) this.script.msgId(0);
		if (next.msgId() == Kind.GOODBYE) {
			this.goodbyes.incrementAndGet();
		}
		else if (next.msgId() == Kind.REFUSAL) {
			this.refusals.incrementAndGet();
		}
		else if (number == Kind.PUSH) {
			takePush(next);
		}
		else if (number == Kind.TASK.number()) {
			takeTaskReply(next);
		}
		else {
			takeReply(next);
		}
	}

	private void takePush(Received next) {
		int number = this.pushes.getAndIncrement();
		if (!this.script.isPush(number, next.body())) {
			this.ledger.error("Not push " + number + ": " + next);
		}
	}

	private void takeTaskReply(Received next) {
		int index = (next.body().length >= 4) ? ByteBuffer.wrap(next.body()).getInt() : -1;
		if (index <= this.lastTask || !this.script.isTaskReply(index, next.body())) {
			this.ledger.error("No reply of a task behind that of " + this.lastTask + ": " + next + ", " + index);
		}
		this.lastTask = index;
		this.taskReplies.incrementAndGet();
	}

	private void takeReply(Received next) {
		this.replies.incrementAndGet();
		if (this.refusals.get() > 0) {
			this.ledger.error("REORDERED: a reply behind a refusal: " + next);
		}
		int index = skipAnswered(this.answered.get());
		if (index >= this.begun.getAsInt() || !this.script.isReply(index, this.part, next.msgId(), next.body())) {
			this.ledger.error("Not part " + this.part + " of the reply to request " + index + ": " + next);
		}
		this.part++;
		this.answered.set(skipAnswered(index));
	}

	/**
	 * The first request, from one on, of which a part of the reply is to come.
	 */
	private int skipAnswered(int from) {
		int index = from;
		while (index < this.script.requests().size() && this.part >= this.script.replies(index)) {
			index++;
			this.part = 0;
		}
		return index;
	}

	/**
	 * Whether all replies to the first requests have come.
	 */
	boolean hasAnswered(int requests) {
		return this.answered.get() >= requests;
	}

	long messages(int msgId) {
		return sum(msgId, 0);
	}

	long bytes(int msgId) {
		return sum(msgId, 1);
	}

	private long sum(int msgId, int field) {
		AtomicLongArray sums = this.sums.get(msgId);
		return (sums != null) ? sums.get(field) : 0;
	}

	@Override
	public String toString() {
		return "received replies " + this.replies + " (to all before request " + this.answered + "), pushes "
				+ this.pushes + ", replies of tasks " + this.taskReplies + ", goodbyes " + this.goodbyes + ", refusals "
				+ this.refusals;
	}

}

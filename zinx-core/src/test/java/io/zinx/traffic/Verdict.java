package io.zinx.traffic;

import java.util.ArrayList;
import java.util.List;

import io.zinx.connection.CloseReason;
import io.zinx.traffic.Ledger.Ended;

/**
 * Compares what a client has seen, and what the server has done for it, with its script.
 * When both have ended.
 */
final class Verdict {

	private final TrafficClient client;

	private final Ledger ledger;

	private final Script script;

	/** Whether the server has parted from all clients and gone on. */
	private final boolean parted;

	/** Requests that were refused; those of rude clients are not known. */
	private final int refused;

	private final List<String> errors;

	/** True if requests may have been refused that nobody knows of. */
	private final boolean refusedInSilence;

	private Verdict(TrafficClient client, Settings settings) {
		this.client = client;
		this.ledger = client.ledger;
		this.script = client.script;
		this.parted = settings.parting() != Settings.Parting.STOP;
		this.refusedInSilence = this.parted && settings.refuses() && this.script.end() == End.CLOSE;
		this.refused = client.receiver.refusals.get();
		this.errors = new ArrayList<>(this.ledger.errors());
	}

	/**
	 * Compare.
	 * @return what is wrong
	 */
	static List<String> of(TrafficClient client, Settings settings) {
		Verdict verdict = new Verdict(client, settings);
		Ended ended = client.ledger.ended();
		if (ended == null) {
			verdict.unknownToTheServer();
		}
		else {
			verdict.reason(ended);
			verdict.requests(ended);
			verdict.answers(ended);
			verdict.tasks();
		}
		return verdict.errors;
	}

	private void check(boolean right, String otherwise) {
		if (!right) {
			this.errors.add(otherwise);
		}
	}

	/**
	 * Clients that meet a drain are turned away, and those that reset may have done that
	 * before anything was handled.
	 */
	private void unknownToTheServer() {
		check(this.ledger.connection() == null, "onStop was not called");
		check(this.client.receiver.replies.get() == 0 && this.client.receiver.pushes.get() == 0, "Replies of nobody");
		check(this.parted || !this.script.end().isExact(), "No request was handled");
	}

	private boolean isParting(CloseReason reason) {
		return reason == CloseReason.SERVER_STOPPING || reason == CloseReason.DRAINED;
	}

	private void reason(Ended ended) {
		CloseReason reason = ended.reason();
		boolean parting = isParting(reason) && (this.parted || this.script.end() == End.STAY);
		check(parting || this.script.end().reasons().contains(reason), "Ended with " + reason);
		check(!isParting(reason) || this.client.receiver.goodbyes.get() <= 2, "Too many goodbyes");
	}

	private void requests(Ended ended) {
		int handled = this.ledger.handled.get();
		check(handled <= this.client.begun.get(), "More was handled than sent");
		check(handled <= ended.messagesIn(), "More was handled than counted");
		check(ended.messagesIn() <= this.client.begun.get(), "More was counted than sent");
		check(ended.bytesIn() <= this.client.bytesBegun.get(), "More bytes were counted than sent");
		if (!isParting(ended.reason())) {
			requestsUntilTheEnd(ended, handled);
		}
		else if (this.script.end().isExact()) {
			check(handled >= this.client.sentBeforeParting.get(), "LOST: requests that were sent before the parting");
			check(handled + this.refused == ended.messagesIn(), "LOST: requests that were counted, or their refusals");
		}
	}

	private void requestsUntilTheEnd(Ended ended, int handled) {
		switch (this.script.end()) {
			case FIN, KICKED, CLOSE, BAD_FRAME -> {
				if (ended.reason() != CloseReason.KICKED && ended.reason() != CloseReason.RESET) {
					allHandled(ended);
				}
			}
			case KICK -> check(handled == kickedAt() + 1, "Not handled until the kick");
			case FLOOD -> check(handled == this.script.requests().size(), "LOST: requests before the flood");
			case RESET, ABRUPT, STAY -> {
			}
		}
	}

	private void allHandled(Ended ended) {
		int all = this.script.requests().size();
		check(this.client.unwritten == null, "The connection broke while the client was sending");
		int answered = this.ledger.handled.get() + this.refused;
		int least = this.refusedInSilence ? this.client.sentBeforeParting.get() : all;
		check(answered >= least && answered <= all, "LOST: requests were sent and not handled");
		check(ended.messagesIn() == all, "Not all requests are counted");
		check(ended.bytesIn() == this.client.bytesSent.get(), "Not all bytes are counted: " + ended.bytesIn());
	}

	private int kickedAt() {
		int index = this.script.requests().size() - 1;
		while (this.script.request(index).kind() != Kind.KICK) {
			index--;
		}
		return index;
	}

	private void answers(Ended ended) {
		int accepted = this.ledger.replies.get();
		int received = this.client.receiver.replies.get();
		check(this.ledger.awaited.get() == 0, "The application waits to hear of a write");
		if (!this.script.end().isExact() || this.script.end() == End.CLOSE) {
			check(received <= accepted + this.ledger.notWritten.get(), "More replies received than accepted");
			check(this.client.receiver.pushes.get() <= this.ledger.pushes.get(), "More pushes received than accepted");
			return;
		}
		check(received == accepted, "LOST: replies: accepted " + accepted + ", received " + received);
		check(this.client.receiver.pushes.get() == this.ledger.pushes.get(), "LOST: pushes");
		check(this.ledger.notWritten.get() == 0, "Replies that arrived, or should have, are said not to be written");
		if (ended.reason() == CloseReason.PEER_CLOSED) {
			check(this.client.receiver.hasAnswered(this.ledger.handled.get()), "LOST: replies");
			check(this.client.ended, "The end was not read");
		}
	}

	private void tasks() {
		int taken = this.ledger.tasksTaken.get();
		check(taken == this.ledger.tasksRun.get(), "Tasks taken and not run, or run and not taken");
		if (this.script.end().isExact()) {
			check(this.ledger.taskReplies.get() == this.client.receiver.taskReplies.get(), "LOST: replies of tasks");
		}
	}

}

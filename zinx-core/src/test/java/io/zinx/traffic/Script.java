package io.zinx.traffic;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The script of one client, made of the seed of the round and the client's number alone.
 *
 * @param client the client's number
 * @param end how it ends
 * @param reading how fast it reads
 * @param pushed whether the application sends it what it has not asked for
 * @param requests what it sends, in order
 * @param steps when it sends that
 * @param kickMicros how long it lasts if it is kicked by others
 */
record Script(int client, End end, Reading reading, boolean pushed, List<Sent> requests, List<Step> steps,
		int kickMicros) {

	/** The longest reply. */
	static final int LONGEST_REPLY = 4000;

	/** The steps, and requests of a step, that are printed. */
	private static final int SHOWN = 40;

	private static final int FLOOD_REPLIES = 20_000;

	long msgId(Kind kind) {
		return msgId(kind.number());
	}

	long msgId(int number) {
		return this.end.isExact() ? number : Kind.RUDE + number;
	}

	Sent request(int index) {
		return this.requests.get(index);
	}

	byte[] requestBody(int index) {
		Sent request = request(index);
		return (request.kind() == Kind.HELLO) ? ByteBuffer.allocate(4).putInt(this.client).array()
				: Bodies.make(this.client, index, 0, request.size());
	}

	boolean isRequest(int index, long msgId, byte[] body) {
		Sent request = request(index);
		if (msgId != msgId(request.kind()) || body.length != request.size()) {
			return false;
		}
		return request.kind() == Kind.HELLO || Bodies.matches(this.client, index, 0, body, 0);
	}

	/**
	 * The replies that a request gets, those of tasks aside.
	 */
	int replies(int index) {
		return switch (request(index).kind()) {
			case HELLO, ECHO, LATER, WORK, AWAITED, KICK -> 1;
			case BATCH -> 1 + Bodies.number(this.client, index, 1, 12);
			case FLOOD -> FLOOD_REPLIES;
			case ONEWAY, TASK, FAIL -> 0;
		};
	}

	byte[] reply(int index, int part) {
		return Bodies.make(this.client, index, replyPart(index, part), replySize(index, part));
	}

	boolean isReply(int index, int part, long msgId, byte[] body) {
		return msgId == msgId(request(index).kind()) && body.length == replySize(index, part)
				&& Bodies.matches(this.client, index, replyPart(index, part), body, 0);
	}

	private int replySize(int index, int part) {
		Sent request = request(index);
		return switch (request.kind()) {
			case HELLO, KICK -> 8;
			case BATCH -> Bodies.number(this.client, index, part + 2, 3000);
			case FLOOD -> LONGEST_REPLY;
			default -> request.size();
		};
	}

	/**
	 * An echo is what was sent; other replies have bodies of their own.
	 */
	private int replyPart(int index, int part) {
		return switch (request(index).kind()) {
			case HELLO, KICK, BATCH, FLOOD -> part + 1;
			default -> 0;
		};
	}

	/**
	 * What the application sends to the client without being asked.
	 */
	byte[] push(int number) {
		int size = Bodies.number(this.client, number, -1, 700);
		return ByteBuffer.allocate(4 + size).putInt(number).put(Bodies.make(this.client, number, -1, size)).array();
	}

	boolean isPush(int number, byte[] body) {
		return body.length == 4 + Bodies.number(this.client, number, -1, 700)
				&& ByteBuffer.wrap(body).getInt() == number && Bodies.matches(this.client, number, -1, body, 4);
	}

	/**
	 * What a task replies that a request has given.
	 */
	byte[] taskReply(int index) {
		return ByteBuffer.allocate(12).putInt(index).put(Bodies.make(this.client, index, -2, 8)).array();
	}

	boolean isTaskReply(int index, byte[] body) {
		return body.length == 12 && index >= 0 && index < this.requests.size() && request(index).kind() == Kind.TASK
				&& Bodies.matches(this.client, index, -2, body, 4);
	}

	@Override
	public String toString() {
		String lines = this.steps.stream()
			.limit(SHOWN)
			.map((step) -> "\n    " + describe(step))
			.collect(Collectors.joining());
		return "client " + this.client + ", reads " + this.reading + (this.pushed ? ", gets pushes" : "") + lines
				+ ((this.steps.size() > SHOWN) ? "\n    and so on" : "") + "\n    then " + this.end
				+ ((this.end == End.KICKED) ? " after " + this.kickMicros + " us" : "");
	}

	private String describe(Step step) {
		if (step.what() != Step.What.SEND) {
			return step.toString();
		}
		List<String> runs = new ArrayList<>();
		for (int index = step.from(); index < step.to() && runs.size() < SHOWN; index++) {
			runs.add(request(index).toString());
		}
		return step + ": " + String.join(" ", runs) + ((step.to() - step.from() > SHOWN) ? " ..." : "");
	}

	/**
	 * A request.
	 *
	 * @param kind what it is
	 * @param size the length of its body
	 */
	record Sent(Kind kind, int size) {

		@Override
		public String toString() {
			return this.kind + "(" + this.size + ")";
		}

	}

	/** The way a client reads. */
	enum Reading {

		/** All that comes, at once. */
		FAST,

		/** A little at a time, with pauses, into a small buffer of the kernel. */
		SLOW,

		/** Fast, but for some long pauses. */
		IN_FITS

	}

}

package io.zinx.traffic;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;

import io.zinx.connection.CloseReason;
import io.zinx.connection.Connection;
import io.zinx.connection.SendResult;
import org.jspecify.annotations.Nullable;

/**
 * The work of the server for one client, compared with the client's script while it does
 * it.
 */
final class Ledger {

	private static final int MOST_ERRORS = 3;

	final Script script;

	final AtomicInteger handled = new AtomicInteger();

	final AtomicIntegerArray handledOf = new AtomicIntegerArray(Kind.values().length);

	/** Replies that were accepted, those of tasks aside. */
	final AtomicInteger replies = new AtomicInteger();

	final AtomicInteger refused = new AtomicInteger();

	final AtomicInteger tasksTaken = new AtomicInteger();

	final AtomicInteger tasksRun = new AtomicInteger();

	final AtomicInteger taskReplies = new AtomicInteger();

	final AtomicInteger pushes = new AtomicInteger();

	/** Messages whose writing the application still waits to hear of. */
	final AtomicInteger awaited = new AtomicInteger();

	final AtomicInteger notWritten = new AtomicInteger();

	private final Queue<String> errors = new ConcurrentLinkedQueue<>();

	private final AtomicBoolean inside = new AtomicBoolean();

	private final AtomicBoolean answering = new AtomicBoolean();

	private volatile @Nullable Connection connection;

	private volatile @Nullable Ended ended;

	Ledger(Script script) {
		this.script = script;
	}

	void error(String text) {
		if (this.errors.size() < MOST_ERRORS) {
			this.errors.add(text);
		}
	}

	List<String> errors() {
		return new ArrayList<>(this.errors);
	}

	@Nullable Connection connection() {
		return this.connection;
	}

	@Nullable Ended ended() {
		return this.ended;
	}

	/**
	 * The connection of this client is known. On its lane.
	 */
	void begun(Connection connection) {
		if (this.connection != null) {
			error("A second HELLO, of " + connection);
		}
		this.connection = connection;
	}

	/**
	 * The last hook of the connection. On its lane.
	 */
	void ended(Connection connection, CloseReason reason) {
		enter("onStop");
		if (this.ended != null) {
			error("A second onStop");
		}
		this.ended = new Ended(reason, connection.messagesIn(), connection.bytesIn());
		leave();
	}

	/**
	 * A message comes to its handler.
	 * @return its place in the script, or -1 if it must not come now
	 */
	int take(long msgId, byte[] body) {
		int index = this.handled.getAndIncrement();
		if (this.ended != null) {
			error("Request " + index + " is handled after onStop");
		}
		if (index >= this.script.requests().size()) {
			error("More requests than the client has: message " + msgId + " of " + body.length + " bytes");
			return -1;
		}
		if (!this.script.isRequest(index, msgId, body)) {
			error("Instead of request " + index + ", " + this.script.request(index) + ", message " + msgId + " of "
					+ body.length + " bytes is handled");
			return -1;
		}
		this.handledOf.incrementAndGet(this.script.request(index).kind().number() - 1);
		return index;
	}

	/**
	 * Something of the connection runs.
	 */
	void enter(String what) {
		if (!this.inside.compareAndSet(false, true)) {
			error(what + " runs beside something else of the same connection");
		}
		if (this.answering.get()) {
			error(what + " runs before the answer that comes later");
		}
	}

	void leave() {
		this.inside.set(false);
	}

	void answersLater() {
		this.answering.set(true);
	}

	void answered() {
		this.answering.set(false);
	}

	/**
	 * A reply was given to the connection.
	 * @return whether it was accepted
	 */
	boolean replied(int index, SendResult result) {
		if (result.isAccepted()) {
			this.replies.incrementAndGet();
			if (this.refused.get() > 0) {
				error("A reply to " + index + " was accepted after another was refused");
			}
			return true;
		}
		this.refused.incrementAndGet();
		checkRefusal("A reply to request " + index, result);
		return false;
	}

	void checkRefusal(String what, SendResult result) {
		boolean flooded = this.script.end() == End.FLOOD && result == SendResult.OVERFLOW;
		if (!result.isAccepted() && result != SendResult.CLOSED && !flooded) {
			error(what + " was refused: " + result);
		}
	}

	@Override
	public String toString() {
		Connection connection = this.connection;
		return "handled " + this.handled + " of " + this.script.requests().size() + ", replies accepted " + this.replies
				+ ", refused " + this.refused + ", pushes " + this.pushes + ", tasks taken " + this.tasksTaken
				+ ", run " + this.tasksRun + ", their replies " + this.taskReplies + ", " + this.ended + ", "
				+ ((connection != null) ? connection + " " + connection.closeReason() : "no connection");
	}

	/**
	 * What a connection has counted when it had ended.
	 */
	record Ended(CloseReason reason, long messagesIn, long bytesIn) {
	}

}

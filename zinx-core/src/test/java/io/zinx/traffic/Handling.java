package io.zinx.traffic;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.zinx.connection.CloseReason;
import io.zinx.connection.Connection;
import io.zinx.dispatch.WorkerMode;
import io.zinx.message.Message;
import io.zinx.routing.AsyncRouter;
import io.zinx.routing.Request;
import io.zinx.routing.RouteRegistry;
import io.zinx.routing.Router;

/**
 * The routers of the server that clients talk to.
 */
final class Handling {

	/** The message of all that the application throws. */
	static final String AS_THE_TEST_SAYS = "As the test says";

	private final WorkerMode mode;

	private final ScheduledExecutorService timer;

	/**
	 * Prepare.
	 * @param mode on which threads handlers run
	 * @param timer gives answers that come later
	 */
	Handling(WorkerMode mode, ScheduledExecutorService timer) {
		this.mode = mode;
		this.timer = timer;
	}

	void register(RouteRegistry routes, TrafficServer server) {
		for (int family : new int[] { 0, Kind.RUDE }) {
			for (Kind kind : Kind.values()) {
				if (kind == Kind.LATER) {
					routes.addAsync(family + kind.number(), later(server));
				}
				else {
					routes.add(family + kind.number(), now(server, kind));
				}
			}
			// So that they are counted by number.
			routes.add(family + Kind.PUSH, (request) -> server.errors.add("A client has sent a push"));
		}
	}

	private Router now(TrafficServer server, Kind kind) {
		return (request) -> {
			byte[] body = request.body();
			Connection connection = request.connection();
			Ledger ledger = (kind == Kind.HELLO) ? server.greet(connection, body) : server.ledger(connection);
			ledger.enter(kind.name());
			try {
				int index = ledger.take(request.msgId(), body);
				if (index >= 0) {
					handle(request, kind, ledger, index);
				}
			}
			finally {
				ledger.leave();
			}
		};
	}

	private void handle(Request request, Kind kind, Ledger ledger, int index) {
		Script script = ledger.script;
		switch (kind) {
			case HELLO -> {
				if (script.end() == End.KICKED) {
					Connection connection = request.connection();
					this.timer.schedule(() -> connection.close(CloseReason.KICKED), script.kickMicros(),
							TimeUnit.MICROSECONDS);
				}
				reply(request, ledger, index, 0);
			}
			case ECHO -> ledger.replied(index, (index % 2 == 0) ? request.reply(request.msgId(), request)
					: request.reply(request.msgId(), script.reply(index, 0)));
			case BATCH, FLOOD -> {
				int part = 0;
				while (part < script.replies(index) && reply(request, ledger, index, part)) {
					part++;
				}
			}
			case TASK -> giveTask(request.connection(), ledger, index);
			case WORK -> {
				work(index);
				reply(request, ledger, index, 0);
			}
			case FAIL -> throw new IllegalStateException(AS_THE_TEST_SAYS);
			case AWAITED -> await(ledger, request.connection().sendAsync(request.msgId(), script.reply(index, 0)));
			case KICK -> ledger.replied(index, request.connection()
				.close(CloseReason.KICKED, new Message(request.msgId(), script.reply(index, 0))));
			case ONEWAY, LATER -> {
			}
		}
	}

	private static boolean reply(Request request, Ledger ledger, int index, int part) {
		return ledger.replied(index, request.reply(request.msgId(), ledger.script.reply(index, part)));
	}

	private static void giveTask(Connection connection, Ledger ledger, int index) {
		boolean taken = connection.execute(() -> {
			ledger.enter("A task");
			ledger.tasksRun.incrementAndGet();
			Script script = ledger.script;
			if (connection.send(script.msgId(Kind.TASK), script.taskReply(index)).isAccepted()) {
				ledger.taskReplies.incrementAndGet();
			}
			ledger.leave();
		});
		if (taken) {
			ledger.tasksTaken.incrementAndGet();
		}
	}

	/**
	 * Take up time. Event loops must not be blocked, but they may be busy.
	 */
	private void work(int index) {
		long nanos = TimeUnit.MICROSECONDS.toNanos(20 + Bodies.number(0, index, 0, 180));
		if (this.mode != WorkerMode.EVENT_LOOP) {
			LockSupport.parkNanos(10 * nanos);
			return;
		}
		long end = System.nanoTime() + nanos;
		while (System.nanoTime() < end) {
			Thread.onSpinWait();
		}
	}

	private static void await(Ledger ledger, CompletionStage<?> written) {
		CompletableFuture<?> future = written.toCompletableFuture();
		if (future.isCompletedExceptionally()) {
			ledger.refused.incrementAndGet();
			return;
		}
		ledger.replies.incrementAndGet();
		ledger.awaited.incrementAndGet();
		written.whenComplete((nothing, failure) -> {
			if (failure != null) {
				ledger.notWritten.incrementAndGet();
			}
			ledger.awaited.decrementAndGet();
		});
	}

	private AsyncRouter later(TrafficServer server) {
		return (request) -> {
			Ledger ledger = server.ledger(request.connection());
			ledger.enter(Kind.LATER.name());
			try {
				int index = ledger.take(request.msgId(), request.body());
				return (index < 0) ? CompletableFuture.completedFuture(null)
						: answerLater(request.connection(), ledger, index);
			}
			finally {
				ledger.leave();
			}
		};
	}

	private CompletionStage<?> answerLater(Connection connection, Ledger ledger, int index) {
		ledger.answersLater();
		CompletableFuture<Void> answer = new CompletableFuture<>();
		Runnable reply = () -> {
			Script script = ledger.script;
			ledger.replied(index, connection.send(script.msgId(Kind.LATER), script.reply(index, 0)));
			ledger.answered();
			answer.complete(null);
		};
		int micros = Bodies.number(1, index, 0, 3000);
		if (micros < 500) {
			reply.run();
		}
		else {
			this.timer.schedule(reply, micros, TimeUnit.MICROSECONDS);
		}
		return answer;
	}

}

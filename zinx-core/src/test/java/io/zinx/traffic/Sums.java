package io.zinx.traffic;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import io.zinx.connection.CloseReason;
import io.zinx.metrics.DropReason;
import io.zinx.metrics.HandlerCounters;
import io.zinx.metrics.HandlerOutcome;
import io.zinx.metrics.ServerMetrics;

/**
 * Compares what the server has counted with the sum of what its clients have seen. When
 * all have ended.
 */
final class Sums {

	private final TrafficServer server;

	private final ServerMetrics metrics;

	private final List<TrafficClient> clients;

	private final List<String> errors = new ArrayList<>();

	Sums(TrafficServer server, List<TrafficClient> clients) {
		this.server = server;
		this.metrics = server.metrics();
		this.clients = clients;
	}

	List<String> check() {
		equal("connections", this.server.connections().size(), 0);
		equal("found connections", this.server.connections().ids().length, 0);
		equal("messages in", this.metrics.messagesIn(), this.server.messagesIn.get());
		if (!this.server.settings().combination().tls() || this.metrics.bytesIn() < this.server.bytesIn.get()) {
			equal("bytes in", this.metrics.bytesIn(), this.server.bytesIn.get());
		}
		equal("messages without a router", this.metrics.dropped(DropReason.NO_ROUTER), 0);
		equal("messages that cannot be sent", this.metrics.dropped(DropReason.UNSENDABLE), 0);
		checkReceived();
		checkConnections();
		for (Kind kind : Kind.values()) {
			checkHandled(kind);
			checkSent(kind.number());
		}
		checkSent(Kind.PUSH);
		return this.errors;
	}

	private void equal(String what, long counted, long expected) {
		if (counted != expected) {
			this.errors.add("Counted " + what + ": " + counted + ", in truth " + expected);
		}
	}

	/**
	 * Each message that was received was handled, or dropped for a reason.
	 */
	private void checkReceived() {
		HandlerCounters handlers = Objects.requireNonNull(this.metrics.handlers());
		long handled = LongStream.of(handlers.msgIds()).map(handlers::handled).sum()
				+ handlers.handled(HandlerCounters.OTHERS);
		long dropped = Stream
			.of(DropReason.NO_ROUTER, DropReason.LATE_REQUEST, DropReason.CLOSED_BEFORE_HANDLED,
					DropReason.SERVER_STOPPING)
			.mapToLong(this.metrics::dropped)
			.sum();
		equal("messages handled or dropped", handled + dropped, this.metrics.messagesIn());
	}

	/**
	 * Those whose handshake was not over when the server began to part from them have no
	 * hooks, however they end, and what they send when it is over is counted all the
	 * same.
	 */
	private void checkConnections() {
		long stopped = this.server.stopped.values().stream().mapToLong(AtomicLong::get).sum();
		equal("connections closed", this.metrics.closedInAll(), this.metrics.accepted());
		equal("ends", stopped, this.server.started.get());
		for (CloseReason reason : CloseReason.values()) {
			AtomicLong seen = this.server.stopped.get(reason);
			long hooks = (seen != null) ? seen.get() : 0;
			if (!this.server.settings().combination().tls() || this.metrics.closed(reason.tag()) < hooks) {
				equal("ends " + reason, this.metrics.closed(reason.tag()), hooks);
			}
		}
	}

	private void checkHandled(Kind kind) {
		HandlerCounters handlers = Objects.requireNonNull(this.metrics.handlers());
		for (boolean exact : new boolean[] { true, false }) {
			int msgId = kind.number() + (exact ? 0 : Kind.RUDE);
			long handled = sum(exact, (client) -> client.ledger.handledOf.get(kind.number() - 1));
			equal("messages " + msgId + " handled", handlers.handled(msgId), handled);
			equal("messages " + msgId + " failed", handlers.handled(msgId, HandlerOutcome.FAILURE),
					(kind == Kind.FAIL) ? handled : 0);
		}
	}

	/**
	 * What was handed to sockets has arrived, unless clients were rude.
	 */
	private void checkSent(int msgId) {
		equal("messages " + msgId + " sent", this.metrics.messagesOut(msgId),
				sum(true, (client) -> client.receiver.messages(msgId)));
		equal("bytes of " + msgId + " sent", this.metrics.bytesOut(msgId),
				sum(true, (client) -> client.receiver.bytes(msgId)));
	}

	private long sum(boolean exact, ToLongFunction<TrafficClient> value) {
		return this.clients.stream().filter((client) -> client.script.end().isExact() == exact).mapToLong(value).sum();
	}

}

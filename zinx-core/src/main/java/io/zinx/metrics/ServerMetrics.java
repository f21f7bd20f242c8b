package io.zinx.metrics;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

import org.jspecify.annotations.Nullable;

/**
 * The counters of a server since its creation; a restart does not reset them. Any thread
 * may read. Frequent things are counted by one thread each and summed when they are read.
 */
public final class ServerMetrics {

	private final QueueWait queueWait = new QueueWait();

	private final CounterSet<TrafficCounter> traffic = new CounterSet<>(new TrafficCounter[0],
			TrafficCounter::hasNumbersOf, TrafficCounter::sum);

	private final LinkMetrics links = new LinkMetrics();

	private final Map<String, LongAdder> rejected = new ConcurrentHashMap<>();

	private final Map<String, LongAdder> closed = new ConcurrentHashMap<>();

	private final LongAdder handlerFailures = new LongAdder();

	private final EnumCounters<DropReason> dropped = new EnumCounters<>(DropReason.class);

	private final Measurement lifetimeMillis = new Measurement();

	private final LongAdder heartbeatsSent = new LongAdder();

	private final LongAdder heartbeatsMissed = new LongAdder();

	private final boolean countsTraffic;

	private volatile @Nullable HandlerCounters handlers;

	/**
	 * Count everything.
	 */
	public ServerMetrics() {
		this(true);
	}

	private ServerMetrics(boolean countsTraffic) {
		this.countsTraffic = countsTraffic;
	}

	/**
	 * Count no messages and bytes, whose sums stay 0; to measure what counting costs.
	 * Connections go on counting their own.
	 * @return new metrics
	 */
	public static ServerMetrics withoutTraffic() {
		return new ServerMetrics(false);
	}

	/**
	 * Make the counter of one event loop. It counts by message number if there are
	 * {@link #handlers()}.
	 * @return a new counter, part of the sums from now on
	 */
	public TrafficCounter newTrafficCounter() {
		if (!this.countsTraffic) {
			return new TrafficCounter.Off();
		}
		HandlerCounters handlers = this.handlers;
		TrafficCounter counter = new TrafficCounter((handlers != null) ? handlers.numbers() : MessageNumbers.NONE);
		this.traffic.add(counter);
		return counter;
	}

	/**
	 * The event loop of a counter has ended and adds no more. What it has counted stays
	 * part of the sums; the counter does not stay in memory, however often a server is
	 * started.
	 * @param counter the counter; without effect if it was retired before
	 */
	public void retire(TrafficCounter counter) {
		this.traffic.retire(counter);
	}

	/** The number of counters of event loops, those that have ended together as one. */
	int trafficCounters() {
		return this.traffic.all().length;
	}

	/**
	 * The counters of transports and handshakes.
	 * @return the counters
	 */
	public LinkMetrics links() {
		return this.links;
	}

	/**
	 * Count a rejected client.
	 * @param reason why, one of few words
	 */
	public void countRejected(String reason) {
		this.rejected.computeIfAbsent(reason, (key) -> new LongAdder()).increment();
	}

	/**
	 * Count a connection that has ended.
	 * @param reason why, one of few words
	 */
	public void countClosed(String reason) {
		this.closed.computeIfAbsent(reason, (key) -> new LongAdder()).increment();
	}

	/**
	 * Count a router that threw.
	 */
	public void countHandlerFailure() {
		this.handlerFailures.increment();
	}

	/**
	 * Count messages that were received and are not handled, or are not sent.
	 * @param reason the reason
	 * @param messages the number of messages, 0 or more
	 */
	public void countDropped(DropReason reason, long messages) {
		if (messages > 0) {
			this.dropped.add(reason, messages);
		}
	}

	/**
	 * The counters of handlers, made for the first start of a server; a restart goes on
	 * with them.
	 * @param first makes them
	 * @return the counters, or {@code null} if no messages are counted
	 */
	public synchronized @Nullable HandlerCounters handlers(Supplier<HandlerCounters> first) {
		if (this.handlers == null && this.countsTraffic) {
			this.handlers = first.get();
		}
		return this.handlers;
	}

	/**
	 * The waiting times of messages for a thread.
	 * @return the measurements, none in mode {@code event-loop}
	 */
	public QueueWait queueWait() {
		return this.queueWait;
	}

	/**
	 * The counters of handlers.
	 * @return the counters, or {@code null} before the first start of a server
	 */
	public @Nullable HandlerCounters handlers() {
		return this.handlers;
	}

	/**
	 * Add up how long a connection has lasted that has ended.
	 * @param millis milliseconds, 0 or more
	 */
	public void addLifetime(long millis) {
		this.lifetimeMillis.add(millis);
	}

	/**
	 * Add a listener for lifetimes; on an event loop, must neither block nor throw.
	 * @param listener called with milliseconds, 0 or more
	 */
	public void onLifetime(LongConsumer listener) {
		this.lifetimeMillis.listen(listener);
	}

	/**
	 * Count a heartbeat that was sent.
	 */
	public void countHeartbeatSent() {
		this.heartbeatsSent.increment();
	}

	/**
	 * Count a peer that was silent for too long.
	 */
	public void countHeartbeatMissed() {
		this.heartbeatsMissed.increment();
	}

	/**
	 * The sum of the lifetimes of all connections that have ended.
	 * @return milliseconds
	 */
	public long lifetimeMillis() {
		return this.lifetimeMillis.sum();
	}

	/**
	 * Heartbeats sent.
	 * @return 0 or more
	 */
	public long heartbeatsSent() {
		return this.heartbeatsSent.sum();
	}

	/**
	 * Silences of peers that were longer than the heartbeat timeout.
	 * @return 0 or more
	 */
	public long heartbeatsMissed() {
		return this.heartbeatsMissed.sum();
	}

	/**
	 * Connections ended.
	 * @return 0 or more, for any reason
	 */
	public long closedInAll() {
		return this.closed.values().stream().mapToLong(LongAdder::sum).sum();
	}

	/**
	 * Connections admitted.
	 * @return 0 or more
	 */
	public long accepted() {
		return this.links.acceptedInAll();
	}

	/**
	 * The number of clients rejected for one reason.
	 * @param reason the reason's tag, for example {@code max-conn}
	 * @return 0 or more
	 */
	public long rejected(String reason) {
		return count(this.rejected, reason);
	}

	/**
	 * Connections ended for one reason.
	 * @param reason the reason's tag, for example {@code peer-closed}
	 * @return 0 or more
	 */
	public long closed(String reason) {
		return count(this.closed, reason);
	}

	/**
	 * Connections ended, by reason; only reasons that have occurred.
	 * @return a snapshot, sorted by reason
	 */
	public Map<String, Long> closed() {
		Map<String, Long> snapshot = new TreeMap<>();
		this.closed.forEach((reason, counter) -> snapshot.put(reason, counter.sum()));
		return snapshot;
	}

	/**
	 * Messages whose router threw.
	 * @return 0 or more
	 */
	public long handlerFailures() {
		return this.handlerFailures.sum();
	}

	/**
	 * Messages dropped for one reason: received and not handled, or not sent.
	 * @param reason the reason
	 * @return how many; raw bytes that were refused count as one, raw bytes that were
	 * accepted and discarded do not count
	 */
	public long dropped(DropReason reason) {
		return this.dropped.sum(reason);
	}

	/**
	 * Frames received.
	 * @return 0 or more
	 */
	public long messagesIn() {
		return sum(TrafficCounter::messagesIn);
	}

	/**
	 * Bytes received.
	 * @return 0 or more
	 */
	public long bytesIn() {
		return sum(TrafficCounter::bytesIn);
	}

	/**
	 * Bytes received that belong to no frame, skipped on the way to the next one.
	 * @return 0 or more
	 */
	public long bytesSkipped() {
		return sum(TrafficCounter::bytesSkipped);
	}

	/**
	 * Frames handed to sockets.
	 * @return 0 or more
	 */
	public long messagesOut() {
		return sum(TrafficCounter::messagesOut);
	}

	/**
	 * Bytes handed to sockets.
	 * @return 0 or more
	 */
	public long bytesOut() {
		return sum(TrafficCounter::bytesOut);
	}

	/**
	 * Frames received with one message number.
	 * @param msgId the number, or {@link HandlerCounters#OTHERS}
	 * @return 0 or more; 0 if it has no router of its own
	 */
	public long messagesIn(long msgId) {
		return sum((counter) -> counter.messagesIn(msgId));
	}

	/**
	 * Bytes of the frames received with one message number, head and tail included.
	 * @param msgId the number, or {@link HandlerCounters#OTHERS}
	 * @return 0 or more; 0 if it has no router of its own
	 */
	public long bytesIn(long msgId) {
		return sum((counter) -> counter.bytesIn(msgId));
	}

	/**
	 * Frames with one message number handed to sockets.
	 * @param msgId the number, or {@link HandlerCounters#OTHERS}
	 * @return 0 or more; 0 if it has no router of its own
	 */
	public long messagesOut(long msgId) {
		return sum((counter) -> counter.messagesOut(msgId));
	}

	/**
	 * Bytes of the frames with one message number handed to sockets, head and tail
	 * included.
	 * @param msgId the number, or {@link HandlerCounters#OTHERS}, to which raw bytes
	 * belong, too
	 * @return 0 or more; 0 if it has no router of its own
	 */
	public long bytesOut(long msgId) {
		return sum((counter) -> counter.bytesOut(msgId));
	}

	private long sum(ToLongFunction<TrafficCounter> value) {
		long sum = 0;
		for (TrafficCounter counter : this.traffic.all()) {
			sum += value.applyAsLong(counter);
		}
		return sum;
	}

	private static long count(Map<String, LongAdder> counters, String reason) {
		LongAdder counter = counters.get(reason);
		return (counter != null) ? counter.sum() : 0;
	}

}

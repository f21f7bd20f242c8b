package io.zinx.heartbeat;

import java.util.function.LongSupplier;

import io.netty.channel.EventLoop;
import io.zinx.connection.ChannelConnection;
import io.zinx.eventloop.LoopLocal;
import io.zinx.metrics.ServerMetrics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The timeouts of all connections of one run of a server: heartbeats, dead peers, idle
 * connections and incomplete messages, with one timer for each event loop. Any thread.
 */
public final class Heartbeats {

	private static final Logger logger = LoggerFactory.getLogger(Heartbeats.class);

	private final HeartbeatSettings settings;

	private final Timing timing;

	private final LongSupplier nanoTime;

	private final ServerMetrics metrics;

	private final boolean answersAtOnce;

	private final LoopLocal<LoopWheel> wheels = new LoopLocal<>((loop) -> new LoopWheel(loop, this));

	/**
	 * Create the timeouts of a server.
	 * @param serverName the server's name, for logs
	 * @param settings the heartbeats
	 * @param idle the idle timeouts
	 * @param receive the time limits of messages
	 * @param nanoTime the time, as {@link System#nanoTime()}; the same that connections
	 * note their last read with
	 */
	public Heartbeats(String serverName, HeartbeatSettings settings, IdleSettings idle, ReceiveTimeouts receive,
			LongSupplier nanoTime) {
		this(serverName, settings, idle, receive, nanoTime, new ServerMetrics());
	}

	/**
	 * Create the timeouts of a server.
	 * @param serverName the server's name, for logs
	 * @param settings the heartbeats
	 * @param idle the idle timeouts
	 * @param receive the time limits of messages
	 * @param nanoTime the time, as {@link System#nanoTime()}; the same that connections
	 * note their last read with
	 * @param metrics the counters
	 */
	public Heartbeats(String serverName, HeartbeatSettings settings, IdleSettings idle, ReceiveTimeouts receive,
			LongSupplier nanoTime, ServerMetrics metrics) {
		this.settings = settings;
		this.timing = Timing.of(settings, idle, receive);
		this.nanoTime = nanoTime;
		this.metrics = metrics;
		this.answersAtOnce = false;
		if (this.timing.interval() >= this.timing.timeout() && this.timing.interval() > 0) {
			logger.warn(
					"[{}] zinx.heartbeat.interval ({}) is not shorter than zinx.heartbeat.timeout ({}): clients that "
							+ "only answer heartbeats are closed before they receive one",
					serverName, settings.interval(), settings.timeout());
		}
	}

	private Heartbeats(Heartbeats same) {
		this.settings = same.settings;
		this.timing = same.timing;
		this.nanoTime = same.nanoTime;
		this.metrics = same.metrics;
		this.answersAtOnce = true;
	}

	/**
	 * Return the same timeouts with heartbeats of clients answered as they are read. Only
	 * if sending one calls no code of the application.
	 * @return a new instance
	 */
	public Heartbeats answeringAtOnce() {
		return new Heartbeats(this);
	}

	/**
	 * Return whether {@link #answer} must be called with messages as they are read.
	 * @return {@code true} after {@link #answeringAtOnce()}
	 */
	public boolean answersAtOnce() {
		return this.answersAtOnce;
	}

	/**
	 * Create the timeouts of a connection.
	 * @param connection the connection
	 * @param loop its event loop
	 * @return the timeouts; {@link KeepAlive#NONE} if all are off
	 */
	public KeepAlive newKeepAlive(ChannelConnection connection, EventLoop loop) {
		if (this.timing.isOff()) {
			return KeepAlive.NONE;
		}
		return new KeepAliveTask(connection, wheel(loop));
	}

	/**
	 * Answer a message if it is a heartbeat. A congested connection gets no answer. On
	 * the connection's event loop.
	 * @param msgId the message's number
	 * @param connection its connection
	 */
	public void answer(long msgId, ChannelConnection connection) {
		if (msgId == this.settings.msgId() && !connection.isCongested()) {
			this.settings.send(connection);
			this.metrics.countHeartbeatSent();
		}
	}

	LoopWheel wheel(EventLoop loop) {
		return this.wheels.of(loop);
	}

	ServerMetrics metrics() {
		return this.metrics;
	}

	HeartbeatSettings settings() {
		return this.settings;
	}

	Timing timing() {
		return this.timing;
	}

	long now() {
		return this.nanoTime.getAsLong();
	}

}

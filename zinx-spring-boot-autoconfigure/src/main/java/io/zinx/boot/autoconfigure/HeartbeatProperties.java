package io.zinx.boot.autoconfigure;

import java.time.Duration;

import io.zinx.heartbeat.HeartbeatMode;
import org.jspecify.annotations.Nullable;

/**
 * Properties of heartbeats and of the detection of dead clients.
 */
@SuppressWarnings("checkstyle:MissingJavadocMethod")
public class HeartbeatProperties {

	/**
	 * Side that sends heartbeats: the server, the clients, or none. In every mode but
	 * 'off', a client from which nothing is received for the timeout is disconnected.
	 */
	private HeartbeatMode mode = HeartbeatMode.OFF;

	/**
	 * Time between two heartbeats that the server sends, in mode 'send'.
	 */
	private Duration interval = Duration.ofSeconds(5);

	/**
	 * Time without a received byte after which a client is considered dead and
	 * disconnected, in every heartbeat mode but 'off'.
	 */
	private Duration timeout = Duration.ofSeconds(10);

	/**
	 * Message number of heartbeats, those of the server and those of clients.
	 */
	private long msgId = 99_999;

	/**
	 * Text of the heartbeats that the server sends, in UTF-8, in the modes 'send' and
	 * 'reply'. Defaults to the text of Zinx, which contains both addresses of the
	 * connection.
	 */
	private @Nullable String text;

	/**
	 * Maximum fraction of each heartbeat interval that is subtracted at random, from 0 to
	 * 0.5, so that not all clients are served at the same moment. Used in mode 'send'.
	 */
	private double jitter = 0.1;

	public HeartbeatMode getMode() {
		return this.mode;
	}

	public void setMode(HeartbeatMode mode) {
		this.mode = mode;
	}

	public Duration getInterval() {
		return this.interval;
	}

	public void setInterval(Duration interval) {
		this.interval = interval;
	}

	public Duration getTimeout() {
		return this.timeout;
	}

	public void setTimeout(Duration timeout) {
		this.timeout = timeout;
	}

	public long getMsgId() {
		return this.msgId;
	}

	public void setMsgId(long msgId) {
		this.msgId = msgId;
	}

	public @Nullable String getText() {
		return this.text;
	}

	public void setText(@Nullable String text) {
		this.text = text;
	}

	public double getJitter() {
		return this.jitter;
	}

	public void setJitter(double jitter) {
		this.jitter = jitter;
	}

}

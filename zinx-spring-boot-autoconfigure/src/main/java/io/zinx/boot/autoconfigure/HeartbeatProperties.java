package io.zinx.boot.autoconfigure;

import java.time.Duration;

import io.zinx.heartbeat.HeartbeatMode;
import org.jspecify.annotations.Nullable;

/**
 * How dead clients are found out.
 */
@SuppressWarnings("checkstyle:MissingJavadocMethod")
public class HeartbeatProperties {

	/**
	 * Who sends heartbeats. In every mode but 'off', a client from which nothing came for
	 * the timeout is disconnected.
	 */
	private HeartbeatMode mode = HeartbeatMode.OFF;

	/**
	 * Time from one heartbeat to the next, in mode 'send'.
	 */
	private Duration interval = Duration.ofSeconds(5);

	/**
	 * How long a living client may be silent. Any byte that it sends counts.
	 */
	private Duration timeout = Duration.ofSeconds(10);

	/**
	 * Message number of heartbeats, in both directions.
	 */
	private long msgId = 99_999;

	/**
	 * Body of the heartbeats that the server sends. Zinx's text with both addresses of
	 * the connection if not set.
	 */
	private @Nullable String text;

	/**
	 * Part of each interval that chance may take away, 0 to 0.5, so that thousands of
	 * clients are not served in the same moment.
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

package io.zinx.heartbeat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;

import io.zinx.InvalidSettingException;
import io.zinx.codec.FrameCodec;
import io.zinx.connection.CloseReason;
import io.zinx.connection.Connection;
import io.zinx.message.Message;
import org.jspecify.annotations.Nullable;

/**
 * The settings of heartbeats, with which a server detects dead peers. Immutable.
 *
 * <pre>{@code
 * ServerConfig.builder()
 *     .heartbeat(HeartbeatSettings.builder(HeartbeatMode.SEND).interval(Duration.ofSeconds(5)).build())
 * }</pre>
 *
 * Each received byte is a sign of life. While this side does not read because its queues
 * are full, silence does not count; while it does not read because the connection is
 * congested, bytes that the peer accepts are signs of life.
 */
public final class HeartbeatSettings {

	/** Zinx's message number of heartbeats. */
	public static final long DEFAULT_MSG_ID = 99_999;

	private static final Duration LONGEST = Duration.ofDays(365);

	private static final double MOST_JITTER = 0.5;

	/** No heartbeats. */
	public static final HeartbeatSettings OFF = builder(HeartbeatMode.OFF).build();

	private final HeartbeatMode mode;

	private final Duration interval;

	private final Duration timeout;

	private final long msgId;

	private final double jitter;

	private final byte @Nullable [] fixedBody;

	private final @Nullable Function<? super Connection, byte[]> body;

	private final @Nullable Consumer<? super Connection> sender;

	private final @Nullable Consumer<? super Connection> onRemoteNotAlive;

	private HeartbeatSettings(Builder builder) {
		this.mode = builder.mode;
		this.interval = requireDuration("heartbeat.interval", builder.interval);
		this.timeout = requireDuration("heartbeat.timeout", builder.timeout);
		this.msgId = builder.msgId;
		this.jitter = builder.jitter;
		this.fixedBody = builder.fixedBody;
		this.body = builder.body;
		this.sender = builder.sender;
		this.onRemoteNotAlive = builder.onRemoteNotAlive;
		if (!Message.isMsgId(this.msgId)) {
			throw new InvalidSettingException("heartbeat.msg-id", this.msgId, "0 to " + Message.MAX_MSG_ID);
		}
		if (!(this.jitter >= 0 && this.jitter <= MOST_JITTER)) {
			throw new InvalidSettingException("heartbeat.jitter", this.jitter, "0 to " + MOST_JITTER);
		}
	}

	private static Duration requireDuration(String setting, Duration value) {
		if (value.isNegative() || value.isZero() || value.compareTo(LONGEST) > 0) {
			throw new InvalidSettingException(setting, value, "more than zero, to 365 days");
		}
		return value;
	}

	/**
	 * Create a builder with the default values of a mode.
	 * @param mode the side that sends heartbeats
	 * @return a new builder
	 */
	public static Builder builder(HeartbeatMode mode) {
		return new Builder(mode);
	}

	/**
	 * The side that sends heartbeats.
	 * @return the mode
	 */
	public HeartbeatMode mode() {
		return this.mode;
	}

	/**
	 * The time from one heartbeat to the next, in mode {@code send}.
	 * @return more than zero
	 */
	public Duration interval() {
		return this.interval;
	}

	/**
	 * The time after which a silent peer counts as dead.
	 * @return more than zero
	 */
	public Duration timeout() {
		return this.timeout;
	}

	/**
	 * The message number of heartbeats, in both directions.
	 * @return 0 to 4294967295
	 */
	public long msgId() {
		return this.msgId;
	}

	/**
	 * The largest part of each interval that is taken away at random.
	 * @return 0 to 0.5
	 */
	public double jitter() {
		return this.jitter;
	}

	/**
	 * Send one heartbeat now, as the server does. On the connection's lane, because it
	 * may call the application's function or sender.
	 * @param connection the recipient
	 */
	public void send(Connection connection) {
		if (this.sender != null) {
			this.sender.accept(connection);
			return;
		}
		connection.send(this.msgId, body(connection));
	}

	private byte[] body(Connection connection) {
		if (this.body != null) {
			return this.body.apply(connection);
		}
		return (this.fixedBody != null) ? this.fixedBody : HeartbeatText.of(connection);
	}

	/**
	 * Return whether sending a heartbeat calls code of the application, and so must be
	 * done on the connection's lane.
	 * @return whether a body function or a sender is set
	 */
	public boolean runsUserCode() {
		return this.sender != null || this.body != null;
	}

	byte @Nullable [] fixedBody() {
		return this.fixedBody;
	}

	/**
	 * True if the connection of a dead peer is closed without a call of the application.
	 */
	boolean isDefaultAction() {
		return this.onRemoteNotAlive == null;
	}

	void remoteNotAlive(Connection connection) {
		if (this.onRemoteNotAlive != null) {
			this.onRemoteNotAlive.accept(connection);
		}
	}

	/**
	 * Check that the heartbeats of the server can be encoded. Those of a function or
	 * sender of the application are checked when they are sent.
	 * @param codec the wire format
	 * @param maxFrameLength the longest frame that may be sent
	 * @throws InvalidSettingException if a heartbeat could never be sent
	 */
	public void requireSendable(FrameCodec codec, long maxFrameLength) {
		if (!this.mode.sends() || this.sender != null) {
			return;
		}
		if (this.msgId > codec.maxMsgId()) {
			throw new InvalidSettingException("heartbeat.msg-id", this.msgId,
					"0 to " + codec.maxMsgId() + " with codec " + codec.name());
		}
		if (this.body != null) {
			return;
		}
		long longest = Math.min(codec.maxBodyLength(), maxFrameLength - codec.headLength() - codec.tailLength());
		int least = (this.fixedBody != null) ? this.fixedBody.length : HeartbeatText.SHORTEST;
		int most = (this.fixedBody != null) ? this.fixedBody.length : HeartbeatText.LONGEST;
		if (least < codec.minBodyLength() || most > longest) {
			throw new InvalidSettingException("heartbeat.text", describeBody(),
					codec.minBodyLength() + " to " + longest + " bytes long with codec " + codec.name());
		}
	}

	private String describeBody() {
		return (this.fixedBody != null) ? new String(this.fixedBody, StandardCharsets.UTF_8)
				: "heartbeat [LOCAL->REMOTE]";
	}

	/**
	 * Builder of {@link HeartbeatSettings}: collects settings, which {@link #build()}
	 * checks. For one thread at a time.
	 */
	public static final class Builder {

		private HeartbeatMode mode;

		private Duration interval = Duration.ofSeconds(5);

		private Duration timeout = Duration.ofSeconds(10);

		private long msgId = DEFAULT_MSG_ID;

		private double jitter = 0.1;

		private byte @Nullable [] fixedBody;

		private @Nullable Function<? super Connection, byte[]> body;

		private @Nullable Consumer<? super Connection> sender;

		private @Nullable Consumer<? super Connection> onRemoteNotAlive;

		private Builder(HeartbeatMode mode) {
			this.mode = Objects.requireNonNull(mode, "mode");
		}

		/**
		 * Set the side that sends heartbeats.
		 * @param mode the mode
		 * @return this builder
		 */
		public Builder mode(HeartbeatMode mode) {
			this.mode = Objects.requireNonNull(mode, "mode");
			return this;
		}

		/**
		 * Set the time from one heartbeat to the next, in mode {@code send}. The first is
		 * sent one interval after {@code onStart}.
		 * @param interval more than zero, 5 seconds by default
		 * @return this builder
		 */
		public Builder interval(Duration interval) {
			this.interval = Objects.requireNonNull(interval, "interval");
			return this;
		}

		/**
		 * Set the time after which a silent peer counts as dead, Zinx's
		 * {@code HeartbeatMax}.
		 * @param timeout more than zero, 10 seconds by default
		 * @return this builder
		 */
		public Builder timeout(Duration timeout) {
			this.timeout = Objects.requireNonNull(timeout, "timeout");
			return this;
		}

		/**
		 * Set the message number of heartbeats, in both directions. Heartbeats of peers
		 * go to the router that is registered for exactly this number; if there is none,
		 * the server handles them itself.
		 * @param msgId 0 to 4294967295, 99999 by default
		 * @return this builder
		 */
		public Builder msgId(long msgId) {
			this.msgId = msgId;
			return this;
		}

		/**
		 * Set the largest part of each interval that is taken away at random, so that
		 * connections that were opened together do not get their heartbeats at the same
		 * time.
		 * @param jitter 0 to 0.5, 0.1 by default
		 * @return this builder
		 */
		public Builder jitter(double jitter) {
			this.jitter = jitter;
			return this;
		}

		/**
		 * Set a fixed text as the body, instead of {@code heartbeat [LOCAL->REMOTE]}.
		 * @param text the text, sent in UTF-8
		 * @return this builder
		 */
		public Builder text(String text) {
			return body(text.getBytes(StandardCharsets.UTF_8));
		}

		/**
		 * Set fixed bytes as the body.
		 * @param body the bytes, copied
		 * @return this builder
		 */
		public Builder body(byte[] body) {
			this.fixedBody = body.clone();
			this.body = null;
			return this;
		}

		/**
		 * Set a function that makes the body of each heartbeat. If it throws, that
		 * heartbeat is not sent.
		 * @param body called on the connection's lane
		 * @return this builder
		 */
		public Builder body(Function<? super Connection, byte[]> body) {
			this.body = Objects.requireNonNull(body, "body");
			this.fixedBody = null;
			return this;
		}

		/**
		 * Set an action that sends each heartbeat instead of the server, for heartbeats
		 * that are no message or several.
		 * @param sender called on the connection's lane whenever a heartbeat is due
		 * @return this builder
		 */
		public Builder sender(Consumer<? super Connection> sender) {
			this.sender = Objects.requireNonNull(sender, "sender");
			return this;
		}

		/**
		 * Set an action for a peer that was silent for the timeout, instead of closing
		 * the connection with {@link CloseReason#HEARTBEAT_MISSED}. Called once for each
		 * silence, so again only after the peer has shown life. If it throws, or the lane
		 * accepts no more tasks, the connection is closed all the same.
		 * @param action called on the connection's lane
		 * @return this builder
		 */
		public Builder onRemoteNotAlive(Consumer<? super Connection> action) {
			this.onRemoteNotAlive = Objects.requireNonNull(action, "action");
			return this;
		}

		/**
		 * Check the settings.
		 * @return the settings
		 * @throws InvalidSettingException if one has a value the server cannot work with
		 */
		public HeartbeatSettings build() {
			return new HeartbeatSettings(this);
		}

	}

}

package io.zinx.boot.autoconfigure;

import java.time.Duration;

import io.zinx.boot.context.ShutdownMode;
import io.zinx.connection.LateRequests;
import org.jspecify.annotations.Nullable;

/**
 * Properties of the shutdown of the server.
 */
@SuppressWarnings("checkstyle:MissingJavadocMethod")
public class ShutdownProperties {

	/**
	 * Way in which the server ends its connections when the application stops.
	 */
	private ShutdownMode mode = ShutdownMode.GRACEFUL;

	/**
	 * Maximum time that a graceful shutdown waits for received messages to be handled.
	 * Should be less than spring.lifecycle.timeout-per-shutdown-phase.
	 */
	private Duration gracePeriod = Duration.ofSeconds(20);

	/**
	 * Time over which a shutdown closes connections at random moments, so that clients do
	 * not reconnect all at once. Must be less than zinx.shutdown.grace-period.
	 */
	private Duration closeWindow = Duration.ZERO;

	/**
	 * Time that a shutdown waits for messages that clients have already sent; these are
	 * still handled.
	 */
	private Duration quietPeriod = Duration.ofMillis(100);

	/**
	 * Action to take on messages that a shutdown receives after its quiet period and
	 * before their connection is closed.
	 */
	private LateRequests lateRequests = LateRequests.HANDLE;

	private final Goodbye goodbye = new Goodbye();

	private final Refusal refusal = new Refusal();

	public ShutdownMode getMode() {
		return this.mode;
	}

	public void setMode(ShutdownMode mode) {
		this.mode = mode;
	}

	public Duration getGracePeriod() {
		return this.gracePeriod;
	}

	public void setGracePeriod(Duration gracePeriod) {
		this.gracePeriod = gracePeriod;
	}

	public Duration getCloseWindow() {
		return this.closeWindow;
	}

	public void setCloseWindow(Duration closeWindow) {
		this.closeWindow = closeWindow;
	}

	public Duration getQuietPeriod() {
		return this.quietPeriod;
	}

	public void setQuietPeriod(Duration quietPeriod) {
		this.quietPeriod = quietPeriod;
	}

	public LateRequests getLateRequests() {
		return this.lateRequests;
	}

	public void setLateRequests(LateRequests lateRequests) {
		this.lateRequests = lateRequests;
	}

	public Goodbye getGoodbye() {
		return this.goodbye;
	}

	public Refusal getRefusal() {
		return this.refusal;
	}

	/**
	 * Message to every client at the beginning of a drain.
	 */
	public static class Goodbye {

		/**
		 * Message number of the last message to every client before shutdown closes its
		 * connection. No message is sent if not set. Ignored if there is a bean of type
		 * Goodbye.
		 */
		private @Nullable Long msgId;

		/**
		 * Text of the last message to every client before shutdown closes its connection,
		 * in UTF-8.
		 */
		private String text = "";

		public @Nullable Long getMsgId() {
			return this.msgId;
		}

		public void setMsgId(@Nullable Long msgId) {
			this.msgId = msgId;
		}

		public String getText() {
			return this.text;
		}

		public void setText(String text) {
			this.text = text;
		}

	}

	/**
	 * Answer to late messages.
	 */
	public static class Refusal {

		/**
		 * Message number of the answer to each message that comes too late during a
		 * shutdown. Required with 'zinx.shutdown.late-requests=refuse'.
		 */
		private @Nullable Long msgId;

		/**
		 * Text of the answer to each message that comes too late during a shutdown, in
		 * UTF-8.
		 */
		private String text = "";

		public @Nullable Long getMsgId() {
			return this.msgId;
		}

		public void setMsgId(@Nullable Long msgId) {
			this.msgId = msgId;
		}

		public String getText() {
			return this.text;
		}

		public void setText(String text) {
			this.text = text;
		}

	}

}

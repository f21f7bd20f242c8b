package io.zinx.boot.autoconfigure;

import java.time.Duration;

import io.zinx.boot.context.ShutdownMode;
import io.zinx.connection.LateRequests;
import io.zinx.server.DrainSettings;
import org.jspecify.annotations.Nullable;

/**
 * How the server stops.
 */
@SuppressWarnings("checkstyle:MissingJavadocMethod")
public class ShutdownProperties {

	/**
	 * How the server stops with the application.
	 */
	private ShutdownMode mode = ShutdownMode.GRACEFUL;

	/**
	 * Time a graceful stop waits for received messages to be handled. Should be less than
	 * spring.lifecycle.timeout-per-shutdown-phase.
	 */
	private Duration gracePeriod = Duration.ofSeconds(20);

	/**
	 * Time over which closes are spread by chance, so that clients do not come back all
	 * at once. Less than grace-period.
	 */
	private Duration closeWindow = DrainSettings.DEFAULTS.closeWindow();

	/**
	 * Time that messages of clients may be on their way; they are still handled.
	 */
	private Duration quietPeriod = DrainSettings.DEFAULTS.quietPeriod();

	/**
	 * What becomes of messages that come later than that, before their client's close.
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
	 * Last message to every client.
	 */
	public static class Goodbye {

		/**
		 * Message number of the goodbye that every client gets before a stop closes it.
		 * None is sent if not set. Not used if there is a bean of type Goodbye.
		 */
		private @Nullable Long msgId;

		/**
		 * Body of the goodbye, in UTF-8.
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
		 * Message number of what a client gets for each late message, with late-requests
		 * 'refuse'.
		 */
		private @Nullable Long msgId;

		/**
		 * Body of that message, in UTF-8.
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

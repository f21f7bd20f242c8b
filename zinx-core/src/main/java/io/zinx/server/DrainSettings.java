package io.zinx.server;

import java.time.Duration;
import java.util.Objects;

import io.zinx.InvalidSettingException;
import io.zinx.connection.LateRequests;
import io.zinx.message.Message;
import org.jspecify.annotations.Nullable;

/**
 * How a server parts from its clients.
 *
 * @param closeWindow over which time closes are spread by chance, so that clients do not
 * come back all at once; zero, the default, for each connection as soon as it is done
 * @param quietPeriod how long what a client had sent may be on its way, up to a minute,
 * 100 ms by default; it is still handled
 * @param lateRequests what becomes of messages that come later than that, from clients
 * that stay for some time yet because closes are spread
 * @param refusal what the client gets for each of them with {@link LateRequests#REFUSE},
 * else {@code null}
 * @param maxConnAge how long a connection may last; zero, the default, for as long as it
 * likes
 * @param ageJitter which part of that chance takes away, 0 to 0.5, 0.1 by default
 * @param goodbye makes the last message to each client; {@code null} for the one message
 * that all of them get, if there is one
 */
public record DrainSettings(Duration closeWindow, Duration quietPeriod, LateRequests lateRequests,
		@Nullable Message refusal, Duration maxConnAge, double ageJitter, @Nullable Goodbye goodbye) {

	private static final Duration LONGEST = Duration.ofHours(1);

	private static final Duration YEAR = Duration.ofDays(365);

	/** The defaults. */
	public static final DrainSettings DEFAULTS = new DrainSettings(Duration.ZERO, Duration.ofMillis(100),
			LateRequests.HANDLE, null, Duration.ZERO, 0.1, null);

	public DrainSettings {
		requireUpTo("shutdown.close-window", closeWindow, LONGEST, "zero to one hour");
		requireUpTo("shutdown.quiet-period", quietPeriod, Duration.ofMinutes(1), "zero to one minute");
		Objects.requireNonNull(lateRequests, "lateRequests");
		boolean refuses = lateRequests == LateRequests.REFUSE;
		if (refuses != (refusal != null)) {
			throw new InvalidSettingException("shutdown.refusal.msg-id", (refusal != null) ? refusal.msgId() : null,
					(refuses ? "set" : "not set") + " with shutdown.late-requests " + lateRequests);
		}
		requireUpTo("max-conn-age", maxConnAge, YEAR, "zero to 365 days");
		if (!(ageJitter >= 0 && ageJitter <= 0.5)) {
			throw new InvalidSettingException("max-conn-age-jitter", ageJitter, "0 to 0.5");
		}
	}

	private static void requireUpTo(String setting, Duration value, Duration most, String expected) {
		if (value.isNegative() || value.compareTo(most) > 0) {
			throw new InvalidSettingException(setting, value, expected);
		}
	}

	/**
	 * The same with closes spread over some time.
	 * @param closeWindow the time
	 * @return new settings
	 */
	public DrainSettings withCloseWindow(Duration closeWindow) {
		return new DrainSettings(closeWindow, this.quietPeriod, this.lateRequests, this.refusal, this.maxConnAge,
				this.ageJitter, this.goodbye);
	}

	/**
	 * The same with another quiet period.
	 * @param quietPeriod how long what a client had sent may be on its way
	 * @return new settings
	 */
	public DrainSettings withQuietPeriod(Duration quietPeriod) {
		return new DrainSettings(this.closeWindow, quietPeriod, this.lateRequests, this.refusal, this.maxConnAge,
				this.ageJitter, this.goodbye);
	}

	/**
	 * The same with another policy for late messages.
	 * @param lateRequests what becomes of them
	 * @param refusal what the client gets for each of them with
	 * {@link LateRequests#REFUSE}, else {@code null}
	 * @return new settings
	 */
	public DrainSettings withLateRequests(LateRequests lateRequests, @Nullable Message refusal) {
		return new DrainSettings(this.closeWindow, this.quietPeriod, lateRequests, refusal, this.maxConnAge,
				this.ageJitter, this.goodbye);
	}

	/**
	 * The same with a bound on the age of connections.
	 * @param maxConnAge how long a connection may last; zero for as long as it likes
	 * @param ageJitter which part of that chance takes away, 0 to 0.5
	 * @return new settings
	 */
	public DrainSettings withMaxConnAge(Duration maxConnAge, double ageJitter) {
		return new DrainSettings(this.closeWindow, this.quietPeriod, this.lateRequests, this.refusal, maxConnAge,
				ageJitter, this.goodbye);
	}

	/**
	 * The same with a last message made for each client.
	 * @param goodbye makes it; {@code null} for the one message that all of them get
	 * @return new settings
	 */
	public DrainSettings withGoodbye(@Nullable Goodbye goodbye) {
		return new DrainSettings(this.closeWindow, this.quietPeriod, this.lateRequests, this.refusal, this.maxConnAge,
				this.ageJitter, goodbye);
	}

	void requireWithin(Duration gracePeriod) {
		if (gracePeriod.isNegative()) {
			throw new InvalidSettingException("shutdown.grace-period", gracePeriod, "zero or more");
		}
		boolean waits = gracePeriod.compareTo(Duration.ZERO) > 0;
		if (waits && this.closeWindow.compareTo(gracePeriod) >= 0) {
			throw new InvalidSettingException("shutdown.close-window", this.closeWindow,
					"less than shutdown.grace-period, " + gracePeriod);
		}
	}

}

package io.zinx.server;

import java.time.Duration;
import java.util.Objects;

import io.zinx.InvalidSettingException;
import io.zinx.connection.LateRequests;
import io.zinx.message.Message;
import org.jspecify.annotations.Nullable;

/**
 * The settings of drains: how a server closes its connections in good order when it
 * stops, is drained, or a connection has reached its maximum age.
 *
 * @param closeWindow the time over which closes are spread at random, so that clients do
 * not reconnect all at once, shorter than the grace period; zero, the default, closes
 * each connection as soon as its messages are handled
 * @param quietPeriod the time, up to a minute, in which messages that a client sent
 * before the goodbye may still arrive and are handled; 100 ms by default
 * @param lateRequests the policy for messages that arrive after the quiet period, while
 * the connection waits for its close within the close window
 * @param refusal the answer to each of them with {@link LateRequests#REFUSE}, otherwise
 * {@code null}
 * @param maxConnAge the maximum age of a connection, up to 365 days; zero, the default,
 * for none
 * @param ageJitter the largest part of that age that is taken away at random, 0 to 0.5;
 * 0.1 by default
 * @param goodbye makes the goodbye of each client; {@code null}, the default, to send the
 * one of {@link ServerConfig#goodbye()} to all, if there is one
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
					(refuses ? "set" : "not set") + " with shutdown.late-requests=" + lateRequests);
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
	 * Return these settings with another close window.
	 * @param closeWindow the time
	 * @return new settings
	 */
	public DrainSettings withCloseWindow(Duration closeWindow) {
		return new DrainSettings(closeWindow, this.quietPeriod, this.lateRequests, this.refusal, this.maxConnAge,
				this.ageJitter, this.goodbye);
	}

	/**
	 * Return these settings with another quiet period.
	 * @param quietPeriod the time in which messages sent before the goodbye may still
	 * arrive, up to a minute
	 * @return new settings
	 */
	public DrainSettings withQuietPeriod(Duration quietPeriod) {
		return new DrainSettings(this.closeWindow, quietPeriod, this.lateRequests, this.refusal, this.maxConnAge,
				this.ageJitter, this.goodbye);
	}

	/**
	 * Return these settings with another policy for late messages.
	 * @param lateRequests the policy
	 * @param refusal the answer to each of them with {@link LateRequests#REFUSE},
	 * otherwise {@code null}
	 * @return new settings
	 */
	public DrainSettings withLateRequests(LateRequests lateRequests, @Nullable Message refusal) {
		return new DrainSettings(this.closeWindow, this.quietPeriod, lateRequests, refusal, this.maxConnAge,
				this.ageJitter, this.goodbye);
	}

	/**
	 * Return these settings with another maximum age of connections.
	 * @param maxConnAge the maximum age; zero for none
	 * @param ageJitter the largest part of it that is taken away at random, 0 to 0.5
	 * @return new settings
	 */
	public DrainSettings withMaxConnAge(Duration maxConnAge, double ageJitter) {
		return new DrainSettings(this.closeWindow, this.quietPeriod, this.lateRequests, this.refusal, maxConnAge,
				ageJitter, this.goodbye);
	}

	/**
	 * Return these settings with a goodbye made for each client.
	 * @param goodbye makes it; {@code null} to send {@link ServerConfig#goodbye()} to all
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
					"less than shutdown.grace-period, " + InvalidSettingException.describe(gracePeriod));
		}
	}

}

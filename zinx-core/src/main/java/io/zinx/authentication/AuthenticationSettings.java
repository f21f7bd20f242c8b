package io.zinx.authentication;

import java.time.Duration;

import io.zinx.InvalidSettingException;

/**
 * The settings of {@link ConnectionAuthenticator} calls. Without an authenticator they
 * have no effect.
 *
 * @param timeout the time limit of a decision, more than zero
 * @param threads the most threads that call the authenticator, 1 or more
 */
public record AuthenticationSettings(Duration timeout, int threads) {

	/** The defaults: 10 seconds, 8 threads. */
	public static final AuthenticationSettings DEFAULTS = new AuthenticationSettings(Duration.ofSeconds(10), 8);

	public AuthenticationSettings {
		InvalidSettingException.requirePositive("authentication.timeout", timeout);
		InvalidSettingException.requireRange("authentication.threads", threads, 1, 10_000);
	}

}

package io.zinx.heartbeat;

import java.time.Duration;

import io.zinx.InvalidSettingException;

/**
 * The idle timeouts of a connection, after which it is closed with
 * {@link io.zinx.connection.CloseReason#IDLE}. Each is from zero, which turns it off, to
 * 365 days.
 *
 * @param readTimeout the longest time without receiving a byte
 * @param writeTimeout the longest time without writing a byte; only bytes that the socket
 * accepts count
 * @param allTimeout the longest time without either
 */
public record IdleSettings(Duration readTimeout, Duration writeTimeout, Duration allTimeout) {

	/** All three turned off. */
	public static final IdleSettings OFF = new IdleSettings(Duration.ZERO, Duration.ZERO, Duration.ZERO);

	public IdleSettings {
		require("idle.read-timeout", readTimeout);
		require("idle.write-timeout", writeTimeout);
		require("idle.all-timeout", allTimeout);
	}

	static void require(String setting, Duration value) {
		if (value.isNegative() || value.compareTo(Duration.ofDays(365)) > 0) {
			throw new InvalidSettingException(setting, value, "zero to 365 days");
		}
	}

}

package io.zinx.heartbeat;

import java.time.Duration;

import io.zinx.InvalidSettingException;

/**
 * How long a connection may be idle before it is closed with
 * {@link io.zinx.connection.CloseReason#IDLE}. Each is zero for off, to 365 days.
 *
 * @param readTimeout how long nothing may be received
 * @param writeTimeout how long nothing may be written; only what the socket takes counts
 * as written
 * @param allTimeout how long neither may happen
 */
public record IdleSettings(Duration readTimeout, Duration writeTimeout, Duration allTimeout) {

	/** All three off. */
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

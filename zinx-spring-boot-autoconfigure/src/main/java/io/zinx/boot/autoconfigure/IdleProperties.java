package io.zinx.boot.autoconfigure;

import java.time.Duration;

/**
 * How long connections may be idle.
 */
@SuppressWarnings("checkstyle:MissingJavadocMethod")
public class IdleProperties {

	/**
	 * Time without a byte received after which a connection is closed, 0 for off.
	 */
	private Duration readTimeout = Duration.ZERO;

	/**
	 * Time without a byte written after which a connection is closed, 0 for off.
	 */
	private Duration writeTimeout = Duration.ZERO;

	/**
	 * Time without a byte either way after which a connection is closed, 0 for off.
	 */
	private Duration allTimeout = Duration.ZERO;

	public Duration getReadTimeout() {
		return this.readTimeout;
	}

	public void setReadTimeout(Duration readTimeout) {
		this.readTimeout = readTimeout;
	}

	public Duration getWriteTimeout() {
		return this.writeTimeout;
	}

	public void setWriteTimeout(Duration writeTimeout) {
		this.writeTimeout = writeTimeout;
	}

	public Duration getAllTimeout() {
		return this.allTimeout;
	}

	public void setAllTimeout(Duration allTimeout) {
		this.allTimeout = allTimeout;
	}

}

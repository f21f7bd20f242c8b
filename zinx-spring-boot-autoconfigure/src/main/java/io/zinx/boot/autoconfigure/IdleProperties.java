package io.zinx.boot.autoconfigure;

import java.time.Duration;

/**
 * Properties of idle connections.
 */
@SuppressWarnings("checkstyle:MissingJavadocMethod")
public class IdleProperties {

	/**
	 * Time without a received byte after which a connection is closed. Disabled if 0.
	 */
	private Duration readTimeout = Duration.ZERO;

	/**
	 * Time without a written byte after which a connection is closed. Disabled if 0.
	 */
	private Duration writeTimeout = Duration.ZERO;

	/**
	 * Time without a received or written byte after which a connection is closed.
	 * Disabled if 0.
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

package io.zinx.boot.autoconfigure;

import java.time.Duration;

import io.zinx.authentication.AuthenticationSettings;

/**
 * Limits on the bean that decides who may connect.
 */
@SuppressWarnings("checkstyle:MissingJavadocMethod")
public class AuthenticationProperties {

	/**
	 * Maximum time of the ConnectionAuthenticator's decision about a client. After it,
	 * the client gets no connection.
	 */
	private Duration timeout = Duration.ofSeconds(10);

	/**
	 * Maximum number of threads that call the ConnectionAuthenticator.
	 */
	private int threads = 8;

	public Duration getTimeout() {
		return this.timeout;
	}

	public void setTimeout(Duration timeout) {
		this.timeout = timeout;
	}

	public int getThreads() {
		return this.threads;
	}

	public void setThreads(int threads) {
		this.threads = threads;
	}

	AuthenticationSettings toSettings() {
		return new AuthenticationSettings(this.timeout, this.threads);
	}

}

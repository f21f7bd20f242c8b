package io.zinx.authentication;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

import io.netty.channel.EventLoop;
import io.zinx.diagnostics.LogThrottle;
import io.zinx.eventloop.ServerThreads;
import io.zinx.metrics.AuthenticationOutcome;
import io.zinx.metrics.LinkMetrics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The calls of the application's authenticator, on threads of their own, which end when
 * there is nothing to ask. One for each run of a server. As many calls wait as handshakes
 * may be under way. Any thread.
 */
public final class AuthenticatorCalls {

	private static final Logger logger = LoggerFactory.getLogger(AuthenticatorCalls.class);

	private static final long IDLE_SECONDS = 5;

	private final String serverName;

	private final ConnectionAuthenticator authenticator;

	private final AuthenticationSettings settings;

	private final LinkMetrics metrics;

	private final ThreadPoolExecutor threads;

	private final LogThrottle refusals;

	private final LogThrottle failures;

	/**
	 * Create the calls of a server run.
	 * @param authenticator the application's authenticator
	 * @param settings the settings
	 * @param threads makes the threads
	 * @param metrics the counters of outcomes
	 * @param nanoTime the time, as {@link System#nanoTime()}
	 */
	public AuthenticatorCalls(ConnectionAuthenticator authenticator, AuthenticationSettings settings,
			ServerThreads threads, LinkMetrics metrics, LongSupplier nanoTime) {
		this.serverName = threads.serverName();
		this.authenticator = authenticator;
		this.settings = settings;
		this.metrics = metrics;
		this.refusals = new LogThrottle(1, nanoTime);
		this.failures = new LogThrottle(1, nanoTime);
		AtomicInteger made = new AtomicInteger();
		this.threads = new ThreadPoolExecutor(settings.threads(), settings.threads(), IDLE_SECONDS, TimeUnit.SECONDS,
				new LinkedBlockingQueue<>(),
				(task) -> threads.daemon("-authentication-" + made.incrementAndGet(), task));
		this.threads.allowCoreThreadTimeOut(true);
	}

	/**
	 * The settings.
	 * @return the settings
	 */
	public AuthenticationSettings settings() {
		return this.settings;
	}

	/**
	 * Ask about a client.
	 * @param request the facts about the client
	 * @param loop the client's event loop
	 * @param decided called once on the event loop with a decision that is
	 * {@link AuthenticationResult.Admitted} or {@link AuthenticationResult.Refused};
	 * never, if the question is withdrawn before
	 * @return the question
	 */
	public AuthenticatorCall ask(ConnectionRequest request, EventLoop loop, Consumer<AuthenticationResult> decided) {
		AuthenticatorCall call = new AuthenticatorCall(this, request, loop, decided);
		call.expireAfter(this.settings.timeout());
		this.threads.execute(call);
		return call;
	}

	ConnectionAuthenticator authenticator() {
		return this.authenticator;
	}

	void count(AuthenticationOutcome outcome) {
		this.metrics.countAuthentication(outcome);
	}

	void refused(ConnectionRequest request, AuthenticationOutcome outcome, AuthenticationResult.Refused refused) {
		count(outcome);
		this.refusals.log((withheld) -> logger.info(
				"[{}] Client {} may not connect ({}): {} {} ({} more since the last such line)", this.serverName,
				request, outcome, refused.status(), refused.text(), withheld));
	}

	void failed(ConnectionRequest request, Throwable cause) {
		count(AuthenticationOutcome.FAILED);
		this.failures.log((withheld) -> logger.error(
				"[{}] The authenticator {} failed, so that client {} may not connect ({} more since the last such line)",
				this.serverName, this.authenticator.getClass().getName(), request, withheld, cause));
	}

}

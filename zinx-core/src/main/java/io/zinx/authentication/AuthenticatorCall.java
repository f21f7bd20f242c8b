package io.zinx.authentication;

import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.netty.channel.EventLoop;
import io.zinx.eventloop.EventLoopTasks;
import io.zinx.metrics.AuthenticationOutcome;
import org.jspecify.annotations.Nullable;

/**
 * A question about one client.
 *
 * <pre>
 *   ASKED ---- decided, failed, too late, withdrawn ----> OVER
 * </pre>
 */
public final class AuthenticatorCall implements Runnable {

	private static final AuthenticationResult.Refused FAILED = new AuthenticationResult.Refused(500,
			"The server cannot tell who may connect");

	private static final AuthenticationResult.Refused LATE = new AuthenticationResult.Refused(503,
			"The server cannot tell in time who may connect");

	private final AuthenticatorCalls calls;

	private final ConnectionRequest request;

	private final EventLoop loop;

	private final Consumer<AuthenticationResult> decided;

	/** Written by the event loop; read by the thread of the authenticator. */
	private volatile boolean over;

	/** Event loop only. */
	private @Nullable Future<?> timer;

	AuthenticatorCall(AuthenticatorCalls calls, ConnectionRequest request, EventLoop loop,
			Consumer<AuthenticationResult> decided) {
		this.calls = calls;
		this.request = request;
		this.loop = loop;
		this.decided = decided;
	}

	void expireAfter(Duration timeout) {
		this.timer = this.loop.schedule(
				() -> end(LATE, () -> this.calls.refused(this.request, AuthenticationOutcome.TIMEOUT, LATE)),
				timeout.toNanos(), TimeUnit.NANOSECONDS);
	}

	/** Call the authenticator, on a thread for that. */
	@Override
	public void run() {
		if (this.over) {
			return;
		}
		try {
			answered(this.calls.authenticator().authenticate(this.request));
		}
		catch (Throwable ex) {
			failed(ex);
		}
	}

	private void answered(@Nullable AuthenticationResult result) {
		if (result instanceof AuthenticationResult.Later later) {
			later.decision().whenComplete((decision, failure) -> {
				if (failure != null) {
					failed((failure instanceof CompletionException && failure.getCause() != null) ? failure.getCause()
							: failure);
				}
				else {
					answered(decision);
				}
			});
		}
		else if (result instanceof AuthenticationResult.Admitted) {
			onLoop(() -> end(result, () -> this.calls.count(AuthenticationOutcome.ADMITTED)));
		}
		else if (result instanceof AuthenticationResult.Refused refused) {
			onLoop(() -> end(result, () -> this.calls.refused(this.request, AuthenticationOutcome.REFUSED, refused)));
		}
		else {
			failed(new IllegalStateException(
					"The decision is " + result + ", and none that the methods of AuthenticationResult make"));
		}
	}

	private void failed(Throwable cause) {
		onLoop(() -> end(FAILED, () -> this.calls.failed(this.request, cause)));
	}

	private void onLoop(Runnable task) {
		EventLoopTasks.execute(this.loop, task);
	}

	private void end(AuthenticationResult result, Runnable report) {
		if (!this.over) {
			finish();
			report.run();
			this.decided.accept(result);
		}
	}

	private void finish() {
		this.over = true;
		if (this.timer != null) {
			this.timer.cancel(false);
		}
	}

	/**
	 * The client is gone: nothing is decided any more. On its event loop.
	 */
	public void withdraw() {
		if (!this.over) {
			finish();
			this.calls.count(AuthenticationOutcome.ABORTED);
		}
	}

}

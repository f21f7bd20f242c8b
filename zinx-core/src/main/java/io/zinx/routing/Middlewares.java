package io.zinx.routing;

import java.time.Duration;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

import io.zinx.diagnostics.EscapedException;
import io.zinx.diagnostics.LogThrottle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Middleware that many servers need, for {@link RouteRegistry#use} and
 * {@link RouteGroup#use}.
 */
public final class Middlewares {

	private static final Logger logger = LoggerFactory.getLogger(Middlewares.class);

	/** The most lines to log in a second. */
	private static final int LINES = 10;

	private Middlewares() {
	}

	/**
	 * Create middleware that catches the exceptions of the functions and the router
	 * behind it, and logs them with the numbers of message and connection, at most ten
	 * times a second. The message counts as failed, once. The server survives exceptions
	 * without it; with it, {@link Request#next()} returns to the middleware in front
	 * instead of throwing.
	 * @return the middleware
	 */
	public static RouterFunction recovery() {
		LogThrottle lines = new LogThrottle(LINES, System::nanoTime);
		return (request) -> {
			try {
				request.next();
			}
			catch (Throwable ex) {
				request.fail(ex);
				lines.log((withheld) -> logger.error("Message {} of {} failed ({} more since the last such line)",
						request.msgId(), request.connection(), withheld, EscapedException.of(ex)));
			}
		};
	}

	/**
	 * Create middleware that measures the time of the functions and the router behind it,
	 * also when they throw.
	 * @param report called with each message and its time, on the thread that handles it;
	 * the body can still be read. Its exceptions are logged, at most ten times a second,
	 * and do not fail the message
	 * @return the middleware
	 */
	public static RouterFunction timing(BiConsumer<Request, Duration> report) {
		return timing(report, System::nanoTime);
	}

	static RouterFunction timing(BiConsumer<Request, Duration> report, LongSupplier nanoTime) {
		Objects.requireNonNull(report, "report");
		LogThrottle lines = new LogThrottle(LINES, System::nanoTime);
		return (request) -> {
			long start = nanoTime.getAsLong();
			try {
				request.next();
			}
			finally {
				Duration duration = Duration.ofNanos(nanoTime.getAsLong() - start);
				report(report, request, duration, lines);
			}
		};
	}

	private static void report(BiConsumer<Request, Duration> report, Request request, Duration duration,
			LogThrottle lines) {
		try {
			report.accept(request, duration);
		}
		catch (Throwable ex) {
			lines.log((withheld) -> logger.warn(
					"The timing report for message {} of {} failed ({} more since the last such line)", request.msgId(),
					request.connection(), withheld, EscapedException.of(ex)));
		}
	}

}

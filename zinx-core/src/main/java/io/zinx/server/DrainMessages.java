package io.zinx.server;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

import io.zinx.connection.CloseReason;
import io.zinx.connection.ConnManager;
import io.zinx.connection.Connection;
import io.zinx.connection.DrainPlan;
import io.zinx.diagnostics.Clocks;
import io.zinx.diagnostics.EscapedException;
import io.zinx.diagnostics.LogThrottle;
import io.zinx.message.Message;
import io.zinx.pipeline.MaxAge;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The goodbye messages of a server and the plans of its drains, as configured. Exceptions
 * of codecs and of the application are logged.
 */
final class DrainMessages {

	private static final Logger logger = LoggerFactory.getLogger(DrainMessages.class);

	private final ServerConfig config;

	private final DrainSettings settings;

	private final LogThrottle failed;

	DrainMessages(ServerConfig config, Clocks clocks) {
		this.config = config;
		this.settings = config.drain();
		this.failed = new LogThrottle(1, clocks.nanoTime());
	}

	/**
	 * Send the goodbye to all connections.
	 */
	void sayTo(ConnManager connections, CloseReason reason) {
		Message toAll = this.config.goodbye();
		if (this.settings.goodbye() != null) {
			connections.forEach((connection) -> sayTo(connection, reason));
		}
		else if (toAll != null) {
			guarded(() -> connections.broadcast(toAll.msgId(), toAll.body()));
		}
	}

	private void sayTo(Connection connection, CloseReason reason) {
		Goodbye personal = this.settings.goodbye();
		guarded(() -> {
			Message message = (personal != null) ? personal.to(connection, reason) : this.config.goodbye();
			if (message != null) {
				// Unlike send, it never waits for a congested connection.
				connection.sendAsync(message.msgId(), message.body());
			}
		});
	}

	private void guarded(Runnable goodbye) {
		try {
			goodbye.run();
		}
		catch (Throwable ex) {
			logFailed(ex);
		}
	}

	private void logFailed(Throwable ex) {
		this.failed
			.log((withheld) -> logger.error(
					"[{}] A goodbye message could not be created or sent; clients are closed without it "
							+ "({} more since the last such line)",
					this.config.name(), withheld, EscapedException.of(ex)));
	}

	/**
	 * The last message to a client that is kicked or replaced. Any thread.
	 * @return {@code null} for none, and if it cannot be made
	 */
	@Nullable Message toKicked(Connection connection, CloseReason reason) {
		Goodbye personal = this.settings.goodbye();
		try {
			return (personal != null) ? personal.to(connection, reason) : configured(reason);
		}
		catch (Throwable ex) {
			logFailed(ex);
			return null;
		}
	}

	private @Nullable Message configured(CloseReason reason) {
		Message replaced = this.config.connections().replaced();
		return (reason == CloseReason.REPLACED && replaced != null) ? replaced : this.config.connections().kick();
	}

	/**
	 * The plan of the drain of one connection, with a random delay within the close
	 * window.
	 */
	DrainPlan plan(CloseReason reason) {
		long window = this.settings.closeWindow().toMillis();
		long delay = (window > 0) ? ThreadLocalRandom.current().nextLong(window + 1) : 0;
		return plan(reason, Duration.ofMillis(delay));
	}

	private DrainPlan plan(CloseReason reason, Duration delay) {
		return new DrainPlan(reason, this.settings.quietPeriod(), this.config.outbound().flushTimeout(), delay,
				this.settings.lateRequests(), this.settings.refusal());
	}

	/**
	 * The maximum age of connections.
	 * @return {@code null} for none
	 */
	@Nullable MaxAge maxAge() {
		if (this.settings.maxConnAge().isZero()) {
			return null;
		}
		return new MaxAge(this.settings.maxConnAge(), this.settings.ageJitter(),
				(connection) -> sayTo(connection, CloseReason.MAX_AGE), plan(CloseReason.MAX_AGE, Duration.ZERO));
	}

}

package io.zinx.server;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

import io.zinx.connection.CloseReason;
import io.zinx.connection.ConnManager;
import io.zinx.connection.Connection;
import io.zinx.connection.Departure;
import io.zinx.connection.LogThrottle;
import io.zinx.message.Message;
import io.zinx.pipeline.Retirement;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What clients are told and how they are let go, as the configuration says. Survives
 * codecs and goodbyes of the application that throw.
 */
final class Farewells {

	private static final Logger logger = LoggerFactory.getLogger(Farewells.class);

	private final ServerConfig config;

	private final DrainSettings settings;

	private final LogThrottle failed = new LogThrottle(1, System::nanoTime);

	Farewells(ServerConfig config) {
		this.config = config;
		this.settings = config.drain();
	}

	/**
	 * Say goodbye to everybody.
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
				connection.send(message.msgId(), message.body());
			}
		});
	}

	private void guarded(Runnable goodbye) {
		try {
			goodbye.run();
		}
		catch (Throwable ex) {
			this.failed.log((withheld) -> logger.error("[{}] A goodbye failed ({} more since the last such line)",
					this.config.name(), withheld, ex));
		}
	}

	/**
	 * How one of many connections leaves, at a time that chance chooses.
	 */
	Departure departure(CloseReason reason) {
		long window = this.settings.closeWindow().toMillis();
		long delay = (window > 0) ? ThreadLocalRandom.current().nextLong(window + 1) : 0;
		return departure(reason, Duration.ofMillis(delay));
	}

	private Departure departure(CloseReason reason, Duration delay) {
		return new Departure(reason, this.settings.quietPeriod(), this.config.outbound().flushTimeout(), delay,
				this.settings.lateRequests(), this.settings.refusal());
	}

	/**
	 * How connections leave that have lasted long enough.
	 * @return {@code null} if they may stay
	 */
	@Nullable Retirement retirement() {
		if (this.settings.maxConnAge().isZero()) {
			return null;
		}
		return new Retirement(this.settings.maxConnAge(), this.settings.ageJitter(),
				(connection) -> sayTo(connection, CloseReason.MAX_AGE), departure(CloseReason.MAX_AGE, Duration.ZERO));
	}

}

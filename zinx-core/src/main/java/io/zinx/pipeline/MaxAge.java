package io.zinx.pipeline;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import io.zinx.connection.Connection;
import io.zinx.connection.DrainPlan;
import io.zinx.connection.ReadSide;

/**
 * Drains each connection that has reached its maximum age.
 *
 * @param maxAge how long a connection may last; zero for as long as it likes
 * @param jitter which part of that chance may take away, 0 to 0.5
 * @param goodbye sends a connection its goodbye, and survives if that fails
 * @param plan how it drains
 */
public record MaxAge(Duration maxAge, double jitter, Consumer<Connection> goodbye, DrainPlan plan) {

	/**
	 * Watch over a connection. On its event loop.
	 */
	void watch(Channel channel, Connection connection, ReadSide readSide) {
		if (this.maxAge.isZero()) {
			return;
		}
		Future<?> due = channel.eventLoop().schedule(() -> drain(connection, readSide), age(), TimeUnit.NANOSECONDS);
		channel.closeFuture().addListener((closed) -> due.cancel(false));
	}

	private long age() {
		double chance = (this.jitter > 0) ? ThreadLocalRandom.current().nextDouble(this.jitter) : 0;
		return (long) (this.maxAge.toNanos() * (1 - chance));
	}

	private void drain(Connection connection, ReadSide readSide) {
		if (connection.isOpen()) {
			this.goodbye.accept(connection);
			readSide.drain(this.plan);
		}
	}

}

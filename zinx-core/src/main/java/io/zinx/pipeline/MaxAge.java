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
 * The maximum age of connections: drains each one that has reached it.
 *
 * @param maxAge the maximum age; zero for none
 * @param jitter the largest part of it that is taken away at random, 0 to 0.5
 * @param goodbye sends the goodbye to a connection; throws nothing
 * @param plan the plan of the drain
 */
public record MaxAge(Duration maxAge, double jitter, Consumer<Connection> goodbye, DrainPlan plan) {

	/**
	 * Schedule the drain of a connection. On its event loop.
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

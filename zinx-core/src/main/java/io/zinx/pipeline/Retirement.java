package io.zinx.pipeline;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import io.zinx.connection.Connection;
import io.zinx.connection.Departure;
import io.zinx.connection.Flow;

/**
 * Lets each connection leave when it has lasted long enough.
 *
 * @param maxAge how long a connection may last; zero for as long as it likes
 * @param jitter which part of that chance may take away, 0 to 0.5
 * @param goodbye tells a connection goodbye, and survives if that fails
 * @param departure how it leaves
 */
public record Retirement(Duration maxAge, double jitter, Consumer<Connection> goodbye, Departure departure) {

	/**
	 * Watch over a connection. On its event loop.
	 */
	void watch(Channel channel, Connection connection, Flow flow) {
		if (this.maxAge.isZero()) {
			return;
		}
		Future<?> due = channel.eventLoop().schedule(() -> retire(connection, flow), age(), TimeUnit.NANOSECONDS);
		channel.closeFuture().addListener((closed) -> due.cancel(false));
	}

	private long age() {
		double chance = (this.jitter > 0) ? ThreadLocalRandom.current().nextDouble(this.jitter) : 0;
		return (long) (this.maxAge.toNanos() * (1 - chance));
	}

	private void retire(Connection connection, Flow flow) {
		if (connection.isOpen()) {
			this.goodbye.accept(connection);
			flow.leave(this.departure);
		}
	}

}

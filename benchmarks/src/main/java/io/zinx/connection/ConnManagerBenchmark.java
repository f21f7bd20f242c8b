package io.zinx.connection;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import io.netty.channel.embedded.EmbeddedChannel;
import io.zinx.codec.TlvCodec;
import io.zinx.metrics.TrafficCounter;
import io.zinx.outbound.OutboundBudget;
import io.zinx.outbound.OutboundSettings;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * The register of connections, full as it is in use. Its connections share a channel,
 * which it does not touch.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class ConnManagerBenchmark {

	/** How many connections there are. */
	@Param({ "1000", "10000", "100000" })
	public int size;

	private ConnManager manager = new ConnManager(1);

	/**
	 * Fill it.
	 */
	@Setup
	public void fill() {
		this.manager = new ConnManager(Integer.MAX_VALUE);
		Connections connections = new Connections(this.manager);
		for (int i = 0; i < this.size; i++) {
			this.manager.takeSlot();
			this.manager.add(connections.next());
		}
	}

	/**
	 * A connection comes and goes.
	 * @param newcomer the connection
	 */
	@Benchmark
	public void addAndRemove(Newcomer newcomer) {
		this.manager.takeSlot();
		this.manager.add(newcomer.connection());
		this.manager.remove(newcomer.connection(), CloseReason.PEER_CLOSED);
	}

	/**
	 * Find a connection.
	 * @return the connection
	 */
	@Benchmark
	public @Nullable Connection get() {
		return this.manager.get(1 + ThreadLocalRandom.current().nextInt(this.size));
	}

	/**
	 * Walk over all.
	 * @param hole takes them
	 */
	@Benchmark
	public void forEach(Blackhole hole) {
		this.manager.forEach(hole::consume);
	}

	/**
	 * A connection for each thread.
	 */
	@State(Scope.Thread)
	public static class Newcomer {

		private @Nullable ChannelConnection connection;

		/**
		 * Make the connection.
		 * @param benchmark where it will come and go
		 */
		@Setup
		public void make(ConnManagerBenchmark benchmark) {
			this.connection = new Connections(benchmark.manager).next();
		}

		ChannelConnection connection() {
			if (this.connection == null) {
				throw new IllegalStateException("Not made");
			}
			return this.connection;
		}

	}

	/**
	 * Makes connections.
	 */
	private static final class Connections {

		private final EmbeddedChannel channel = new EmbeddedChannel();

		private final LoopOutbox outbox = new LoopOutbox(this.channel.eventLoop());

		private final ConnManager manager;

		private final ConnectionContext context;

		private final TrafficCounter traffic;

		Connections(ConnManager manager) {
			this.manager = manager;
			this.context = new ConnectionContext("bench", manager, new TlvCodec(), OutboundSettings.DEFAULTS,
					new OutboundBudget(OutboundSettings.DEFAULTS.totalMaxBytes()), new LogThrottle(1, System::nanoTime),
					Clocks.SYSTEM, DuplicateLogin.ALLOW);
			this.traffic = manager.metrics().newTrafficCounter();
		}

		ChannelConnection next() {
			return new ChannelConnection(this.manager.nextConnId(), this.channel, this.context, this.outbox,
					this.traffic);
		}

	}

}

package io.zinx.connection;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import io.netty.channel.embedded.EmbeddedChannel;
import io.zinx.codec.TlvCodec;
import io.zinx.diagnostics.Clocks;
import io.zinx.eventloop.LoopLocal;
import io.zinx.outbound.LoopOutbox;
import io.zinx.outbound.OutboundContext;
import io.zinx.outbound.OutboundSettings;
import io.zinx.session.DuplicateLogin;
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
 * Benchmark of the connection registry with many connections, which share one channel
 * that the registry does not use.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class ConnManagerBenchmark {

	/** The number of connections. */
	@Param({ "1000", "10000", "100000" })
	public int size;

	private ConnManager manager = new ConnManager(1);

	private ConnectionRegistry registry = ConnectionRegistry.of(this.manager);

	/**
	 * Fill it.
	 */
	@Setup
	public void fill() {
		this.manager = new ConnManager(Integer.MAX_VALUE);
		this.registry = ConnectionRegistry.of(this.manager);
		Connections connections = new Connections(this.manager);
		for (int i = 0; i < this.size; i++) {
			this.registry.slots().take();
			this.registry.add(connections.next());
		}
	}

	/**
	 * Add and remove a connection.
	 * @param newcomer the connection
	 */
	@Benchmark
	public void addAndRemove(Newcomer newcomer) {
		this.registry.slots().take();
		this.registry.add(newcomer.connection());
		this.registry.remove(newcomer.connection(), CloseReason.PEER_CLOSED);
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
	 * Visit all connections.
	 * @param hole consumes them
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
	 * The factory of the connections.
	 */
	private static final class Connections {

		private final EmbeddedChannel channel = new EmbeddedChannel();

		private final ConnectionRegistry registry;

		private final ConnectionFactory factory;

		Connections(ConnManager manager) {
			this.registry = ConnectionRegistry.of(manager);
			ConnectionContext context = new ConnectionContext("bench", this.registry,
					new OutboundContext(new TlvCodec(), OutboundSettings.DEFAULTS), DuplicateLogin.ALLOW, Clocks.SYSTEM,
					manager.metrics());
			this.factory = new ConnectionFactory(context, new LoopLocal<>(LoopOutbox::new));
		}

		ChannelConnection next() {
			return this.factory.newConnection(this.registry.numbers(0, 1).next(this.channel.eventLoop()), this.channel);
		}

	}

}

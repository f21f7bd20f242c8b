package io.zinx.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;

import io.zinx.bench.load.Load.Shape;

/**
 * A client that makes a load on 127.0.0.1 and measures the result. For one thread.
 */
public final class LoadClient implements AutoCloseable {

	/** The message number that is echoed. */
	public static final int ECHO = 1;

	/** The message number of a request to send {@link #PUSHED} to everybody. */
	public static final int BROADCAST = 2;

	/** The message number that everybody is sent. */
	public static final int PUSHED = 3;

	/** The message number of a request whose handler sleeps for 50 ms. */
	public static final int SLEEP = 4;

	/** The message number of a request whose handler reads a socket for 50 ms. */
	public static final int READ = 5;

	/** The message number of a request whose handler reads a socket for 5 ms. */
	public static final int QUERY = 6;

	/**
	 * The message number of a request whose handler computes for as many microseconds as
	 * the body has bytes.
	 */
	public static final int COMPUTE = 7;

	/** The most requests that a connection of an open loop has in flight. */
	private static final int OPEN_LOOP_DEPTH = 4096;

	private static final double NANOS_PER_SECOND = 1e9;

	private static final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

	private final Connector connector;

	private final Load load;

	private final Selector selector;

	private final FrameStream requests;

	private final FrameStream replies;

	private final ByteBuffer buffer = ByteBuffer.allocateDirect(FrameStream.WINDOW);

	private final List<Peer> peers = new ArrayList<>();

	private final Latencies latencies = new Latencies();

	private final Pace pace;

	private long messages;

	/**
	 * Open the connections of a load on TCP.
	 * @param port where the server listens
	 * @param load the load
	 * @throws IOException if a connection cannot be opened
	 */
	public LoadClient(int port, Load load) throws IOException {
		this(port, load, Transport.PLAIN);
	}

	/**
	 * Open the connections of a load.
	 * @param port where the server listens
	 * @param load the load
	 * @param transport the layers of each connection
	 * @throws IOException if a connection cannot be opened
	 */
	public LoadClient(int port, Load load, Transport transport) throws IOException {
		this.connector = new Connector(port, transport);
		this.load = load;
		this.selector = Selector.open();
		this.requests = new FrameStream(switch (load.shape()) {
			case BROADCAST -> BROADCAST;
			case QUERY -> QUERY;
			case COMPUTE -> COMPUTE;
			default -> ECHO;
		}, load.bodySize());
		this.replies = new FrameStream(switch (load.shape()) {
			case BROADCAST -> PUSHED;
			case QUERY -> QUERY;
			case COMPUTE -> COMPUTE;
			default -> ECHO;
		}, load.bodySize());
		this.pace = switch (load.shape()) {
			case CLOSED, QUERY, COMPUTE -> new ClosedLoop();
			case SLEEP, READ -> new HeldLoop(new OpenLoop(load.rate(), this.selector, this::count));
			case OPEN -> new OpenLoop(load.rate(), this.selector, this::count);
			case CHURN -> new Churn();
			case BROADCAST -> new Fanout();
			case IDLE -> new Silence();
		};
		try {
			for (int i = 0; i < load.connections(); i++) {
				this.peers.add(newPeer());
			}
			if (load.shape() == Shape.IDLE) {
				greetOnAnother();
			}
		}
		catch (Throwable ex) {
			close();
			throw ex;
		}
	}

	private Peer newPeer() throws IOException {
		int depth = switch (this.load.shape()) {
			case CLOSED, QUERY, COMPUTE -> this.load.depth();
			case OPEN, SLEEP, READ -> OPEN_LOOP_DEPTH;
			case CHURN, BROADCAST, IDLE -> 1;
		};
		ClientChannel channel = this.connector.connect();
		if (this.load.shape() == Shape.BROADCAST || isHeldUp()) {
			// So the server numbers its connections in this order.
			Greeting.exchange(channel);
		}
		if (isHeldUp() && HeldLoop.isHolder(this.peers.size())) {
			FrameStream held = new FrameStream((this.load.shape() == Shape.SLEEP) ? SLEEP : READ, this.load.bodySize());
			return new Peer(this.selector, channel, held, held, 1);
		}
		return new Peer(this.selector, channel, this.requests, this.replies, depth);
	}

	private boolean isHeldUp() {
		return this.load.shape() == Shape.SLEEP || this.load.shape() == Shape.READ;
	}

	private void greetOnAnother() throws IOException {
		try (ClientChannel channel = this.connector.connect()) {
			Greeting.exchange(channel);
		}
	}

	/**
	 * Make the load for some time.
	 * @param warmUp how long not to measure, at first
	 * @param measured how long to measure then
	 * @param cpuSeconds the CPU time of the server until now
	 * @return what was measured
	 * @throws IOException if a connection is broken
	 * @throws IllegalStateException if the server closes a connection or sends a wrong
	 * byte
	 */
	public LoadResult run(Duration warmUp, Duration measured, DoubleSupplier cpuSeconds) throws IOException {
		for (Peer peer : this.peers) {
			this.pace.opened(peer);
		}
		drive(System.nanoTime() + warmUp.toNanos());
		this.messages = 0;
		this.latencies.clear();
		double cpu = cpuSeconds.getAsDouble();
		long own = threads.getCurrentThreadCpuTime();
		long start = System.nanoTime();
		drive(start + measured.toNanos());
		cpu = cpuSeconds.getAsDouble() - cpu;
		double seconds = (System.nanoTime() - start) / NANOS_PER_SECOND;
		double clientSeconds = (threads.getCurrentThreadCpuTime() - own) / NANOS_PER_SECOND;
		return new LoadResult(this.messages, seconds, cpu, clientSeconds, this.latencies.micros(0.5),
				this.latencies.micros(0.99));
	}

	private void drive(long end) throws IOException {
		try {
			while (System.nanoTime() - end < 0) {
				this.selector.select(this::ready, this.pace.due());
			}
		}
		catch (UncheckedIOException ex) {
			throw ex.getCause();
		}
	}

	private void ready(SelectionKey key) {
		Peer peer = (Peer) key.attachment();
		try {
			if (key.isWritable()) {
				peer.flush();
			}
			if (key.isReadable()) {
				int count = peer.read(this.buffer);
				if (count > 0) {
					this.pace.replied(peer, count, System.nanoTime());
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void count(Peer peer, int count, long now) {
		for (int i = 0; i < count; i++) {
			this.latencies.record(now - peer.answered(), 1);
		}
		this.messages += count;
	}

	/**
	 * Close all connections.
	 * @throws IOException if that fails
	 */
	@Override
	public void close() throws IOException {
		this.pace.end();
		for (Peer peer : this.peers) {
			peer.close();
		}
		this.selector.close();
	}

	private final class ClosedLoop implements Pace {

		@Override
		public void opened(Peer peer) throws IOException {
			peer.request(LoadClient.this.load.depth(), System.nanoTime());
			peer.flush();
		}

		@Override
		public void replied(Peer peer, int count, long now) throws IOException {
			count(peer, count, now);
			peer.request(count, now);
			peer.flush();
		}

	}

	private final class Churn implements Pace {

		@Override
		public void opened(Peer peer) throws IOException {
			peer.request(1, System.nanoTime());
			peer.flush();
		}

		@Override
		public void replied(Peer peer, int count, long now) throws IOException {
			count(peer, count, now);
			peer.close();
			Peer next = newPeer();
			LoadClient.this.peers.set(LoadClient.this.peers.indexOf(peer), next);
			opened(next);
		}

	}

	private static final class Silence implements Pace {

		@Override
		public void opened(Peer peer) {
		}

		@Override
		public void replied(Peer peer, int count, long now) {
			throw new IllegalStateException("A reply that nobody has asked for");
		}

	}

	private final class Fanout implements Pace {

		private int missing;

		private long askedAt;

		@Override
		public void opened(Peer peer) throws IOException {
			if (this.missing == 0) {
				ask(System.nanoTime());
			}
		}

		private void ask(long now) throws IOException {
			Peer first = LoadClient.this.peers.get(0);
			this.missing = LoadClient.this.peers.size();
			this.askedAt = now;
			first.request(1, now);
			first.answered();
			first.flush();
		}

		@Override
		public void replied(Peer peer, int count, long now) throws IOException {
			LoadClient.this.latencies.record(now - this.askedAt, count);
			LoadClient.this.messages += count;
			this.missing -= count;
			if (this.missing == 0) {
				ask(now);
			}
		}

	}

}

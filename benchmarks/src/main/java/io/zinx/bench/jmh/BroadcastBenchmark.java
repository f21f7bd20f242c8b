package io.zinx.bench.jmh;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.zinx.dispatch.WorkerMode;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Benchmark of a broadcast to all connections, without sockets, until the last one has
 * received it.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class BroadcastBenchmark {

	private static final int HEAD = 8;

	/** The number of connections. */
	@Param({ "1000", "5000" })
	public int connections;

	/** The length of the body, in bytes. Short frames are copied, long ones shared. */
	@Param({ "64", "1024" })
	public int bodySize;

	private byte[] body = {};

	private volatile long missing;

	private volatile CountDownLatch done = new CountDownLatch(0);

	private @Nullable LocalServer server;

	/**
	 * Start a server and connect to it.
	 * @throws InterruptedException if interrupted
	 */
	@Setup
	public void start() throws InterruptedException {
		this.body = new byte[this.bodySize];
		this.server = new LocalServer(WorkerMode.EVENT_LOOP, 1);
		for (int i = 0; i < this.connections; i++) {
			this.server.connect(new Receiver());
		}
		if (this.server.connManager().size() != this.connections) {
			throw new IllegalStateException("Not all clients are connected");
		}
	}

	/**
	 * Stop it.
	 * @throws InterruptedException if interrupted
	 */
	@TearDown
	public void stop() throws InterruptedException {
		if (this.server != null) {
			this.server.stop();
		}
	}

	/**
	 * Send to all.
	 * @throws InterruptedException if interrupted
	 */
	@Benchmark
	public void broadcast() throws InterruptedException {
		if (this.server == null) {
			throw new IllegalStateException("Not started");
		}
		CountDownLatch done = new CountDownLatch(1);
		this.done = done;
		this.missing = (long) this.connections * (HEAD + this.bodySize);
		this.server.connManager().broadcast(1, this.body);
		done.await();
	}

	@SuppressWarnings("NonAtomicVolatileUpdate")
	private void received(int bytes) {
		this.missing -= bytes;
		if (this.missing == 0) {
			this.done.countDown();
		}
	}

	private final class Receiver extends ChannelInboundHandlerAdapter {

		@Override
		public boolean isSharable() {
			return false;
		}

		@Override
		public void channelRead(ChannelHandlerContext ctx, Object msg) {
			ByteBuf frame = (ByteBuf) msg;
			received(frame.readableBytes());
			frame.release();
		}

	}

}

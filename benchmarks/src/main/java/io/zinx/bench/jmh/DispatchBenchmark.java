package io.zinx.bench.jmh;

import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.zinx.codec.TlvCodec;
import io.zinx.dispatch.WorkerMode;
import io.zinx.outbound.Encoding;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Benchmark of the whole way of a read's messages and of their replies, without sockets:
 * the difference between {@code EVENT_LOOP} and the other modes is the hand-off to a
 * worker and back.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class DispatchBenchmark {

	private static final int READS = 1000;

	private static final int BODY = 64;

	private static final int WORKERS = 2;

	/** The worker mode. */
	@Param
	public WorkerMode mode = WorkerMode.HASH;

	/** The number of messages in a read. */
	@Param({ "1", "16" })
	public int messages;

	private @Nullable LocalServer server;

	private final PingPong client = new PingPong();

	/**
	 * Start a server and connect to it.
	 * @throws InterruptedException if interrupted
	 */
	@Setup
	public void start() throws InterruptedException {
		ByteBuf read = Unpooled.directBuffer();
		for (int i = 0; i < this.messages; i++) {
			Encoding.MESSAGE.write(new TlvCodec(), 1, new byte[BODY], new TlvCodec().headLength() + BODY, read);
		}
		this.server = new LocalServer(this.mode, WORKERS);
		this.client.connected(this.server.connect(this.client), Unpooled.unreleasableBuffer(read));
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
	 * Send a thousand reads, each when the one before is answered.
	 * @throws InterruptedException if interrupted
	 */
	@Benchmark
	@OperationsPerInvocation(READS)
	public void readAndReply() throws InterruptedException {
		this.client.send(READS).await();
	}

}

package io.zinx.bench.jmh;

import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.zinx.codec.Frame;
import io.zinx.codec.FrameDecoder;
import io.zinx.codec.TlvCodec;
import io.zinx.outbound.Encoding;
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
import org.openjdk.jmh.infra.Blackhole;

/**
 * Benchmark of decoding one frame of a read that contains many.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class DecodeBenchmark {

	private static final int FRAMES = 64;

	/** The length of each body, in bytes. */
	@Param({ "64", "1024" })
	public int bodySize;

	private final Frame frame = new Frame();

	private final TlvCodec codec = new TlvCodec();

	private FrameDecoder decoder = this.codec.newDecoder(Integer.MAX_VALUE);

	private ByteBuf read = Unpooled.EMPTY_BUFFER;

	/**
	 * Make a read.
	 */
	@Setup
	public void encode() {
		this.decoder = this.codec.newDecoder(this.bodySize);
		this.read = Unpooled.directBuffer();
		byte[] body = new byte[this.bodySize];
		for (int i = 0; i < FRAMES; i++) {
			int length = (int) Encoding.MESSAGE.encodedLength(this.codec, i, body);
			Encoding.MESSAGE.write(this.codec, i, body, length, this.read);
		}
	}

	/**
	 * Release it.
	 */
	@TearDown
	public void release() {
		this.read.release();
	}

	/**
	 * Decode all its frames.
	 * @param hole consumes the results
	 */
	@Benchmark
	@OperationsPerInvocation(FRAMES)
	public void decode(Blackhole hole) {
		this.read.readerIndex(0);
		while (this.read.isReadable()) {
			this.decoder.decode(this.read, this.frame);
			hole.consume(this.frame.msgId());
			hole.consume(this.frame.bodyIndex());
		}
	}

}

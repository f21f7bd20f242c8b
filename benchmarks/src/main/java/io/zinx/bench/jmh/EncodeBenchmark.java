package io.zinx.bench.jmh;

import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.zinx.codec.TlvCodec;
import io.zinx.outbound.Encoding;
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
 * Benchmark of encoding one message into the buffer of pending writes, from an array and
 * from a buffer.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class EncodeBenchmark {

	private static final int HEAD = 8;

	private final TlvCodec codec = new TlvCodec();

	/** The length of each body, in bytes. */
	@Param({ "64", "1024" })
	public int bodySize;

	private byte[] array = {};

	private ByteBuf buffer = Unpooled.EMPTY_BUFFER;

	private ByteBuf out = Unpooled.EMPTY_BUFFER;

	/**
	 * Make a body.
	 */
	@Setup
	public void allocate() {
		this.array = new byte[this.bodySize];
		this.buffer = Unpooled.directBuffer().writeBytes(this.array);
		this.out = Unpooled.directBuffer(HEAD + this.bodySize);
	}

	/**
	 * Release it.
	 */
	@TearDown
	public void release() {
		this.buffer.release();
		this.out.release();
	}

	/**
	 * Write a body that is an array.
	 * @return what was written
	 */
	@Benchmark
	public ByteBuf array() {
		this.out.clear();
		int length = (int) Encoding.MESSAGE.encodedLength(this.codec, 1, this.array);
		Encoding.MESSAGE.write(this.codec, 1, this.array, length, this.out);
		return this.out;
	}

	/**
	 * Write a body that is a buffer.
	 * @return what was written
	 */
	@Benchmark
	public ByteBuf buffer() {
		this.out.clear();
		int length = (int) Encoding.MESSAGE_BUFFER.encodedLength(this.codec, 1, this.buffer);
		Encoding.MESSAGE_BUFFER.write(this.codec, 1, this.buffer, length, this.out);
		return this.out;
	}

}

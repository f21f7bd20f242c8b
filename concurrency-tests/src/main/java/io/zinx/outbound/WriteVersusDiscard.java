package io.zinx.outbound;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import io.zinx.codec.TlvCodec;
import io.zinx.metrics.ServerMetrics;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * The event loop writes a message while another thread discards everything: it is written
 * or lost, its listener is called once, and nothing waits.
 */
@JCStressTest
@Outcome(id = "1, 0, 1", expect = Expect.ACCEPTABLE, desc = "Written")
@Outcome(id = "0, 1, 0", expect = Expect.ACCEPTABLE, desc = "Lost")
@Outcome(expect = Expect.FORBIDDEN, desc = "Told what is not so, never or twice")
@State
public class WriteVersusDiscard {

	private static final OutboundSettings SETTINGS = new OutboundSettings(1024, 1024, 0, 0, SlowConsumerPolicy.CLOSE,
			Duration.ofSeconds(1), Duration.ofSeconds(1));

	private static final int LEFT_OVER = 100;

	private final EmbeddedChannel channel = new EmbeddedChannel();

	private final Outbound outbound = new Outbound(this.channel, new OutboundContext(new TlvCodec(), SETTINGS),
			new ServerMetrics().newTrafficCounter());

	private final AtomicInteger written = new AtomicInteger();

	private final AtomicInteger lost = new AtomicInteger();

	/**
	 * Begin with a message that waits.
	 */
	public WriteVersusDiscard() {
		this.outbound.append(1, new byte[1], Encoding.MESSAGE, true,
				(cause) -> ((cause != null) ? this.lost : this.written).incrementAndGet());
	}

	/**
	 * Write.
	 */
	@Actor
	public void write() {
		this.outbound.write(true);
	}

	/**
	 * Forget everything.
	 */
	@Actor
	public void discard() {
		this.outbound.discard();
	}

	/**
	 * Look what was told, and what was written.
	 * @param result how often it was told that it was written, and lost; how many buffers
	 * were written, and more if anything waits
	 */
	@Arbiter
	public void look(III_Result result) {
		result.r1 = this.written.get();
		result.r2 = this.lost.get();
		result.r3 = LEFT_OVER * (int) this.outbound.queued();
		ByteBuf buffer = this.channel.readOutbound();
		while (buffer != null) {
			result.r3++;
			buffer.release();
			buffer = this.channel.readOutbound();
		}
	}

}

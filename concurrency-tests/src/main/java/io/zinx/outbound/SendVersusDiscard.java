package io.zinx.outbound;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.zinx.codec.TlvCodec;
import io.zinx.metrics.ServerMetrics;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLI_Result;

/**
 * A send with a listener, and one of a shared frame, race the end of the connection,
 * which discards everything: the listener of an accepted send is called once, nothing
 * waits, and the frame is released.
 */
@JCStressTest
@Outcome(id = { "accepted, accepted, 1", "accepted, CLOSED, 1" }, expect = Expect.ACCEPTABLE,
		desc = "Accepted, and told once")
@Outcome(id = "CLOSED, CLOSED, 0", expect = Expect.ACCEPTABLE, desc = "Refused")
@Outcome(expect = Expect.FORBIDDEN, desc = "Never told, told twice, or something is left")
@State
public class SendVersusDiscard {

	private static final OutboundSettings SETTINGS = new OutboundSettings(1024, 1024, 0, 0, SlowConsumerPolicy.CLOSE,
			Duration.ofSeconds(1), Duration.ofSeconds(1));

	private static final int LEFT_OVER = 100;

	private final EmbeddedChannel channel = new EmbeddedChannel();

	private final Outbound outbound = new Outbound(this.channel, new OutboundContext(new TlvCodec(), SETTINGS),
			new ServerMetrics().newTrafficCounter());

	private final ByteBuf frame = Unpooled.wrappedBuffer(new byte[512]);

	private final AtomicInteger told = new AtomicInteger();

	/**
	 * Send and listen, and send a frame that others have, too.
	 * @param result what becomes of both
	 */
	@Actor
	public void send(LLI_Result result) {
		result.r1 = name(
				this.outbound.append(1, new byte[1], Encoding.MESSAGE, true, (cause) -> this.told.incrementAndGet()));
		result.r2 = name(this.outbound.appendFrame(1, this.frame, true));
	}

	private static Object name(Appended appended) {
		return (appended == Appended.ACCEPTED || appended == Appended.ACCEPTED_AND_LISTED) ? "accepted" : appended;
	}

	/**
	 * Forget everything.
	 */
	@Actor
	public void discard() {
		this.outbound.discard();
	}

	/**
	 * Write what should not be there, and look.
	 * @param result how often the listener was told, and more if anything is left
	 */
	@Arbiter
	public void look(LLI_Result result) {
		this.outbound.write(true);
		int left = (int) this.outbound.queued() + this.frame.refCnt() - 1 + this.channel.outboundMessages().size();
		result.r3 = this.told.get() + LEFT_OVER * left;
	}

}

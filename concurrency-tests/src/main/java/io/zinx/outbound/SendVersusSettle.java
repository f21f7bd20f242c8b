package io.zinx.outbound;

import java.time.Duration;

import io.netty.channel.embedded.EmbeddedChannel;
import io.zinx.codec.TlvCodec;
import io.zinx.metrics.ServerMetrics;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/**
 * Two sends, which together exceed the high-water mark, race the event loop, which writes
 * and updates the counts: the congestion of the connection is over or is noted, and the
 * next flush ends it.
 */
@JCStressTest
@Outcome(id = "over, nothing", expect = Expect.ACCEPTABLE, desc = "Written before it was noticed, or never congested")
@Outcome(id = "noticed, relieved", expect = Expect.ACCEPTABLE, desc = "Reading pauses until it is written")
@Outcome(expect = Expect.FORBIDDEN, desc = "Reading never pauses, or for ever")
@State
public class SendVersusSettle {

	private static final int HALF = 60;

	private static final OutboundSettings SETTINGS = new OutboundSettings(1024, 1024, 100, 0, SlowConsumerPolicy.CLOSE,
			Duration.ofSeconds(1), Duration.ofSeconds(1));

	private final EmbeddedChannel channel = new EmbeddedChannel();

	private final Outbound outbound = new Outbound(this.channel, new OutboundContext(new TlvCodec(), SETTINGS),
			new ServerMetrics().newTrafficCounter());

	private boolean noticed;

	/**
	 * Send twice.
	 */
	@Actor
	public void send() {
		this.outbound.append(0, new byte[HALF], Encoding.RAW, true, null);
		this.outbound.append(0, new byte[HALF], Encoding.RAW, true, null);
	}

	/**
	 * Flush as an event loop does.
	 */
	@Actor
	public void flush() {
		this.outbound.write(false);
		if (!this.outbound.settle()) {
			this.noticed = this.outbound.noticeCongestion();
		}
	}

	/**
	 * Look, and flush once more.
	 * @param result what was found, and what came of the flush
	 */
	@Arbiter
	public void look(LL_Result result) {
		boolean known = this.outbound.noticeCongestion() || this.noticed;
		result.r1 = !this.outbound.isCongested() ? "over" : known ? "noticed" : "stuck";
		this.outbound.write(false);
		result.r2 = this.outbound.settle() ? "relieved" : this.outbound.isCongested() ? "stuck" : "nothing";
		this.outbound.discard();
		this.channel.releaseOutbound();
	}

}

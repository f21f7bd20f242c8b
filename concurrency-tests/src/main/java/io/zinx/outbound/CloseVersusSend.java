package io.zinx.outbound;

import java.time.Duration;

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
import org.openjdk.jcstress.infra.results.LLI_Result;

/**
 * Two sends of one thread race a close, after which the event loop writes what was
 * accepted: as many frames are written as sends were accepted, not one more or less.
 */
@JCStressTest
@Outcome(id = "accepted, accepted, 2", expect = Expect.ACCEPTABLE, desc = "Both before the close")
@Outcome(id = "accepted, CLOSED, 1", expect = Expect.ACCEPTABLE, desc = "One before it")
@Outcome(id = "CLOSED, CLOSED, 0", expect = Expect.ACCEPTABLE, desc = "Both behind it")
@Outcome(expect = Expect.FORBIDDEN, desc = "A send was lost, came twice, or was accepted late")
@State
public class CloseVersusSend {

	private static final OutboundSettings SETTINGS = new OutboundSettings(1024, 1024, 0, 0, SlowConsumerPolicy.CLOSE,
			Duration.ofSeconds(1), Duration.ofSeconds(1));

	private static final int FRAME = 8 + 1;

	private final EmbeddedChannel channel = new EmbeddedChannel();

	private final Outbound outbound = new Outbound(this.channel, new OutboundContext(new TlvCodec(), SETTINGS),
			new ServerMetrics().newTrafficCounter());

	/**
	 * Send twice.
	 * @param result what becomes of each
	 */
	@Actor
	public void sender(LLI_Result result) {
		result.r1 = send();
		result.r2 = send();
	}

	private Object send() {
		Appended appended = this.outbound.append(1, new byte[1], Encoding.MESSAGE, true, null);
		return (appended == Appended.ACCEPTED || appended == Appended.ACCEPTED_AND_LISTED) ? "accepted" : appended;
	}

	/**
	 * Close.
	 */
	@Actor
	public void close() {
		this.outbound.close();
	}

	/**
	 * Write, and look what was written.
	 * @param result how many frames
	 */
	@Arbiter
	public void write(LLI_Result result) {
		this.outbound.write(true);
		int bytes = 0;
		ByteBuf written = this.channel.readOutbound();
		while (written != null) {
			bytes += written.readableBytes();
			written.release();
			written = this.channel.readOutbound();
		}
		result.r3 = (bytes % FRAME == 0) ? bytes / FRAME : -1;
		this.outbound.discard();
	}

}

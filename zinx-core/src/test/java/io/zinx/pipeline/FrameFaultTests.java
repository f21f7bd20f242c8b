package io.zinx.pipeline;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.zinx.codec.ChecksumException;
import io.zinx.codec.CorruptFrameException;
import io.zinx.codec.FrameException;
import io.zinx.codec.FrameTooLongException;
import io.zinx.codec.TlvCodec;
import io.zinx.connection.ChannelConnection;
import io.zinx.connection.CloseReason;
import io.zinx.connection.ConnManager;
import io.zinx.diagnostics.Clocks;
import io.zinx.testing.CapturedLog;
import io.zinx.testing.TestConnections;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FrameFaultTests {

	private static final ByteBuf GARBAGE = Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(new byte[8]));

	private final AtomicLong nanos = new AtomicLong();

	private final EmbeddedChannel channel = new EmbeddedChannel();

	private final ChannelConnection connection = TestConnections
		.accept(TestConnections.acceptor(new ConnManager(1), new TlvCodec(), Clocks.SYSTEM), this.channel);

	private final FrameFault faults = new FrameFault(new TlvCodec(), this.nanos::get);

	private final CapturedLog log = new CapturedLog(FrameFault.class);

	@AfterEach
	void release() {
		this.log.close();
		this.channel.finishAndReleaseAll();
	}

	private CloseReason report(FrameException ex) {
		return this.faults.report(this.connection, ex, GARBAGE, 0, false);
	}

	private String logged(FrameException ex, byte[] bytes, boolean first) {
		this.nanos.addAndGet(1_000_000_000);
		int before = this.log.lines().size();
		this.faults.report(this.connection, ex, Unpooled.wrappedBuffer(bytes), 0, first);
		assertThat(this.log.lines()).hasSize(before + 1);
		return this.log.lines().get(before);
	}

	@Test
	void theReasonOfTheEndIsThatOfTheFault() {
		assertThat(report(new FrameTooLongException(5000, 4096))).isEqualTo(CloseReason.FRAME_TOO_LONG);
		assertThat(report(new ChecksumException(1, 2))).isEqualTo(CloseReason.BAD_CHECKSUM);
		assertThat(report(new CorruptFrameException("bad"))).isEqualTo(CloseReason.CORRUPT_FRAME);
	}

	@Test
	void theLineNamesPeerFaultLimitAndProperty() {
		assertThat(logged(new FrameTooLongException(5000, 4096), new byte[8], false)).isEqualTo(this.connection
				+ " sent an invalid frame and is closed (frame-too-long): Frame declares a body of 5000 bytes "
				+ "(zinx.max-packet-size: 4096) (0 more since the last such line)");
		assertThat(logged(new ChecksumException(0x0b05, 0x87a6), new byte[8], true)).contains("(bad-checksum)", "0xb05",
				"0x87a6");
	}

	@Test
	void oneLineASecondIsLoggedAndSaysHowManyWereNot() {
		for (int i = 0; i < 10; i++) {
			report(new CorruptFrameException("bad"));
		}
		assertThat(this.log.lines()).hasSize(1);
		this.nanos.addAndGet(1_000_000_000);
		report(new CorruptFrameException("worse"));
		assertThat(this.log.lines().get(1)).contains("worse", "(9 more since the last such line)");
	}

	@Test
	void whatAPeerWroteIsEscaped() {
		assertThat(logged(new CorruptFrameException("no command x\nFAKE LINE\u001b[31m"), new byte[8], true))
			.contains("no command x\\nFAKE LINE\\u001b[31m");
	}

	@Test
	void onlyTheFirstFrameOfAConnectionHints() {
		byte[] ltv = HexFormat.of().parseHex("040000000100000070696e67");
		FrameException swapped = new FrameTooLongException(0x0100_0000L, 4096);
		assertThat(logged(swapped, ltv, true)).contains("It looks like LTV");
		assertThat(logged(swapped, ltv, false)).doesNotContain("It looks like");
		assertThat(logged(new CorruptFrameException("bad"), ltv, true)).doesNotContain("It looks like");
	}

	@Test
	void aTlsHandshakeIsNamedAndNotTakenForLtv() {
		byte[] hello = HexFormat.of().parseHex("16030100f9010000f50303");
		assertThat(logged(new FrameTooLongException(0xF901_0000L, 4096), hello, true))
			.contains("It looks like a TLS handshake", "zinx.ssl.bundle")
			.doesNotContain("LTV");
		assertThat(this.channel.outboundMessages()).isEmpty();
	}

	@Test
	void anHttpRequestIsNamedAndAnswered() {
		byte[] request = "GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
		assertThat(logged(new FrameTooLongException(0x2F20_4854L, 4096), request, true))
			.contains("It looks like an HTTP request", "It was answered with HTTP status 400");
		this.channel.runPendingTasks();
		ByteBuf answer = this.channel.readOutbound();
		assertThat(answer.toString(StandardCharsets.US_ASCII)).startsWith("HTTP/1.1 400 Bad Request\r\n")
			.contains("Content-Length: 42\r\n")
			.endsWith("\r\n\r\nThis port speaks frames of tlv, not HTTP.\n");
		answer.release();
	}

	@Test
	void whoHasBeenSentAMessageIsNotAnsweredInText() {
		this.connection.send(1, new byte[1]);
		byte[] request = "GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
		assertThat(logged(new FrameTooLongException(0x2F20_4854L, 4096), request, true))
			.contains("It looks like an HTTP request")
			.doesNotContain("answered");
	}

}

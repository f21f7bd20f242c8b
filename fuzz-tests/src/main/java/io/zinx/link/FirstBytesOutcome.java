package io.zinx.link;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLException;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.zinx.metrics.HandshakeResult;
import io.zinx.metrics.LinkMetrics;
import io.zinx.metrics.ProxyHeaderResult;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of a stream that a client sends: what the later stages have read, and what
 * was counted.
 */
final class FirstBytesOutcome extends ChannelInboundHandlerAdapter implements LinkListener {

	private final TurnChannel channel = new TurnChannel();

	private final LinkMetrics metrics = new LinkMetrics();

	private final ByteArrayOutputStream messages = new ByteArrayOutputStream();

	private boolean admitted;

	private @Nullable Throwable unexpected;

	private boolean encrypted;

	private @Nullable ProxyHeader header;

	private FirstBytesOutcome() {
	}

	/**
	 * Send a stream.
	 * @param settings the settings of the server
	 * @param stream the stream
	 * @param piece the most bytes that are read at a time
	 * @param late whether the client is admitted before its first bytes, if it may be
	 */
	static FirstBytesOutcome of(LinkSettings settings, byte[] stream, int piece, boolean late) {
		FirstBytesOutcome outcome = new FirstBytesOutcome();
		outcome.send(settings, stream, piece, late);
		return outcome;
	}

	private void send(LinkSettings settings, byte[] stream, int piece, boolean late) {
		this.channel.freezeTime();
		this.channel.config().setAutoRead(false);
		PendingHandshakes pending = new PendingHandshakes("fuzz", 10, () -> 0);
		LinkInitializer links = Objects
			.requireNonNull(Links.of("fuzz", settings, 4096, null, this.metrics, () -> 0).port());
		links.begin(this.channel, pending.begin(this.channel), this::admit);
		this.channel.pipeline().fireChannelActive();
		if (late && settings.mixesWithMessages()) {
			this.channel.advanceTimeBy(settings.sniffTimeout().toMillis() + 1, TimeUnit.MILLISECONDS);
			this.channel.runPendingTasks();
		}
		List<ByteBuf> sent = new ArrayList<>();
		for (int at = 0; at < stream.length && this.channel.isOpen(); at += piece) {
			ByteBuf next = this.channel.alloc().buffer().writeBytes(stream, at, Math.min(piece, stream.length - at));
			sent.add(next);
			this.channel.turn(() -> this.channel.pipeline().fireChannelRead(next).fireChannelReadComplete());
			this.encrypted |= this.channel.pipeline().get(TlsGate.class) != null || hasFailedHandshake();
		}
		this.header = Link.of(this.channel).proxyHeader();
		this.channel.finishAndReleaseAll();
		if (this.unexpected != null) {
			throw new AssertionError("An exception reached the later stages", this.unexpected);
		}
		if (pending.size() > 0) {
			throw new AssertionError("A handshake is still under way behind the end");
		}
		if (sent.stream().anyMatch((buffer) -> buffer.refCnt() > 0)) {
			throw new AssertionError("A buffer was not released");
		}
	}

	private boolean hasFailedHandshake() {
		for (HandshakeResult result : HandshakeResult.values()) {
			if (result != HandshakeResult.ABORTED && this.metrics.handshakes(result) > 0) {
				return true;
			}
		}
		return false;
	}

	private void admit(Channel admitted) {
		if (this.admitted) {
			throw new AssertionError("Admitted twice");
		}
		this.admitted = true;
		Link.of(admitted).connected(this);
		admitted.pipeline().addLast(this);
	}

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object message) {
		ByteBuf read = (ByteBuf) message;
		this.messages.writeBytes(ByteBufUtil.getBytes(read));
		read.release();
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
		if (!(cause instanceof SSLException)) {
			this.unexpected = cause;
		}
	}

	@Override
	public boolean isOpen() {
		return true;
	}

	@Override
	public void linkFailed() {
		this.channel.close();
	}

	void requireSame(FirstBytesOutcome other) {
		if (!Arrays.equals(this.messages.toByteArray(), other.messages.toByteArray())) {
			throw new AssertionError("Other messages are read if the stream is split");
		}
		if (this.admitted != other.admitted || this.encrypted != other.encrypted) {
			throw new AssertionError("Another link is found if the stream is split");
		}
		for (HandshakeResult result : HandshakeResult.values()) {
			boolean same = this.metrics.handshakes(result) == other.metrics.handshakes(result);
			if (!same && !this.encrypted) {
				throw new AssertionError("Another result is counted if the stream is split: " + result);
			}
		}
		for (ProxyHeaderResult result : ProxyHeaderResult.values()) {
			if (this.metrics.proxyHeaders(result) != other.metrics.proxyHeaders(result)) {
				throw new AssertionError("Another header is counted if the stream is split: " + result);
			}
		}
	}

	/**
	 * Require that messages in plain text are the stream, without a header at its begin.
	 */
	void requireStreamWithoutHeader(byte[] stream) {
		byte[] read = this.messages.toByteArray();
		if (!this.admitted || this.encrypted || read.length == 0) {
			return;
		}
		int skipped = stream.length - read.length;
		if (skipped != (this.header != null ? headerLength(stream) : 0)) {
			throw new AssertionError(skipped + " bytes were skipped");
		}
		if (!Arrays.equals(read, Arrays.copyOfRange(stream, skipped, stream.length))) {
			throw new AssertionError("The messages are not the stream");
		}
	}

	private static int headerLength(byte[] stream) {
		if (stream[0] == 'P') {
			int end = 1;
			while (stream[end - 1] != '\r' || stream[end] != '\n') {
				end++;
			}
			return end + 1;
		}
		return 16 + ((stream[14] & 0xFF) << Byte.SIZE | (stream[15] & 0xFF));
	}

	/**
	 * A channel that, like one of a socket, tells its handlers of a close behind the turn
	 * of the event loop in which it was closed.
	 */
	private static final class TurnChannel extends EmbeddedChannel {

		private boolean inTurn;

		void turn(Runnable reads) {
			this.inTurn = true;
			try {
				reads.run();
			}
			finally {
				this.inTurn = false;
			}
			runPendingTasks();
		}

		@Override
		public void runPendingTasks() {
			if (!this.inTurn) {
				super.runPendingTasks();
			}
		}

	}

}

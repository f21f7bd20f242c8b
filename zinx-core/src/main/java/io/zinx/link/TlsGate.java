package io.zinx.link;

import java.nio.channels.ClosedChannelException;

import javax.net.ssl.SSLException;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SniCompletionEvent;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.zinx.metrics.HandshakeResult;
import org.jspecify.annotations.Nullable;

/**
 * The handler that hides TLS from the later handlers. The channel becomes active for them
 * when the handshake has succeeded, and accepts no writes before; a close_notify of the
 * peer is the end of its input; a failure of TLS is a failed socket. Event loop only.
 * <p>
 * TLS reads once more when the handshake is complete. The messages of that read wait in
 * the lane until {@code onStart} has returned.
 */
final class TlsGate extends ChannelInboundHandlerAdapter {

	static final String NAME = "zinx-tls-gate";

	private final ClientLink link;

	private final Handshakes handshakes;

	/** {@code null} if the client has a connection already. */
	private final @Nullable Admission admission;

	/** {@code null} if messages follow. */
	private final @Nullable ChannelHandler next;

	private boolean failed;

	private boolean handshaken;

	/**
	 * Create a gate.
	 * @param link the link of the client
	 * @param handshakes counts the result
	 * @param admission the admission of the client when the handshake has succeeded;
	 * {@code null} if it has a connection already
	 * @param next the handler that decides after the handshake what the client begins
	 * with, and admits it then; {@code null} if that can only be messages
	 */
	TlsGate(ClientLink link, Handshakes handshakes, @Nullable Admission admission, @Nullable ChannelHandler next) {
		this.link = link;
		this.handshakes = handshakes;
		this.admission = admission;
		this.next = next;
	}

	@Override
	public boolean isSharable() {
		return false;
	}

	/**
	 * Read once, because reading is switched off until the connection begins. TLS
	 * continues by itself after the first read.
	 */
	@Override
	public void channelActive(ChannelHandlerContext ctx) {
		ctx.pipeline().context(TlsHandler.NAME).read();
	}

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object message) {
		tls(ctx).broughtSomething();
		ctx.fireChannelRead(message);
	}

	@Override
	public void channelReadComplete(ChannelHandlerContext ctx) {
		this.link.reportHeld();
		ctx.fireChannelReadComplete();
	}

	private static TlsHandler tls(ChannelHandlerContext ctx) {
		return (TlsHandler) ctx.pipeline().get(TlsHandler.NAME);
	}

	@Override
	public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
		if (event instanceof SslHandshakeCompletionEvent handshake) {
			handshaken(ctx, handshake);
		}
		else if (event instanceof SniCompletionEvent name) {
			failUnless(name);
		}
		else if (event instanceof TlsHandler.Refusal refusal) {
			refuse(refusal);
		}
		else if (!this.handshaken && event instanceof ChannelInputShutdownEvent) {
			ctx.close();
		}
		else if (!(event instanceof SslCloseCompletionEvent closed)) {
			ctx.fireUserEventTriggered(event);
		}
		else if (closed.isSuccess()) {
			ctx.fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
		}
	}

	/**
	 * Report that the first message of the client cannot be read, or is not there in
	 * time.
	 */
	private void failUnless(SniCompletionEvent name) {
		if (!name.isSuccess()) {
			fail(name.cause());
		}
	}

	private void handshaken(ChannelHandlerContext ctx, SslHandshakeCompletionEvent handshake) {
		if (!handshake.isSuccess()) {
			fail(handshake.cause());
			return;
		}
		TlsHandler tls = tls(ctx);
		this.handshaken = true;
		this.link.tls(tls);
		this.link.tlsSession(tls.engine().getSession());
		this.handshakes.succeeded(this.link.owner(), this.admission == null);
		if (this.next != null) {
			ctx.pipeline().addAfter(NAME, null, this.next);
		}
		if (this.admission != null && (this.next != null || this.admission.admit(ctx.channel()))) {
			ctx.fireChannelActive();
		}
	}

	/**
	 * Refuse a request of the client: accepted messages are written, then the connection
	 * is closed.
	 */
	private void refuse(TlsHandler.Refusal refusal) {
		if (this.link.owner().isOpen()) {
			this.handshakes.refused(this.link.owner(), refusal);
			this.link.owner().linkFailed();
		}
	}

	@Override
	public void channelInactive(ChannelHandlerContext ctx) {
		if (!this.handshaken) {
			fail(new ClosedChannelException());
		}
		ctx.fireChannelInactive();
	}

	/**
	 * Report a failure of TLS, which closes the channel itself.
	 */
	private void fail(Throwable cause) {
		if (this.failed) {
			return;
		}
		this.failed = true;
		HandshakeResult result = this.link.owner().isOpen() ? HandshakeFault.resultOf(cause)
				: this.link.owner().resultOfClose();
		this.handshakes.failed(this.link.owner(), result, cause);
		if (result != HandshakeResult.ABORTED) {
			this.link.owner().linkFailed();
		}
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
		boolean ofTls = cause instanceof DecoderException && cause.getCause() instanceof SSLException;
		if (!this.handshaken) {
			ctx.close();
		}
		else if (!ofTls) {
			ctx.fireExceptionCaught(cause);
		}
		else if (!this.failed) {
			ctx.fireExceptionCaught(cause.getCause());
		}
	}

}

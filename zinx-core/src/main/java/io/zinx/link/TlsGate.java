package io.zinx.link;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.zinx.eventloop.ChannelInternals;
import io.zinx.metrics.HandshakeResult;
import org.jspecify.annotations.Nullable;

/**
 * The handler that hides TLS from the later handlers. The channel becomes active for them
 * when the handshake has succeeded, and accepts no writes before; a close_notify of the
 * peer is the end of its input; a failure of TLS is a failed socket. Event loop only,
 * except for {@link #tlsSession()}.
 * <p>
 * TLS reads once more when the handshake is complete. The messages of that read wait in
 * the lane until {@code onStart} has returned.
 */
final class TlsGate extends ChannelInboundHandlerAdapter implements Link {

	static final String NAME = "zinx-tls-gate";

	private final TlsHandler tls;

	private final LinkListener connection;

	private final Handshakes handshakes;

	private boolean failed;

	private volatile @Nullable SSLSession session;

	TlsGate(TlsHandler tls, LinkListener connection, Handshakes handshakes) {
		this.tls = tls;
		this.connection = connection;
		this.handshakes = handshakes;
	}

	@Override
	public boolean isSharable() {
		return false;
	}

	@Override
	public @Nullable SSLSession tlsSession() {
		return this.session;
	}

	@Override
	public boolean isOpen() {
		return this.session != null;
	}

	@Override
	public boolean isMidRecord() {
		return this.tls.isMidRecord();
	}

	@Override
	public void closeOutput(Channel channel) {
		this.tls.closeOutbound().addListener((said) -> Link.super.closeOutput(channel));
	}

	/**
	 * Make the channel unwritable until the handshake has succeeded, so that messages
	 * wait in the outbound queue, where they are counted, and not inside TLS.
	 */
	@Override
	public void handlerAdded(ChannelHandlerContext ctx) {
		ChannelInternals.writable(ctx.channel(), false);
	}

	/**
	 * Read once, because reading is switched off until the connection begins. TLS
	 * continues by itself after the first read.
	 */
	@Override
	public void channelActive(ChannelHandlerContext ctx) {
		ctx.pipeline().context(this.tls).read();
	}

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object message) {
		this.tls.broughtSomething();
		ctx.fireChannelRead(message);
	}

	@Override
	public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
		if (event instanceof SslHandshakeCompletionEvent handshake) {
			handshaken(ctx, handshake);
		}
		else if (event instanceof TlsHandler.Refusal refusal) {
			refuse(refusal);
		}
		else if (!(event instanceof SslCloseCompletionEvent closed)) {
			ctx.fireUserEventTriggered(event);
		}
		else if (closed.isSuccess()) {
			ctx.fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
		}
	}

	private void handshaken(ChannelHandlerContext ctx, SslHandshakeCompletionEvent handshake) {
		if (!handshake.isSuccess()) {
			fail(handshake.cause());
			return;
		}
		this.session = this.tls.engine().getSession();
		this.handshakes.succeeded(this.connection);
		ChannelInternals.writable(ctx.channel(), true);
		if (this.connection.isOpen()) {
			ctx.fireChannelActive();
		}
	}

	/**
	 * Refuse a request of the client: accepted messages are written, then the connection
	 * is closed.
	 */
	private void refuse(TlsHandler.Refusal refusal) {
		if (this.connection.isOpen()) {
			this.handshakes.refused(this.connection, refusal);
			this.connection.linkFailed();
		}
	}

	/**
	 * Report a failure of TLS, which closes the channel itself.
	 */
	private void fail(Throwable cause) {
		this.failed = true;
		HandshakeResult result = this.connection.isOpen() ? HandshakeFault.resultOf(cause) : HandshakeResult.ABORTED;
		this.handshakes.failed(this.connection, result, cause);
		if (result != HandshakeResult.ABORTED) {
			this.connection.linkFailed();
		}
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
		boolean ofTls = cause instanceof DecoderException && cause.getCause() instanceof SSLException;
		if (!ofTls) {
			ctx.fireExceptionCaught(cause);
		}
		else if (!this.failed) {
			ctx.fireExceptionCaught(cause.getCause());
		}
	}

}

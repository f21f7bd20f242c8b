package io.zinx.link;

import java.util.function.Consumer;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.zinx.metrics.HandshakeResult;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

	private static final Logger logger = LoggerFactory.getLogger(TlsGate.class);

	static final String NAME = "zinx-tls-gate";

	private final TlsHandler tls;

	private final PendingHandshake handshake;

	private final Consumer<Channel> admission;

	/** The handshake, later the connection. */
	private LinkListener owner;

	private final Handshakes handshakes;

	private boolean failed;

	private volatile @Nullable SSLSession session;

	/**
	 * Create a gate.
	 * @param tls the handler of TLS, before this one
	 * @param handshake the handshake
	 * @param handshakes counts the result
	 * @param admission called when the handshake has succeeded; adds the later handlers,
	 * for a connection or for a client that gets none
	 */
	TlsGate(TlsHandler tls, PendingHandshake handshake, Handshakes handshakes, Consumer<Channel> admission) {
		this.tls = tls;
		this.handshake = handshake;
		this.owner = handshake;
		this.handshakes = handshakes;
		this.admission = admission;
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
	public boolean isMidRecord() {
		return this.tls.isMidRecord();
	}

	@Override
	public void closeOutput(Channel channel) {
		this.tls.closeOutbound().addListener((said) -> Link.super.closeOutput(channel));
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
		else if (this.session == null && event instanceof ChannelInputShutdownEvent) {
			ctx.close();
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
		this.handshakes.succeeded(this.handshake);
		this.handshake.succeeded();
		if (!this.handshake.isOpen()) {
			return;
		}
		try {
			this.admission.accept(ctx.channel());
		}
		catch (Throwable ex) {
			logger.error("{} could not be admitted and is closed", this.handshake, ex);
			ctx.close();
			return;
		}
		ctx.fireChannelActive();
	}

	@Override
	public void connected(LinkListener connection) {
		this.owner = connection;
	}

	/**
	 * Refuse a request of the client: accepted messages are written, then the connection
	 * is closed.
	 */
	private void refuse(TlsHandler.Refusal refusal) {
		if (this.owner.isOpen()) {
			this.handshakes.refused(this.owner, refusal);
			this.owner.linkFailed();
		}
	}

	/**
	 * Report a failure of TLS, which closes the channel itself.
	 */
	private void fail(Throwable cause) {
		this.failed = true;
		HandshakeResult result = this.owner.isOpen() ? HandshakeFault.resultOf(cause) : this.owner.resultOfClose();
		this.handshakes.failed(this.owner, result, cause);
		if (result != HandshakeResult.ABORTED) {
			this.owner.linkFailed();
		}
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
		boolean ofTls = cause instanceof DecoderException && cause.getCause() instanceof SSLException;
		if (this.session == null) {
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

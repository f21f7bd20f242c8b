package io.zinx.link;

import java.util.function.Supplier;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.SniHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.util.Mapping;
import io.netty.util.ReferenceCountUtil;

/**
 * Netty's handler that reads the server name of a client's first message (SNI), and
 * replaces itself by a {@link TlsHandler} with the context of that name. Event loop only.
 */
final class ServerNameHandler extends SniHandler {

	/** The longest first message, in bytes. */
	private static final int LONGEST_HELLO = 16 * 1024;

	/**
	 * Create a handler.
	 * @param contexts the contexts by name; that for {@code null} is the one of clients
	 * that name no server
	 * @param timeoutMillis the time limit of the handshake, 0 for none
	 */
	ServerNameHandler(Mapping<String, Supplier<SslContext>> contexts, long timeoutMillis) {
		super((String name) -> contexts.map(name).get(), LONGEST_HELLO, timeoutMillis);
	}

	@Override
	public boolean isSharable() {
		return false;
	}

	@Override
	protected void replaceHandler(ChannelHandlerContext ctx, String name, SslContext context) {
		TlsHandler tls = new TlsHandler(context.newEngine(ctx.alloc()));
		tls.setHandshakeTimeoutMillis(this.handshakeTimeoutMillis);
		try {
			ctx.pipeline().replace(this, TlsHandler.NAME, tls);
		}
		catch (Throwable ex) {
			ReferenceCountUtil.safeRelease(tls.engine());
			throw ex;
		}
	}

}

package io.zinx.link;

import java.util.List;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.SslHandler;

/**
 * Netty's TLS, which can also say where it stands, and does not calculate whatever a
 * client likes. Event loop only.
 * <p>
 * With TLS 1.2 and before, a client may ask for another handshake on the connection that
 * it has (renegotiation), as often as it likes, each of which costs the server more than
 * the client. The type of a record is not encrypted, so such a wish is known before
 * anything is calculated. With TLS 1.3 a client may ask for new keys, and gets an answer
 * that takes a whole buffer until the client reads it; such a record is known by bringing
 * nothing.
 */
final class TlsHandler extends SslHandler {

	static final String NAME = "zinx-tls";

	/** The first byte of a record that is part of a handshake. */
	private static final int HANDSHAKE_RECORD = 22;

	/** The records that may bring nothing, beside one a minute. */
	private static final int FRUITLESS_RECORDS = 8;

	private boolean refused;

	/** Whether the record that is being decoded has brought something. */
	private boolean fruitful;

	private int fruitless;

	private long firstFruitless;

	TlsHandler(SSLEngine engine) {
		super(engine);
	}

	@Override
	public boolean isSharable() {
		return false;
	}

	/**
	 * Whether part of a record was read, whose rest is on its way.
	 */
	boolean isMidRecord() {
		return actualReadableBytes() > 0;
	}

	/**
	 * The record that is being decoded has brought something to those behind.
	 */
	void broughtSomething() {
		this.fruitful = true;
	}

	/**
	 * Decode the next record, which begins where the buffer does.
	 */
	@Override
	protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws SSLException {
		if (this.refused) {
			in.skipBytes(in.readableBytes());
			return;
		}
		if (wantsHandshake(in)) {
			refuse(ctx, in, Refusal.HANDSHAKE);
			return;
		}
		int length = in.readableBytes();
		this.fruitful = false;
		super.decode(ctx, in, out);
		if (!this.fruitful && in.readableBytes() < length && isOneTooMany()) {
			refuse(ctx, in, Refusal.KEYS);
		}
	}

	private boolean wantsHandshake(ByteBuf in) {
		return in.isReadable() && in.getByte(in.readerIndex()) == HANDSHAKE_RECORD && handshakeFuture().isSuccess();
	}

	private boolean isOneTooMany() {
		if (!handshakeFuture().isSuccess() || !"TLSv1.3".equals(engine().getSession().getProtocol())) {
			return false;
		}
		long now = System.nanoTime();
		if (this.fruitless == 0) {
			this.firstFruitless = now;
		}
		this.fruitless++;
		return this.fruitless > FRUITLESS_RECORDS + TimeUnit.NANOSECONDS.toMinutes(now - this.firstFruitless);
	}

	private void refuse(ChannelHandlerContext ctx, ByteBuf in, Refusal refusal) {
		this.refused = true;
		in.skipBytes(in.readableBytes());
		ctx.fireUserEventTriggered(refusal);
	}

	/**
	 * Told to those behind, once, when the client wants too much. Nothing is decrypted
	 * any more then.
	 */
	enum Refusal {

		/** It wants another handshake. */
		HANDSHAKE("another TLS handshake (renegotiation), which is never allowed"),

		/** It wants new keys once too often. */
		KEYS("new TLS keys too often");

		private final String wish;

		Refusal(String wish) {
			this.wish = wish;
		}

		@Override
		public String toString() {
			return this.wish;
		}

	}

}

package io.zinx.link;

import java.util.List;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.SslHandler;

/**
 * Netty's TLS handler, which also reports incomplete records, and limits the requests of
 * clients that cost much computation. Event loop only.
 * <p>
 * With TLS 1.2 and before, a client may request another handshake on the open connection
 * (renegotiation), any number of times, each of which costs the server more than the
 * client. The type of a record is not encrypted, so such a request is detected before any
 * computation. With TLS 1.3 a client may request new keys, and gets an answer that takes
 * a whole buffer until the client reads it; such a record is detected because it contains
 * no data.
 */
final class TlsHandler extends SslHandler {

	static final String NAME = "zinx-tls";

	/** The first byte of a record that is part of a handshake. */
	private static final int HANDSHAKE_RECORD = 22;

	/** The number of records without data that are allowed, besides one in a minute. */
	private static final int FRUITLESS_RECORDS = 8;

	private boolean refused;

	/** True if the record that is being decoded contained data. */
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
	 * True if an incomplete record was read.
	 */
	boolean isMidRecord() {
		return held() > 0;
	}

	/**
	 * The number of bytes of an incomplete record.
	 */
	int held() {
		return actualReadableBytes();
	}

	/**
	 * The record that is being decoded contained data.
	 */
	void broughtSomething() {
		this.fruitful = true;
	}

	/**
	 * Decode the next record, at the reader index of the buffer.
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
	 * The event for later handlers, fired once, when a request of the client is refused.
	 * Nothing is decrypted after it.
	 */
	enum Refusal {

		/** The client requested another handshake. */
		HANDSHAKE("another TLS handshake (renegotiation), which is never allowed"),

		/** The client requested new keys too often. */
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

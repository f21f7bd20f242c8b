package io.zinx.link;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.ssl.SslHandler;
import io.zinx.metrics.HandshakeResult;
import io.zinx.metrics.ServerMetrics;

/**
 * The channel of a server that speaks TLS, and a client of it. Nothing gets from one to
 * the other, and no time passes, but when a test says so.
 */
final class TlsFixture implements AutoCloseable, LinkListener {

	final DuplexEmbeddedChannel server = new DuplexEmbeddedChannel();

	/** What the handler behind the gate has heard. */
	final List<String> heard = new ArrayList<>();

	final SslHandler clientTls;

	private final DuplexEmbeddedChannel client = new DuplexEmbeddedChannel();

	final PendingHandshakes pending = new PendingHandshakes("test", 10, System::nanoTime);

	private final PendingHandshake handshake;

	private final StringBuilder received = new StringBuilder();

	private int reads;

	private boolean open = true;

	private int failures;

	private boolean failing;

	TlsFixture(LinkInitializer links, SSLContext clientContext, String... protocols) {
		this.server.freezeTime();
		this.server.config().setAutoRead(false);
		this.server.pipeline().addLast(new ReadCounter());
		this.handshake = this.pending.begin(this.server);
		links.begin(this.server, this.handshake, (channel) -> {
			if (this.failing) {
				throw new IllegalStateException("on purpose");
			}
			channel.pipeline().addLast(new Behind());
			link().connected(this);
		});
		this.server.pipeline().fireChannelActive();
		SSLEngine engine = clientContext.createSSLEngine("localhost", 1);
		engine.setUseClientMode(true);
		if (protocols.length > 0) {
			engine.setEnabledProtocols(protocols);
		}
		this.clientTls = new SslHandler(engine);
		this.client.pipeline().addLast(this.clientTls, new Client());
	}

	/**
	 * The begin of links with TLS only.
	 */
	static LinkInitializer links(TlsSettings tls, ServerMetrics metrics, LongSupplier nanoTime) {
		LinkSettings settings = LinkSettings.DEFAULTS.withTls(tls);
		return Objects.requireNonNull(Links.of("test", settings, 4096, null, metrics.links(), nanoTime).port());
	}

	@Override
	public boolean isOpen() {
		return this.open;
	}

	@Override
	public void linkFailed() {
		this.failures++;
	}

	@Override
	public String toString() {
		return "Connection 7";
	}

	/**
	 * The end of the connection is decided.
	 */
	void decideEnd() {
		this.open = false;
	}

	void failAdmission() {
		this.failing = true;
	}

	int failures() {
		return this.failures;
	}

	/**
	 * How often the socket was asked to be read.
	 */
	int reads() {
		return this.reads;
	}

	Link link() {
		return Link.of(this.server);
	}

	/**
	 * Carry what the client has sent to the server.
	 * @return whether it was anything
	 */
	boolean toServer() {
		return carry(this.client, this.server);
	}

	/**
	 * Carry what the server has sent to the client.
	 * @return whether it was anything
	 */
	boolean toClient() {
		return carry(this.server, this.client);
	}

	/**
	 * Carry everything, until both wait for the other.
	 */
	TlsFixture carryAll() {
		boolean any = true;
		while (any) {
			any = toServer();
			any |= toClient();
		}
		return this;
	}

	private static boolean carry(DuplexEmbeddedChannel from, DuplexEmbeddedChannel to) {
		byte[] bytes = take(from);
		if (bytes.length > 0 && to.isOpen()) {
			read(to, bytes);
		}
		return bytes.length > 0;
	}

	private static byte[] take(DuplexEmbeddedChannel from) {
		from.runPendingTasks();
		ByteBuf all = Unpooled.buffer();
		for (ByteBuf buffer = from.readOutbound(); buffer != null; buffer = from.readOutbound()) {
			all.writeBytes(buffer);
			buffer.release();
		}
		return ByteBufUtil.getBytes(all);
	}

	private static void read(DuplexEmbeddedChannel channel, byte[] bytes) {
		channel.turn(() -> {
			channel.pipeline().fireChannelRead(channel.alloc().buffer().writeBytes(bytes));
			channel.pipeline().fireChannelReadComplete();
		});
	}

	/**
	 * Take what the client has sent, instead of carrying it.
	 */
	byte[] intercept() {
		return take(this.client);
	}

	/**
	 * The server's socket gives these bytes.
	 */
	void serverReads(byte[] bytes) {
		read(this.server, bytes);
	}

	TlsFixture clientSends(String text) {
		this.client.writeAndFlush(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
		return this;
	}

	void serverSends(String text) {
		this.server.writeAndFlush(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
	}

	/**
	 * What the client was sent, decrypted.
	 */
	String received() {
		return this.received.toString();
	}

	/**
	 * Close the server's side while its handshake is under way.
	 */
	void closePending(HandshakeResult result) {
		this.handshake.close(result);
		this.server.runPendingTasks();
	}

	void pass(long millis) {
		this.server.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
		this.server.runPendingTasks();
	}

	@Override
	public void close() {
		this.client.finishAndReleaseAll();
		this.server.finishAndReleaseAll();
	}

	private static String text(Object message) {
		ByteBuf buffer = (ByteBuf) message;
		try {
			return buffer.toString(StandardCharsets.US_ASCII);
		}
		finally {
			buffer.release();
		}
	}

	private final class ReadCounter extends ChannelOutboundHandlerAdapter {

		@Override
		public void read(ChannelHandlerContext ctx) {
			TlsFixture.this.reads++;
			ctx.read();
		}

	}

	private final class Behind extends ChannelInboundHandlerAdapter {

		@Override
		public void channelActive(ChannelHandlerContext ctx) {
			TlsFixture.this.heard.add(ctx.channel().isWritable() ? "active" : "active, not writable");
		}

		@Override
		public void channelInactive(ChannelHandlerContext ctx) {
			TlsFixture.this.heard.add("inactive");
		}

		@Override
		public void channelRead(ChannelHandlerContext ctx, Object message) {
			TlsFixture.this.heard.add("read " + text(message));
		}

		@Override
		public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
			TlsFixture.this.heard.add((event == ChannelInputShutdownEvent.INSTANCE) ? "input ended" : "event " + event);
		}

		@Override
		public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
			TlsFixture.this.heard.add("exception " + cause.getClass().getSimpleName());
		}

	}

	/**
	 * A client says by its alert what it thinks of the server.
	 */
	private final class Client extends ChannelInboundHandlerAdapter {

		@Override
		public void channelRead(ChannelHandlerContext ctx, Object message) {
			TlsFixture.this.received.append(text(message));
		}

		@Override
		public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
			ctx.close();
		}

	}

}

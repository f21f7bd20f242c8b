package io.zinx.boot.test.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Objects;
import java.util.function.Consumer;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.local.LocalAddress;
import io.netty.channel.local.LocalChannel;
import io.netty.channel.local.LocalIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.DefaultThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a client: on a socket, or within this JVM. Any thread.
 */
final class ClientChannel {

	private static final int CONNECT_TIMEOUT_MILLIS = 10_000;

	private final Channel channel;

	private final Inbound inbound;

	private ClientChannel(Channel channel, Inbound inbound) {
		this.channel = channel;
		this.inbound = inbound;
	}

	/**
	 * Create the event loop of clients.
	 * @param server the address of the server they will connect to
	 * @return one daemon thread
	 */
	static EventLoopGroup newLoop(SocketAddress server) {
		return new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("zinx-test-client", true),
				(server instanceof LocalAddress) ? LocalIoHandler.newFactory() : NioIoHandler.newFactory());
	}

	/**
	 * Connect.
	 * @param loop does the I/O
	 * @param server where the server listens
	 * @param inbound collects the received data
	 * @param tls the TLS context, {@code null} for plain text
	 * @param bound is told the client's own address, before the server can know it
	 * @return the channel
	 * @throws AssertionError if nobody listens there
	 */
	static ClientChannel connect(EventLoopGroup loop, SocketAddress server, Inbound inbound, @Nullable SslContext tls,
			Consumer<SocketAddress> bound) {
		boolean inMemory = server instanceof LocalAddress;
		Bootstrap bootstrap = new Bootstrap().group(loop)
			.channel(inMemory ? LocalChannel.class : NioSocketChannel.class)
			.handler(new Receiver(inbound, tls));
		if (!inMemory) {
			bootstrap.option(ChannelOption.TCP_NODELAY, true)
				.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MILLIS);
		}
		Channel channel = connected(bootstrap.register(), server).channel();
		connected(channel.bind(inMemory ? LocalAddress.ANY : new InetSocketAddress(0)), server);
		bound.accept(Objects.requireNonNull(channel.localAddress()));
		connected(channel.connect(reachable(server)), server);
		return new ClientChannel(channel, inbound);
	}

	private static ChannelFuture connected(ChannelFuture step, SocketAddress server) {
		Throwable cause = step.awaitUninterruptibly().cause();
		if (cause != null) {
			step.channel().close();
			throw new AssertionError("Cannot connect to the server at " + server + ": " + cause.getMessage(), cause);
		}
		return step;
	}

	private static SocketAddress reachable(SocketAddress server) {
		if (server instanceof InetSocketAddress inet && inet.getAddress().isAnyLocalAddress()) {
			return new InetSocketAddress(InetAddress.getLoopbackAddress(), inet.getPort());
		}
		return server;
	}

	SocketAddress localAddress() {
		return this.channel.localAddress();
	}

	void send(byte[] bytes, int from, int to) {
		ByteBuf buffer = this.channel.alloc().buffer(to - from).writeBytes(bytes, from, to - from);
		this.channel.writeAndFlush(buffer);
	}

	void shutdownOutput() {
		socket("half-closed").shutdownOutput().syncUninterruptibly();
	}

	void reset() {
		socket("reset").config().setSoLinger(0);
		close();
	}

	private SocketChannel socket(String what) {
		if (this.channel instanceof SocketChannel socket) {
			return socket;
		}
		throw new UnsupportedOperationException("A connection in memory cannot be " + what
				+ ": test this with a server on a port, with @SpringBootTest and without @AutoConfigureInMemoryZinx");
	}

	void close() {
		this.inbound.end(ConnectionEnd.BY_CLIENT);
		this.channel.close().awaitUninterruptibly();
	}

	/**
	 * Copies received data, so that no buffer is left to be released.
	 */
	private static final class Receiver extends ChannelInboundHandlerAdapter {

		private final Inbound inbound;

		private final @Nullable SslContext tls;

		Receiver(Inbound inbound, @Nullable SslContext tls) {
			this.inbound = inbound;
			this.tls = tls;
		}

		@Override
		public void handlerAdded(ChannelHandlerContext ctx) {
			if (this.tls != null) {
				ctx.pipeline().addFirst(this.tls.newHandler(ctx.alloc()));
			}
		}

		@Override
		public boolean isSharable() {
			return false;
		}

		@Override
		public void channelRead(ChannelHandlerContext ctx, Object msg) {
			ByteBuf received = (ByteBuf) msg;
			try {
				this.inbound.add(received);
			}
			finally {
				received.release();
			}
		}

		@Override
		public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
			if (cause instanceof IOException) {
				this.inbound.end(ConnectionEnd.RESET);
			}
			ctx.close();
		}

		@Override
		public void channelInactive(ChannelHandlerContext ctx) {
			this.inbound.end(ConnectionEnd.CLOSED);
		}

	}

}

package io.zinx.bench;

import java.util.function.Function;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.handler.ssl.SslContext;
import org.jspecify.annotations.Nullable;

/**
 * The common part of the hand-written servers: a port, event loops, TLS if they were
 * given a {@link TlsKeyStore}, WebSocket if {@link WebSockets} says so, frames.
 */
final class NettyServer {

	private static final int BACKLOG = 4096;

	private static final int LENGTH_OFFSET = 4;

	private static final int LENGTH_BYTES = 4;

	private static final int HEAD = LENGTH_OFFSET + LENGTH_BYTES;

	private static final int LONGEST_REQUEST = 8192;

	private static final int LONGEST_MESSAGE = 64 * 1024;

	/**
	 * The limits are those of the project's server. Text is not checked, and there are no
	 * extensions, there as here.
	 */
	private static final WebSocketServerProtocolConfig webSocket = WebSocketServerProtocolConfig.newBuilder()
		.websocketPath("/")
		.maxFramePayloadLength(LONGEST_MESSAGE)
		.allowExtensions(false)
		.withUTF8Validator(false)
		.build();

	private NettyServer() {
	}

	/**
	 * Start a server, whose threads keep the process alive.
	 * @param port where to listen
	 * @param handler makes the handler of a channel, which reads whole frames, or binary
	 * WebSocket messages
	 */
	static void start(int port, Function<Channel, ChannelHandler> handler) throws InterruptedException {
		IoHandlerFactory io = Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
		Class<? extends ServerChannel> type = Epoll.isAvailable() ? EpollServerSocketChannel.class
				: NioServerSocketChannel.class;
		TlsKeyStore keys = TlsKeyStore.given();
		SslContext tls = (keys != null) ? keys.serverContext() : null;
		EventLoopGroup loops = new MultiThreadIoEventLoopGroup(Integer.getInteger("zinx.bench.loops", 1), io);
		new ServerBootstrap().group(loops)
			.channel(type)
			.option(ChannelOption.SO_BACKLOG, BACKLOG)
			.childOption(ChannelOption.TCP_NODELAY, true)
			.childHandler(initializer(tls, handler))
			.bind("127.0.0.1", port)
			.sync();
	}

	private static ChannelHandler initializer(@Nullable SslContext tls, Function<Channel, ChannelHandler> handler) {
		return new ChannelInitializer<>() {
			@Override
			protected void initChannel(Channel channel) {
				if (tls != null) {
					channel.pipeline().addLast(tls.newHandler(channel.alloc()));
				}
				if (WebSockets.given()) {
					addWebSocket(channel.pipeline());
				}
				else {
					channel.pipeline()
						.addLast(new LengthFieldBasedFrameDecoder(HEAD + EchoServer.MAX_PACKET_SIZE, LENGTH_OFFSET,
								LENGTH_BYTES));
				}
				channel.pipeline().addLast(handler.apply(channel));
			}
		};
	}

	/**
	 * The first two are gone when the connection has begun.
	 */
	private static void addWebSocket(ChannelPipeline pipeline) {
		pipeline.addLast(new HttpServerCodec())
			.addLast(new HttpObjectAggregator(LONGEST_REQUEST))
			.addLast(new WebSocketServerProtocolHandler(webSocket));
	}

	/**
	 * Check the length in the head of a frame that was not cut out by it.
	 */
	static boolean isFrame(ByteBuf message) {
		return message.readableBytes() >= HEAD
				&& message.getInt(message.readerIndex() + LENGTH_OFFSET) == message.readableBytes() - HEAD;
	}

}

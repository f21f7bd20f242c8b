package io.zinx.bench;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.zinx.bench.load.LoadClient;

/**
 * A broadcast written by hand on Netty: {@code PORT}. Message 1 is echoed; message 2 is
 * sent as message 3 to all channels of a {@link ChannelGroup}, in one shared buffer. Runs
 * until it is killed.
 */
public final class NettyBroadcastServer {

	private NettyBroadcastServer() {
	}

	/**
	 * Start the server.
	 * @param args the port
	 * @throws InterruptedException if the thread is interrupted while it starts
	 */
	public static void main(String[] args) throws InterruptedException {
		ChannelGroup everybody = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
		NettyServer.start(Integer.parseInt(args[0]), (channel) -> new BroadcastHandler(everybody));
		ServerControl.listen();
	}

	private static final class BroadcastHandler extends ChannelInboundHandlerAdapter {

		private final ChannelGroup everybody;

		BroadcastHandler(ChannelGroup everybody) {
			this.everybody = everybody;
		}

		@Override
		public boolean isSharable() {
			return false;
		}

		@Override
		public void channelActive(ChannelHandlerContext ctx) {
			if (!WebSockets.given()) {
				this.everybody.add(ctx.channel());
			}
		}

		@Override
		public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
			if (event instanceof WebSocketServerProtocolHandler.HandshakeComplete) {
				this.everybody.add(ctx.channel());
			}
		}

		@Override
		public void channelRead(ChannelHandlerContext ctx, Object msg) {
			boolean webSocket = msg instanceof BinaryWebSocketFrame;
			ByteBuf frame = webSocket ? ((BinaryWebSocketFrame) msg).content() : (ByteBuf) msg;
			if (frame.getInt(frame.readerIndex()) == LoadClient.ECHO) {
				ctx.writeAndFlush(msg);
				return;
			}
			ByteBuf pushed = pushed(ctx, frame);
			this.everybody.writeAndFlush(webSocket ? new BinaryWebSocketFrame(pushed) : pushed);
			frame.release();
		}

		private static ByteBuf pushed(ChannelHandlerContext ctx, ByteBuf frame) {
			ByteBuf pushed = ctx.alloc().ioBuffer(frame.readableBytes());
			pushed.writeBytes(frame);
			return pushed.setInt(0, LoadClient.PUSHED);
		}

		@Override
		public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
			ctx.close();
		}

	}

}

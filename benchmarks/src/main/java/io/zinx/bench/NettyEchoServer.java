package io.zinx.bench;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import io.zinx.bench.load.LoadClient;

/**
 * An echo server written by hand on Netty, as somebody would write it who knows Netty
 * well and needs nothing more: {@code PORT}. Echoes message 1 where it is read, without a
 * copy, one flush a read; no limits, no counters, no heartbeat. Runs until it is killed.
 * The system property {@code zinx.bench.loops} sets the number of event loops, 1 by
 * default; {@code zinx.bench.tls} names a {@link TlsKeyStore} to encrypt with; with
 * {@code zinx.bench.ws=true}, each frame is a WebSocket message.
 */
public final class NettyEchoServer {

	private NettyEchoServer() {
	}

	/**
	 * Start the server.
	 * @param args the port
	 * @throws InterruptedException if the thread is interrupted while it starts
	 */
	public static void main(String[] args) throws InterruptedException {
		NettyServer.start(Integer.parseInt(args[0]),
				(channel) -> WebSockets.given() ? new WebSocketEchoHandler() : new EchoHandler());
		ServerControl.listen();
	}

	private static class EchoHandler extends ChannelInboundHandlerAdapter {

		@Override
		public boolean isSharable() {
			return false;
		}

		@Override
		public void channelRead(ChannelHandlerContext ctx, Object msg) {
			ByteBuf frame = (ByteBuf) msg;
			if (frame.getInt(frame.readerIndex()) == LoadClient.ECHO) {
				ctx.write(frame, ctx.voidPromise());
				return;
			}
			frame.release();
		}

		@Override
		public void channelReadComplete(ChannelHandlerContext ctx) {
			ctx.flush();
		}

		@Override
		public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
			ctx.close();
		}

	}

	/**
	 * The message goes back as it was read: a buffer of its own, which Netty's decoder
	 * has made and unmasked.
	 */
	private static final class WebSocketEchoHandler extends EchoHandler {

		@Override
		public void channelRead(ChannelHandlerContext ctx, Object msg) {
			if (msg instanceof BinaryWebSocketFrame message && isEcho(message.content())) {
				ctx.write(message, ctx.voidPromise());
				return;
			}
			ReferenceCountUtil.release(msg);
		}

		private static boolean isEcho(ByteBuf frame) {
			return NettyServer.isFrame(frame) && frame.getInt(frame.readerIndex()) == LoadClient.ECHO;
		}

	}

}

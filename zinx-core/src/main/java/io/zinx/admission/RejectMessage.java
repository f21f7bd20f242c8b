package io.zinx.admission;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.ReferenceCountUtil;
import io.zinx.codec.FrameCodec;
import io.zinx.connection.ChannelConnection;
import io.zinx.connection.Closing;
import io.zinx.connection.ReadSide;
import io.zinx.link.Link;
import io.zinx.link.WebSocketHandshake;
import io.zinx.message.Message;
import io.zinx.outbound.Encoding;
import io.zinx.outbound.Envelope;

/**
 * Policy {@code reject-message}: each client gets the message and time to read it. The
 * number of these clients is limited: others are closed at once, so that a flood of
 * clients costs no more sockets than that.
 */
final class RejectMessage extends FullServerPolicy {

	/** The most clients that may be reading the message at one time. */
	static final int MOST = 256;

	private static final long WRITE_MILLIS = Duration.ofSeconds(1).toMillis();

	private final byte[] frame;

	private final AtomicInteger open = new AtomicInteger();

	RejectMessage(FrameCodec codec, Message message) {
		ByteBuf out = Unpooled.buffer();
		int length = (int) Encoding.MESSAGE.encodedLength(codec, message.msgId(), message.body());
		Encoding.MESSAGE.write(codec, message.msgId(), message.body(), length, out);
		this.frame = new byte[out.readableBytes()];
		out.readBytes(this.frame);
	}

	@Override
	void turnAway(Channel channel, Consumer<ChannelConnection> assembly) {
		if (this.open.incrementAndGet() > MOST) {
			this.open.decrementAndGet();
			channel.close();
			return;
		}
		channel.closeFuture().addListener((closed) -> this.open.decrementAndGet());
		channel.pipeline().addLast(new RejectHandler(channel));
	}

	/**
	 * The handler of one client that gets the message. Event loop only.
	 */
	private final class RejectHandler extends ChannelInboundHandlerAdapter implements ReadSide {

		private final Channel channel;

		RejectHandler(Channel channel) {
			this.channel = channel;
		}

		@Override
		public boolean isSharable() {
			return false;
		}

		@Override
		public void channelActive(ChannelHandlerContext ctx) {
			new Closing(this.channel, this).begin(this::write, WRITE_MILLIS);
		}

		private void write() {
			WebSocketHandshake webSocket = Link.of(this.channel).webSocket();
			if (webSocket != null) {
				ByteBuf head = Unpooled.buffer();
				Envelope.webSocket(webSocket.text()).writeHead(RejectMessage.this.frame.length, head);
				this.channel.write(head, this.channel.voidPromise());
			}
			this.channel.write(Unpooled.wrappedBuffer(RejectMessage.this.frame), this.channel.voidPromise());
		}

		@Override
		public void channelRead(ChannelHandlerContext ctx, Object msg) {
			ReferenceCountUtil.release(msg);
		}

		@Override
		public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
			if (event instanceof ChannelInputShutdownEvent) {
				this.channel.close();
			}
		}

		@Override
		public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
			this.channel.close();
		}

		@Override
		public void linger() {
			this.channel.config().setAutoRead(true);
		}

		@Override
		public void congested() {
		}

		@Override
		public void relieved() {
		}

		@Override
		public void stopReading() {
		}

		@Override
		public void discard() {
		}

	}

}

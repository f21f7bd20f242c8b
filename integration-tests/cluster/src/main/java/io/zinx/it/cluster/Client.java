package io.zinx.it.cluster;

import java.nio.ByteBuffer;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioSocketChannel;

/**
 * A connection of the driver to a node, which speaks TLV by hand. On the driver's event
 * loop.
 */
final class Client extends ChannelInboundHandlerAdapter {

	private static final int HEAD = 8;

	private final Events events;

	private final Channel channel;

	private byte[] begun = new byte[0];

	/** True if the end of the connection was decided here. */
	private boolean closed;

	private boolean flushing;

	private Client(EventLoop loop, int port, Events events) {
		this.events = events;
		this.channel = new Bootstrap().group(loop)
			.channel(NioSocketChannel.class)
			.handler(this)
			.connect("127.0.0.1", port)
			.channel();
	}

	/**
	 * Connect.
	 * @param loop the event loop
	 * @param port the port
	 * @param events is told what happens
	 * @return the connection, which may still fail
	 */
	static Client connect(EventLoop loop, int port, Events events) {
		return new Client(loop, port, events);
	}

	@Override
	public boolean isSharable() {
		return false;
	}

	@Override
	public void channelActive(ChannelHandlerContext ctx) {
		this.events.opened(this);
	}

	@Override
	public void channelUnregistered(ChannelHandlerContext ctx) {
		this.events.closed(this, this.closed);
	}

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object msg) {
		ByteBuf read = (ByteBuf) msg;
		byte[] bytes = new byte[this.begun.length + read.readableBytes()];
		System.arraycopy(this.begun, 0, bytes, 0, this.begun.length);
		read.readBytes(bytes, this.begun.length, read.readableBytes());
		read.release();
		ByteBuffer in = ByteBuffer.wrap(bytes);
		while (in.remaining() >= HEAD && in.remaining() - HEAD >= in.getInt(in.position() + Integer.BYTES)) {
			int msgId = in.getInt();
			int length = in.getInt();
			ByteBuffer body = in.slice(in.position(), length);
			in.position(in.position() + length);
			if (!this.closed) {
				this.events.received(this, msgId, body);
			}
		}
		this.begun = new byte[in.remaining()];
		in.get(this.begun);
	}

	void send(int msgId, byte[] body) {
		ByteBuf out = this.channel.alloc().buffer(HEAD + body.length);
		this.channel.write(out.writeInt(msgId).writeInt(body.length).writeBytes(body));
		if (!this.flushing) {
			this.flushing = true;
			this.channel.eventLoop().execute(() -> {
				this.flushing = false;
				this.channel.flush();
			});
		}
	}

	void close() {
		this.closed = true;
		this.channel.close();
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
		ctx.close();
	}

	/**
	 * Is told of a connection.
	 */
	interface Events {

		/**
		 * It is open.
		 * @param client the connection
		 */
		void opened(Client client);

		/**
		 * A message has come.
		 * @param client the connection
		 * @param msgId its number
		 * @param body its body
		 */
		void received(Client client, int msgId, ByteBuffer body);

		/**
		 * It has ended, or could not be opened.
		 * @param client the connection
		 * @param wanted whether it was closed here
		 */
		void closed(Client client, boolean wanted);

	}

}

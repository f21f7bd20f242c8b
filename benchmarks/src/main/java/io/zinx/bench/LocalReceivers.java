package io.zinx.bench;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.local.LocalChannel;
import io.netty.channel.local.LocalIoHandler;
import io.zinx.bench.load.Latencies;
import io.zinx.server.ZinxServer;

/**
 * Clients on channels within this JVM, which count what they receive and how long it has
 * taken. All of them are on one event loop.
 */
final class LocalReceivers {

	private static final int HEAD = 8;

	private static final double MEDIAN = 0.5;

	private static final double RARE = 0.99;

	private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, LocalIoHandler.newFactory());

	private final ZinxServer server;

	private final Latencies latencies = new Latencies();

	private long count;

	private long last;

	LocalReceivers(ZinxServer server) {
		this.server = server;
	}

	void connect(int count) throws InterruptedException {
		for (int i = 0; i < count; i++) {
			new Bootstrap().group(this.loop)
				.channel(LocalChannel.class)
				.handler(new Receiver())
				.connect(this.server.localAddress())
				.sync();
		}
	}

	/**
	 * The answer to {@link ClusterNode#RECEIVED}.
	 */
	synchronized String received() {
		return this.count + " " + this.last + " " + Math.round(this.latencies.micros(MEDIAN)) + " "
				+ Math.round(this.latencies.micros(RARE));
	}

	/**
	 * Begin to count anew.
	 */
	synchronized void forget() {
		this.count = 0;
		this.latencies.clear();
	}

	private synchronized void received(ByteBuf in) {
		long now = System.nanoTime();
		int end = in.writerIndex();
		int index = in.readerIndex();
		while (index < end) {
			this.latencies.record(now - in.getLong(index + HEAD), 1);
			this.count++;
			index += HEAD + in.getInt(index + Integer.BYTES);
		}
		this.last = now;
	}

	private final class Receiver extends ChannelInboundHandlerAdapter {

		@Override
		public boolean isSharable() {
			return false;
		}

		@Override
		public void channelRead(ChannelHandlerContext ctx, Object msg) {
			ByteBuf in = (ByteBuf) msg;
			received(in);
			in.release();
		}

	}

}

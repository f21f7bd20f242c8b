package io.zinx.outbound;

import java.io.IOException;
import java.nio.ByteBuffer;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandler;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.unix.Socket;
import io.netty.channel.unix.UnixChannel;
import io.zinx.eventloop.ChannelInternals;

/**
 * The way to a socket past Netty's pipeline and queue, which takes most of what a short
 * write costs outside the kernel. It is free while neither would have anything to do.
 * Only native transports have it; of ours, that is epoll. Event loop only.
 */
final class DirectSocket {

	private DirectSocket() {
	}

	/**
	 * Whether a buffer may go straight to the socket: nothing waits before it, and the
	 * only handler is one that reads. Another one, as TLS or a trace, wants to see it.
	 */
	static boolean isFree(Channel channel) {
		if (!(channel instanceof UnixChannel)) {
			return false;
		}
		// Once the socket is closed, its number may be another's.
		if (!ChannelInternals.isOpenAndIdle(channel)) {
			return false;
		}
		ChannelPipeline pipeline = channel.pipeline();
		ChannelHandlerContext only = pipeline.firstContext();
		return only != null && only == pipeline.lastContext() && !(only.handler() instanceof ChannelOutboundHandler);
	}

	/**
	 * Look at what {@link #isFree} and {@link #write} are about to read.
	 * @return of no meaning, but made of all that was looked at
	 */
	static int look(Channel channel) {
		return isFree(channel) ? ((UnixChannel) channel).fd().intValue() : 0;
	}

	/**
	 * Write to the socket of a channel for which {@link #isFree} holds.
	 * @param buffer what to write; neither its indexes nor its count of references change
	 * @return how many bytes the socket has taken: 0 also if it is broken or cannot be
	 * given this buffer, which Netty sees to when it is given the rest
	 */
	static int write(Channel channel, ByteBuf buffer) {
		Socket socket = (Socket) ((UnixChannel) channel).fd();
		try {
			if (buffer.hasMemoryAddress()) {
				return socket.sendAddress(buffer.memoryAddress(), buffer.readerIndex(), buffer.writerIndex());
			}
			if (!buffer.isDirect()) {
				return 0;
			}
			ByteBuffer bytes = buffer.nioBuffer();
			return socket.send(bytes, bytes.position(), bytes.limit());
		}
		catch (IOException | RuntimeException ex) {
			return 0;
		}
	}

}

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
 * Direct writes to a socket without Netty's pipeline and queue, which cause most of the
 * cost of a short write outside of the kernel. Possible while neither has anything to do,
 * with the epoll transport only. Event loop only.
 */
final class DirectSocket {

	private DirectSocket() {
	}

	/**
	 * True if a buffer may be written directly: nothing waits before it, and there is no
	 * handler besides the one that reads, or the others need not see it. TLS or a trace
	 * must see it.
	 */
	static boolean isFree(Channel channel) {
		if (!(channel instanceof UnixChannel)) {
			return false;
		}
		// The file descriptor of a closed socket may belong to another one.
		if (!ChannelInternals.isOpenAndIdle(channel)) {
			return false;
		}
		ChannelPipeline pipeline = channel.pipeline();
		ChannelHandlerContext first = pipeline.firstContext();
		ChannelHandlerContext last = pipeline.lastContext();
		if (first == null || last == null || last.handler() instanceof ChannelOutboundHandler) {
			return false;
		}
		return first == last || (first.handler() instanceof UnchangedWrites writes && writes.areUnchanged());
	}

	/**
	 * Write to the socket of a channel for which {@link #isFree} holds.
	 * @param buffer the bytes; neither its indexes nor its reference count change
	 * @return the number of bytes that the socket has accepted; 0 also if it has failed
	 * or cannot take this buffer, which Netty handles with the rest
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

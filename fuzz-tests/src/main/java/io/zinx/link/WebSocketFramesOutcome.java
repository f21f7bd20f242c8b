package io.zinx.link;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;

/**
 * The outcome of WebSocket frames that a client sends. Bytes are written as text in ISO
 * 8859-1.
 *
 * @param passed the bytes that are passed on
 * @param pongs the payloads of the answers to pings
 * @param signsOfLife the number of pings and pongs that were read
 * @param end how the input ends
 * @param midFrame whether the rest of a frame is awaited
 */
record WebSocketFramesOutcome(String passed, List<String> pongs, int signsOfLife, End end, boolean midFrame) {

	/** The longest payload of a frame. */
	static final int LONGEST_FRAME = 200;

	/**
	 * Let the server read a stream.
	 * @param stream the stream
	 * @param piece the most bytes that are read at a time
	 */
	static WebSocketFramesOutcome of(byte[] stream, int piece) {
		UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);
		Client client = new Client();
		WebSocketDecoder decoder = new WebSocketDecoder(LONGEST_FRAME, null);
		WebSocketHandler handler = new WebSocketHandler(() -> client, () -> WebSocketClose.NORMAL, () -> {
		}, decoder, 0);
		EmbeddedChannel channel = new EmbeddedChannel();
		channel.config().setAllocator(allocator);
		channel.pipeline().addLast(decoder, handler, client);
		for (int at = 0; at < stream.length; at += piece) {
			int length = Math.min(piece, stream.length - at);
			channel.writeInbound(allocator.heapBuffer(length).writeBytes(stream, at, length));
		}
		boolean midFrame = handler.isMidFrame();
		List<String> pongs = new ArrayList<>();
		for (Object out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
			PongWebSocketFrame pong = (PongWebSocketFrame) out;
			pongs.add(pong.content().toString(StandardCharsets.ISO_8859_1));
			pong.release();
		}
		channel.finishAndReleaseAll();
		if (allocator.metric().usedHeapMemory() != 0) {
			throw new AssertionError("A buffer was not released");
		}
		return new WebSocketFramesOutcome(client.passed.toString(), pongs, client.signsOfLife, client.end, midFrame);
	}

	/** The ways in which the input of a client ends. */
	enum End {

		/** It has not ended. */
		OPEN,

		/** By a close frame. */
		CLOSED,

		/** By a frame that breaks a rule. */
		CORRUPT,

		/** By a frame that is too long. */
		TOO_LONG

	}

	/**
	 * The later stages, which record. Exceptions that reach them are thrown by the
	 * channel.
	 */
	private static final class Client extends ChannelInboundHandlerAdapter implements LinkListener {

		private final StringBuilder passed = new StringBuilder();

		private int signsOfLife;

		private End end = End.OPEN;

		private void require(boolean condition, String problem) {
			if (!condition) {
				throw new AssertionError("The later stages " + problem);
			}
		}

		@Override
		public void channelRead(ChannelHandlerContext ctx, Object message) {
			ByteBuf bytes = (ByteBuf) message;
			require(this.end == End.OPEN, "get bytes behind the end");
			require(bytes.isReadable(), "get no bytes");
			this.passed.append(bytes.toString(StandardCharsets.ISO_8859_1));
			bytes.release();
		}

		@Override
		public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
			require(this.end == End.OPEN, "are told of two ends");
			if (event instanceof WebSocketViolation violation) {
				this.end = violation.tooLong() ? End.TOO_LONG : End.CORRUPT;
			}
			else {
				require(event instanceof ChannelInputShutdownEvent, "are told of " + event);
				this.end = End.CLOSED;
			}
		}

		@Override
		public void signOfLife() {
			this.signsOfLife++;
		}

		@Override
		public boolean isOpen() {
			return true;
		}

		@Override
		public void linkFailed() {
			throw new AssertionError("The link failed");
		}

	}

}

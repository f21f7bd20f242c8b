package io.zinx.link;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.MessageToMessageDecoder;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import org.jspecify.annotations.Nullable;

/**
 * The handler that decompresses the messages of a client, frame by frame (RFC 7692,
 * section 7.2.2). A frame may become no longer than a message may be. Event loop only.
 * <p>
 * Netty's own handler refuses a message of exactly that length, and hides the end of a
 * channel whose last message could not be decompressed ({@code docs/decisions/0029}).
 */
final class WebSocketInflater extends MessageToMessageDecoder<WebSocketFrame> {

	/** The bytes that a sender leaves out at the end of a message. */
	private static final byte[] TAIL = { 0, 0, (byte) 0xFF, (byte) 0xFF };

	/**
	 * The memory of an inflater in bytes: a window of 32 KB and its tables, as zlib's
	 * documentation says.
	 */
	private static final int INFLATER_MEMORY = 40 * 1024;

	private static final int SHORTEST_BUFFER = 64;

	private final int maxInflated;

	/** {@code null} between compressed messages. */
	private @Nullable Inflater inflater;

	/**
	 * Create a handler.
	 * @param maxInflated the most bytes that a frame may become, more than zero
	 */
	WebSocketInflater(int maxInflated) {
		super(WebSocketFrame.class);
		this.maxInflated = maxInflated;
	}

	@Override
	public boolean isSharable() {
		return false;
	}

	@Override
	protected void decode(ChannelHandlerContext ctx, WebSocketFrame frame, List<Object> out) {
		boolean begins = frame.rsv() != 0
				&& (frame instanceof BinaryWebSocketFrame || frame instanceof TextWebSocketFrame);
		boolean continues = this.inflater != null && frame instanceof ContinuationWebSocketFrame;
		if (begins || continues) {
			out.add(new BinaryWebSocketFrame(frame.isFinalFragment(), 0, inflate(ctx, frame)));
		}
		else {
			out.add(frame.retain());
		}
	}

	private ByteBuf inflate(ChannelHandlerContext ctx, WebSocketFrame frame) {
		if (this.inflater == null) {
			this.inflater = new Inflater(true);
		}
		int likely = Math.max(SHORTEST_BUFFER, 2 * frame.content().readableBytes());
		ByteBuf out = ctx.alloc().buffer(Math.min(likely, this.maxInflated));
		boolean more = false;
		try {
			inflate(this.inflater, frame.content().nioBuffer(), out);
			if (frame.isFinalFragment()) {
				inflate(this.inflater, ByteBuffer.wrap(TAIL), out);
			}
			more = !frame.isFinalFragment();
			return out.retain();
		}
		catch (DataFormatException ex) {
			throw new CorruptedWebSocketFrameException(WebSocketCloseStatus.PROTOCOL_ERROR,
					"Received a message that cannot be decompressed: " + ex.getMessage(), ex);
		}
		finally {
			out.release();
			if (!more) {
				end();
			}
		}
	}

	private void inflate(Inflater inflater, ByteBuffer in, ByteBuf out) throws DataFormatException {
		inflater.setInput(in);
		while (true) {
			out.ensureWritable(1);
			int before = in.remaining();
			ByteBuffer room = out.nioBuffer(out.writerIndex(), out.writableBytes());
			out.writerIndex(out.writerIndex() + inflater.inflate(room));
			if (out.readableBytes() > this.maxInflated) {
				throw new CorruptedWebSocketFrameException(WebSocketCloseStatus.MESSAGE_TOO_BIG,
						"Received a frame that becomes longer than " + this.maxInflated
								+ " bytes when decompressed (zinx.max-packet-size)");
			}
			if (inflater.finished()) {
				// A block was marked as the last one, but others may follow it.
				inflater.reset();
				inflater.setInput(in);
			}
			if (room.hasRemaining() && (!in.hasRemaining() || in.remaining() == before)) {
				return;
			}
		}
	}

	/**
	 * The memory that is held for a message whose rest is awaited, in bytes.
	 */
	int held() {
		return (this.inflater != null) ? INFLATER_MEMORY : 0;
	}

	private void end() {
		if (this.inflater != null) {
			this.inflater.end();
			this.inflater = null;
		}
	}

	@Override
	public void handlerRemoved(ChannelHandlerContext ctx) {
		end();
	}

}

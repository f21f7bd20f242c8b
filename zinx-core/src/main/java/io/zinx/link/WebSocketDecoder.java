package io.zinx.link;

import java.nio.charset.StandardCharsets;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker13;
import io.zinx.outbound.UnchangedWrites;
import org.jspecify.annotations.Nullable;

/**
 * Netty's decoder of WebSocket frames, which tells whether it waits for the rest of one,
 * and checks close frames completely. Event loop only.
 */
final class WebSocketDecoder extends WebSocket13FrameDecoder implements UnchangedWrites {

	/** The longest request line in bytes. */
	private static final int LONGEST_LINE = 4096;

	/** The longest header fields of a request together, in bytes. */
	private static final int LONGEST_HEADERS = 8192;

	/** The highest status code that an application can use (RFC 6455, 7.4.2). */
	private static final int HIGHEST_CODE = 4999;

	private final @Nullable WebSocketCompression compression;

	private final WebSocketDecoderConfig config;

	/** True if a part of a frame was taken out of the buffer. */
	private boolean begun;

	private boolean seen = true;

	/**
	 * Create a decoder.
	 * @param maxFrameSize the longest payload of a frame, in bytes
	 * @param compression the compression of its messages; {@code null} for none
	 */
	WebSocketDecoder(int maxFrameSize, @Nullable WebSocketCompression compression) {
		this(compression,
				WebSocketDecoderConfig.newBuilder()
					.maxFramePayloadLength(maxFrameSize)
					.expectMaskedFrames(true)
					.allowMaskMismatch(false)
					.allowExtensions(compression != null)
					.closeOnProtocolViolation(false)
					.withUTF8Validator(false)
					.build());
	}

	private WebSocketDecoder(@Nullable WebSocketCompression compression, WebSocketDecoderConfig config) {
		super(config);
		this.compression = compression;
		this.config = config;
	}

	@Override
	public boolean isSharable() {
		return false;
	}

	/**
	 * Record whether a handler must see what is written, which is in its envelope
	 * already.
	 */
	void writesAreSeen(boolean seen) {
		this.seen = seen;
	}

	@Override
	public boolean areUnchanged() {
		return !this.seen && this.compression == null;
	}

	@Override
	protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
		int before = in.readableBytes();
		int frames = out.size();
		try {
			super.decode(ctx, in, out);
		}
		catch (CorruptedWebSocketFrameException ex) {
			throw named(ex);
		}
		if (out.size() > frames) {
			this.begun = false;
			checkReservedBits((WebSocketFrame) out.get(frames), out);
		}
		else if (in.readableBytes() < before) {
			this.begun = true;
		}
	}

	/**
	 * Name the setting that a frame has exceeded, if it has.
	 */
	private static CorruptedWebSocketFrameException named(CorruptedWebSocketFrameException ex) {
		if (ex.closeStatus().code() != WebSocketCloseStatus.MESSAGE_TOO_BIG.code()) {
			return ex;
		}
		return new CorruptedWebSocketFrameException(ex.closeStatus(),
				ex.getMessage() + " (zinx.websocket.max-frame-size)", ex);
	}

	/**
	 * Check what Netty does not check if there is compression.
	 */
	private void checkReservedBits(WebSocketFrame frame, List<Object> out) {
		if (this.compression == null || WebSocketCompression.allows(frame)) {
			return;
		}
		int bits = frame.rsv();
		out.remove(frame);
		frame.release();
		throw violation("Received a frame with reserved bits that compression does not use: " + bits);
	}

	/**
	 * The number of bytes of an incomplete frame, and of what decompresses a message
	 * whose rest is awaited.
	 */
	int held() {
		return actualReadableBytes() + ((this.compression != null) ? this.compression.held() : 0);
	}

	/**
	 * True if a part of a frame was read, and its rest is awaited.
	 */
	boolean isMidFrame() {
		return this.begun || actualReadableBytes() > 0;
	}

	/**
	 * Check what Netty does not: codes over 4999, and a text that ends within a
	 * character.
	 */
	@Override
	protected void checkCloseFrameBody(ChannelHandlerContext ctx, ByteBuf body) {
		super.checkCloseFrameBody(ctx, body);
		int length = body.readableBytes();
		if (length == 0) {
			return;
		}
		int code = body.getUnsignedShort(body.readerIndex());
		if (code > HIGHEST_CODE) {
			throw violation("Invalid close frame status code: " + code);
		}
		int text = body.readerIndex() + Short.BYTES;
		if (!ByteBufUtil.isText(body, text, length - Short.BYTES, StandardCharsets.UTF_8)) {
			throw violation("The text of a close frame is not UTF-8");
		}
	}

	private static CorruptedWebSocketFrameException violation(String rule) {
		return new CorruptedWebSocketFrameException(WebSocketCloseStatus.PROTOCOL_ERROR, rule);
	}

	/**
	 * Answer a request, and put this decoder and Netty's encoder into the pipeline
	 * instead of those of HTTP.
	 * @param ctx the context of the handler of the request
	 * @param request the request, which fulfils the rules
	 * @param subprotocol the subprotocol to confirm; {@code null} for none
	 * @return completes when the answer is written
	 */
	ChannelFuture handshake(ChannelHandlerContext ctx, HttpRequest request, @Nullable String subprotocol) {
		// Netty does not read lists of protocols.
		HttpHeaders headers = request.headers().copy().set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET);
		FullHttpRequest whole = new DefaultFullHttpRequest(request.protocolVersion(), request.method(), request.uri(),
				Unpooled.EMPTY_BUFFER, headers, EmptyHttpHeaders.INSTANCE);
		HttpHeaders more = new DefaultHttpHeaders();
		if (subprotocol != null) {
			more.set(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL, subprotocol);
		}
		if (this.compression != null) {
			more.set(HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS, this.compression.header());
		}
		ChannelFuture written = new WebSocketServerHandshaker13(request.uri(), null, this.config) {
			@Override
			protected WebSocketFrameDecoder newWebsocketDecoder() {
				return WebSocketDecoder.this;
			}
		}.handshake(ctx.channel(), whole, more, ctx.newPromise());
		if (this.compression != null && !ctx.isRemoved()) {
			this.compression.addBefore(ctx);
		}
		return written;
	}

	/**
	 * Create the decoder of the request before.
	 */
	static HttpRequestDecoder newRequestDecoder() {
		return new HttpRequestDecoder(
				new HttpDecoderConfig().setMaxInitialLineLength(LONGEST_LINE).setMaxHeaderSize(LONGEST_HEADERS));
	}

}

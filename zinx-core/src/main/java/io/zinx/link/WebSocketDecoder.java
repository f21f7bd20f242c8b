package io.zinx.link;

import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
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
import org.jspecify.annotations.Nullable;

/**
 * Netty's decoder of WebSocket frames, which tells how much it holds. Event loop only.
 */
final class WebSocketDecoder extends WebSocket13FrameDecoder {

	/** The longest request line in bytes. */
	private static final int LONGEST_LINE = 4096;

	/** The longest header fields of a request together, in bytes. */
	private static final int LONGEST_HEADERS = 8192;

	private final @Nullable WebSocketCompression compression;

	private final WebSocketDecoderConfig config;

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

	@Override
	protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
		int before = out.size();
		try {
			super.decode(ctx, in, out);
		}
		catch (CorruptedWebSocketFrameException ex) {
			throw named(ex);
		}
		if (this.compression != null && out.size() > before) {
			checkReservedBits((WebSocketFrame) out.get(before), out);
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

	private static void checkReservedBits(WebSocketFrame frame, List<Object> out) {
		if (WebSocketCompression.allows(frame)) {
			return;
		}
		int bits = frame.rsv();
		out.remove(frame);
		frame.release();
		throw new CorruptedWebSocketFrameException(WebSocketCloseStatus.PROTOCOL_ERROR,
				"Received a frame with reserved bits that compression does not use: " + bits);
	}

	/**
	 * The number of bytes of an incomplete frame.
	 */
	int held() {
		return actualReadableBytes();
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
		FullHttpRequest whole = new DefaultFullHttpRequest(request.protocolVersion(), request.method(), request.uri(),
				Unpooled.EMPTY_BUFFER, request.headers(), EmptyHttpHeaders.INSTANCE);
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

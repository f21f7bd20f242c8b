package io.zinx.link;

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
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
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

	private final WebSocketDecoderConfig config;

	/**
	 * Create a decoder.
	 * @param maxFrameSize the longest payload of a frame, in bytes
	 */
	WebSocketDecoder(int maxFrameSize) {
		this(WebSocketDecoderConfig.newBuilder()
			.maxFramePayloadLength(maxFrameSize)
			.expectMaskedFrames(true)
			.allowMaskMismatch(false)
			.allowExtensions(false)
			.closeOnProtocolViolation(false)
			.withUTF8Validator(false)
			.build());
	}

	private WebSocketDecoder(WebSocketDecoderConfig config) {
		super(config);
		this.config = config;
	}

	@Override
	public boolean isSharable() {
		return false;
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
		return new WebSocketServerHandshaker13(request.uri(), null, this.config) {
			@Override
			protected WebSocketFrameDecoder newWebsocketDecoder() {
				return WebSocketDecoder.this;
			}
		}.handshake(ctx.channel(), whole, more, ctx.newPromise());
	}

	/**
	 * Create the decoder of the request before.
	 */
	static HttpRequestDecoder newRequestDecoder() {
		return new HttpRequestDecoder(
				new HttpDecoderConfig().setMaxInitialLineLength(LONGEST_LINE).setMaxHeaderSize(LONGEST_HEADERS));
	}

}

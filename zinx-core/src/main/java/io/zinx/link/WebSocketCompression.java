package io.zinx.link;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtension;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionData;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionFilter;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionFilterProvider;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionUtil;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketServerExtension;
import io.netty.handler.codec.http.websocketx.extensions.compression.PerMessageDeflateServerExtensionHandshaker;
import org.jspecify.annotations.Nullable;

/**
 * The compression of WebSocket messages (permessage-deflate, RFC 7692), as agreed on with
 * one client. Neither side remembers earlier messages, so that a connection on which
 * nothing is sent takes no memory for it.
 */
final class WebSocketCompression {

	/** The shortest message that is compressed, in bytes. */
	static final int SHORTEST = 512;

	private static final int LEVEL = 6;

	/** The window of clients that let the server choose it, as a power of two. */
	private static final int CLIENT_WINDOW = 12;

	/** The only window of the JDK's compression, as a power of two. */
	private static final int SERVER_WINDOW = PerMessageDeflateServerExtensionHandshaker.MAX_WINDOW_SIZE;

	/**
	 * The parameters that a server may add to what a client has asked for (sections
	 * 7.1.1.1 and 7.1.1.2).
	 */
	private static final Map<String, @Nullable String> WITHOUT_MEMORY = parametersWithoutMemory();

	private static final WebSocketExtensionFilterProvider FILTERS = new WebSocketExtensionFilterProvider() {

		@Override
		public WebSocketExtensionFilter encoderFilter() {
			return (frame) -> frame.content().readableBytes() < SHORTEST;
		}

		@Override
		public WebSocketExtensionFilter decoderFilter() {
			return WebSocketExtensionFilter.NEVER_SKIP;
		}

	};

	private final WebSocketServerExtension extension;

	private final WebSocketInflater inflater;

	private WebSocketCompression(WebSocketServerExtension extension, int maxInflated) {
		this.extension = extension;
		this.inflater = new WebSocketInflater(maxInflated);
	}

	private static Map<String, @Nullable String> parametersWithoutMemory() {
		Map<String, @Nullable String> parameters = new LinkedHashMap<>();
		parameters.put("server_no_context_takeover", null);
		parameters.put("client_no_context_takeover", null);
		return parameters;
	}

	/**
	 * Agree on compression with a client.
	 * @param headers the headers of its request
	 * @param maxInflated the most bytes that one frame of the client may be decompressed
	 * to, more than zero
	 * @return the compression; {@code null} if the client does not ask for it, or in no
	 * way that is possible
	 */
	static @Nullable WebSocketCompression agree(HttpHeaders headers, int maxInflated) {
		PerMessageDeflateServerExtensionHandshaker handshaker = new PerMessageDeflateServerExtensionHandshaker(LEVEL,
				false, CLIENT_WINDOW, true, true, SERVER_WINDOW,
				PerMessageDeflateServerExtensionHandshaker.DEFAULT_MEM_LEVEL, FILTERS, maxInflated);
		for (String line : headers.getAll(HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS)) {
			for (WebSocketExtensionData offer : offers(line)) {
				WebSocketServerExtension extension = accept(handshaker, offer);
				if (extension != null) {
					return new WebSocketCompression(extension, maxInflated);
				}
			}
		}
		return null;
	}

	private static List<WebSocketExtensionData> offers(String line) {
		try {
			return WebSocketExtensionUtil.extractExtensions(line);
		}
		catch (ArrayIndexOutOfBoundsException ex) {
			// Thrown for a semicolon without a name before it.
			return List.of();
		}
	}

	private static @Nullable WebSocketServerExtension accept(PerMessageDeflateServerExtensionHandshaker handshaker,
			WebSocketExtensionData offer) {
		Map<String, @Nullable String> parameters = new LinkedHashMap<>(offer.parameters());
		parameters.putAll(WITHOUT_MEMORY);
		try {
			return handshaker.handshakeExtension(new WebSocketExtensionData(offer.name(), parameters));
		}
		catch (NumberFormatException ex) {
			return null;
		}
	}

	/**
	 * True if no reserved bit of a frame is set, but for that of compressed messages,
	 * which their first frame has (section 6).
	 */
	static boolean allows(WebSocketFrame frame) {
		boolean first = frame instanceof BinaryWebSocketFrame || frame instanceof TextWebSocketFrame;
		return frame.rsv() == 0 || (first && frame.rsv() == WebSocketExtension.RSV1);
	}

	/**
	 * The value of the header with which the server agrees.
	 */
	String header() {
		WebSocketExtensionData answer = this.extension.newReponseData();
		StringBuilder header = new StringBuilder(answer.name());
		answer.parameters()
			.forEach((name, value) -> header.append("; ").append(name).append((value != null) ? "=" + value : ""));
		return header.toString();
	}

	/**
	 * The memory that decompresses a message whose rest is awaited, in bytes.
	 */
	int held() {
		return this.inflater.held();
	}

	/**
	 * Add the handlers to a pipeline. Event loop only.
	 * @param next the handler of the frames' contents
	 */
	void addBefore(ChannelHandlerContext next) {
		ChannelPipeline pipeline = next.pipeline();
		pipeline.addBefore(next.name(), "zinx-inflate", this.inflater);
		pipeline.addBefore(next.name(), "zinx-deflate", this.extension.newExtensionEncoder());
		pipeline.addBefore(next.name(), "zinx-messages", new WebSocketMessages());
	}

}

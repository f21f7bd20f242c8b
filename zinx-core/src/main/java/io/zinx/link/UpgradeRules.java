package io.zinx.link;

import java.net.URI;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.zinx.metrics.UpgradeResult;
import org.jspecify.annotations.Nullable;

/**
 * The rules that a request must fulfil to begin a WebSocket connection: those of RFC
 * 6455, section 4.2.1, and those of the settings. Without a state.
 */
final class UpgradeRules {

	/** The one version that is not a draft. */
	static final String VERSION = "13";

	/** The length of 16 bytes in Base64. */
	private static final int KEY_LENGTH = 24;

	/** The part in front of the path if the request names its whole address. */
	private static final Pattern AUTHORITY = Pattern.compile("^https?://[^/?#]+", Pattern.CASE_INSENSITIVE);

	private final WebSocketSettings settings;

	UpgradeRules(WebSocketSettings settings) {
		this.settings = settings;
	}

	/**
	 * Check the head of a request.
	 * @return the answer if it cannot begin a connection; {@code null} if it can
	 */
	@Nullable UpgradeRefusal refusal(HttpRequest request) {
		DecoderResult decoded = request.decoderResult();
		if (!decoded.isSuccess()) {
			return undecodable(decoded.cause());
		}
		String path = path(request);
		HttpHeaders headers = request.headers();
		boolean read = request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
		boolean upgrade = headers.containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true);
		if (read && !upgrade && path.equals(this.settings.healthPath())) {
			return new UpgradeRefusal(UpgradeResult.HEALTH, HttpResponseStatus.OK, "up");
		}
		if (!request.method().equals(HttpMethod.GET) || !upgrade) {
			return new UpgradeRefusal(UpgradeResult.NOT_UPGRADE, HttpResponseStatus.UPGRADE_REQUIRED,
					"This is a WebSocket endpoint: connect to it with a WebSocket client");
		}
		UpgradeRefusal refusal = malformed(request);
		if (refusal == null) {
			refusal = forbidden(path, headers);
		}
		return refusal;
	}

	private static UpgradeRefusal undecodable(Throwable cause) {
		if (cause instanceof TooLongFrameException) {
			return new UpgradeRefusal(UpgradeResult.TOO_LONG, HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
					"The head of the request is too long");
		}
		return malformed("The request is not well-formed HTTP");
	}

	private static UpgradeRefusal malformed(String text) {
		return new UpgradeRefusal(UpgradeResult.MALFORMED, HttpResponseStatus.BAD_REQUEST, text);
	}

	private static @Nullable UpgradeRefusal malformed(HttpRequest request) {
		HttpHeaders headers = request.headers();
		if (!request.protocolVersion().equals(HttpVersion.HTTP_1_1)) {
			return malformed("WebSocket needs HTTP/1.1");
		}
		if (!headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true)) {
			return malformed("The header Connection does not say Upgrade: a proxy in between may have removed it");
		}
		if (headers.getAll(HttpHeaderNames.HOST).size() != 1) {
			return malformed("The request does not have one header Host");
		}
		if (!headers.getAll(HttpHeaderNames.SEC_WEBSOCKET_VERSION).equals(List.of(VERSION))) {
			return new UpgradeRefusal(UpgradeResult.MALFORMED, HttpResponseStatus.UPGRADE_REQUIRED,
					"Only version 13 of WebSocket is supported (header Sec-WebSocket-Version)");
		}
		List<String> keys = headers.getAll(HttpHeaderNames.SEC_WEBSOCKET_KEY);
		if (keys.size() != 1 || keys.get(0).strip().length() != KEY_LENGTH) {
			return malformed("The header Sec-WebSocket-Key is not 16 bytes in Base64");
		}
		return null;
	}

	private @Nullable UpgradeRefusal forbidden(String path, HttpHeaders headers) {
		if (!path.equals(this.settings.path())) {
			return new UpgradeRefusal(UpgradeResult.PATH, HttpResponseStatus.NOT_FOUND,
					"There is no WebSocket endpoint at this path");
		}
		if (!allowsOrigin(headers)) {
			return new UpgradeRefusal(UpgradeResult.ORIGIN, HttpResponseStatus.FORBIDDEN,
					"Pages of this origin may not connect");
		}
		if (!requested(headers).isEmpty() && subprotocol(headers) == null) {
			return new UpgradeRefusal(UpgradeResult.SUBPROTOCOL, HttpResponseStatus.BAD_REQUEST,
					"None of the requested subprotocols is supported (header Sec-WebSocket-Protocol)");
		}
		return null;
	}

	private boolean allowsOrigin(HttpHeaders headers) {
		String origin = headers.get(HttpHeaderNames.ORIGIN);
		List<String> allowed = this.settings.allowedOrigins();
		return origin == null || allowed.contains("*") || allowed.stream().anyMatch(origin::equalsIgnoreCase)
				|| isOfSameHost(origin, headers.get(HttpHeaderNames.HOST));
	}

	/**
	 * True for a page of the host that is connected to, on any port.
	 */
	private static boolean isOfSameHost(String origin, @Nullable String host) {
		if (host == null) {
			return false;
		}
		try {
			String ofPage = URI.create(origin).getHost();
			return ofPage != null && ofPage.equalsIgnoreCase(URI.create("ws://" + host).getHost());
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

	/**
	 * The subprotocol to agree on.
	 * @param headers the headers of a request
	 * @return the first one of the client that the server has; {@code null} if there is
	 * none, or the client asks for none
	 */
	@Nullable String subprotocol(HttpHeaders headers) {
		List<String> known = this.settings.subprotocols();
		return requested(headers).stream()
			.filter((each) -> known.isEmpty() || known.contains(each))
			.findFirst()
			.orElse(null);
	}

	private static List<String> requested(HttpHeaders headers) {
		return headers.getAll(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL)
			.stream()
			.flatMap((line) -> Stream.of(line.split(",")))
			.map(String::strip)
			.filter((each) -> !each.isEmpty())
			.toList();
	}

	/**
	 * The parts that are remembered of a request that fulfils the rules.
	 * @param request the request
	 * @param compressed whether compression is agreed on
	 */
	WebSocketHandshake handshake(HttpRequest request, boolean compressed) {
		QueryStringDecoder uri = uri(request);
		String query = uri.rawQuery();
		return new WebSocketHandshake(uri.path(), query.isEmpty() ? null : query,
				request.headers().get(HttpHeaderNames.ORIGIN), subprotocol(request.headers()), this.settings.text(),
				compressed);
	}

	private static String path(HttpRequest request) {
		try {
			return uri(request).path();
		}
		catch (IllegalArgumentException ex) {
			return request.uri();
		}
	}

	/**
	 * The path and query of a request, which may name its whole address (RFC 6455,
	 * 4.2.1).
	 */
	private static QueryStringDecoder uri(HttpRequest request) {
		String uri = request.uri();
		Matcher authority = AUTHORITY.matcher(uri);
		if (!authority.find()) {
			return new QueryStringDecoder(uri);
		}
		String rest = uri.substring(authority.end());
		return new QueryStringDecoder(rest.startsWith("/") ? rest : "/" + rest);
	}

}

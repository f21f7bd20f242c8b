package io.zinx.link;

import java.nio.charset.StandardCharsets;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.zinx.authentication.AuthenticationResult;
import io.zinx.metrics.UpgradeResult;

/**
 * The answer to a request that does not begin a WebSocket connection.
 *
 * @param result the result, as it is counted
 * @param status the status of the response
 * @param text the text of the response, a sentence for who reads it
 */
record UpgradeRefusal(UpgradeResult result, HttpResponseStatus status, String text) {

	/**
	 * The scheme that a response with 401 must name (RFC 9110, section 15.5.2); for this
	 * one a browser asks its user nothing.
	 */
	private static final String CHALLENGE = "Bearer";

	/**
	 * The answer to a client that the application has refused.
	 */
	static UpgradeRefusal of(AuthenticationResult.Refused refused) {
		return new UpgradeRefusal(UpgradeResult.REFUSED, HttpResponseStatus.valueOf(refused.status()), refused.text());
	}

	/**
	 * Make the response, after which the server closes the connection.
	 * @param head whether the request was for the head of the response only
	 */
	FullHttpResponse response(boolean head) {
		byte[] body = (this.text + "\n").getBytes(StandardCharsets.UTF_8);
		FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, this.status,
				head ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(body));
		response.headers()
			.set(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8")
			.set(HttpHeaderNames.CONTENT_LENGTH, body.length)
			.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
		if (this.status.equals(HttpResponseStatus.UPGRADE_REQUIRED)) {
			response.headers()
				.set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET)
				.set(HttpHeaderNames.SEC_WEBSOCKET_VERSION, UpgradeRules.VERSION);
		}
		if (this.status.equals(HttpResponseStatus.UNAUTHORIZED)) {
			response.headers().set(HttpHeaderNames.WWW_AUTHENTICATE, CHALLENGE);
		}
		return response;
	}

}

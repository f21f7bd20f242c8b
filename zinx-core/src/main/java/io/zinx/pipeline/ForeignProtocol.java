package io.zinx.pipeline;

import java.nio.charset.StandardCharsets;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * The other protocols of clients that connect to the wrong port, recognized by their
 * first bytes.
 */
enum ForeignProtocol {

	/** A TLS handshake. */
	TLS("a TLS handshake, but this server uses no TLS: give it a certificate (zinx.ssl.bundle), or "
			+ "switch TLS off in the client"),

	/** An HTTP request, of any version. */
	HTTP("an HTTP request, but this port accepts frames only");

	private static final byte[][] REQUESTS = requests("GET /", "HEAD /", "POST /", "PUT /", "DELETE /", "PATCH /",
			"TRACE /", "OPTIONS /", "OPTIONS *", "CONNECT ", "PRI * HTTP/2");

	/** The least number of characters to recognize a request. */
	private static final int LEAST = 4;

	private static final int HANDSHAKE = 0x16;

	private static final int CLIENT_HELLO = 1;

	private final String hint;

	ForeignProtocol(String hint) {
		this.hint = hint;
	}

	/**
	 * The description of the protocol, with advice.
	 * @return a text that completes the sentence "It looks like …"
	 */
	String hint() {
		return this.hint;
	}

	/**
	 * Recognize a protocol.
	 * @param in the bytes of the client, up to the writer index
	 * @param start the absolute index of its first byte
	 * @return the protocol, or {@code null} if it is none of these
	 */
	static @Nullable ForeignProtocol of(ByteBuf in, int start) {
		if (isClientHello(in, start)) {
			return TLS;
		}
		for (byte[] request : REQUESTS) {
			if (begins(in, start, request)) {
				return HTTP;
			}
		}
		return null;
	}

	/**
	 * True for a record of type 22, version 3.x, with two bytes of length and a message
	 * of type 1.
	 */
	private static boolean isClientHello(ByteBuf in, int start) {
		return in.writerIndex() - start > 5 && in.getByte(start) == HANDSHAKE && in.getByte(start + 1) == 3
				&& in.getByte(start + 5) == CLIENT_HELLO;
	}

	private static boolean begins(ByteBuf in, int start, byte[] request) {
		int length = Math.min(request.length, in.writerIndex() - start);
		if (length < LEAST) {
			return false;
		}
		for (int at = 0; at < length; at++) {
			if (in.getByte(start + at) != request[at]) {
				return false;
			}
		}
		return true;
	}

	private static byte[][] requests(String... beginnings) {
		byte[][] requests = new byte[beginnings.length][];
		for (int at = 0; at < beginnings.length; at++) {
			requests[at] = beginnings[at].getBytes(StandardCharsets.US_ASCII);
		}
		return requests;
	}

}

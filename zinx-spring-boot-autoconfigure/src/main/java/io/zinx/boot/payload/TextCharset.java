package io.zinx.boot.payload;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

import io.zinx.connection.Connection;
import io.zinx.connection.SendResult;
import io.zinx.routing.Request;

/**
 * The charset of payloads that are text. What is no text in it is an error, in both
 * directions. Any thread.
 */
public final class TextCharset {

	/** UTF-8. */
	public static final TextCharset UTF_8 = new TextCharset(StandardCharsets.UTF_8);

	/** The character that the JDK puts in the place of bytes that are no text. */
	private static final char REPLACEMENT = '\uFFFD';

	private final Charset charset;

	private TextCharset(Charset charset) {
		this.charset = charset;
	}

	/**
	 * Return the charset of a name.
	 * @param charset the charset
	 * @return for that charset
	 * @throws IllegalArgumentException if text cannot be written in it
	 */
	public static TextCharset of(Charset charset) {
		if (!charset.canEncode()) {
			throw new IllegalArgumentException(charset + " can only be read");
		}
		return new TextCharset(charset);
	}

	/**
	 * The charset.
	 * @return the charset
	 */
	public Charset charset() {
		return this.charset;
	}

	/**
	 * Read the body of a message.
	 * @param request the message
	 * @return the text
	 * @throws IllegalArgumentException if it is not text in this charset
	 */
	String read(Request request) {
		String text = request.bodyAsString(this.charset);
		return (text.indexOf(REPLACEMENT) < 0) ? text : readStrictly(request.body());
	}

	/**
	 * Read a body.
	 * @param body the body
	 * @return the text
	 * @throws IllegalArgumentException if it is not text in this charset
	 */
	public String read(byte[] body) {
		String text = new String(body, this.charset);
		return (text.indexOf(REPLACEMENT) < 0) ? text : readStrictly(body);
	}

	/**
	 * Read bytes that seem to be no text, but may contain the replacement character.
	 */
	private String readStrictly(byte[] body) {
		CharsetDecoder decoder = this.charset.newDecoder()
			.onMalformedInput(CodingErrorAction.REPORT)
			.onUnmappableCharacter(CodingErrorAction.REPORT);
		ByteBuffer in = ByteBuffer.wrap(body);
		CharBuffer out = CharBuffer.allocate((int) Math.ceil(body.length * (double) decoder.maxCharsPerByte()) + 1);
		CoderResult result = decoder.decode(in, out, true);
		if (result.isUnderflow()) {
			result = decoder.flush(out);
		}
		if (result.isError()) {
			throw new IllegalArgumentException(
					"the text is not in " + this.charset + " from byte " + in.position() + " on");
		}
		return out.flip().toString();
	}

	/**
	 * Write a text.
	 * @param text the text
	 * @return the body
	 * @throws IllegalArgumentException if this charset does not have all of its
	 * characters; half a surrogate pair becomes a question mark in UTF-8
	 */
	public byte[] write(String text) {
		if (this.charset.equals(StandardCharsets.UTF_8)) {
			return text.getBytes(StandardCharsets.UTF_8);
		}
		CharsetEncoder encoder = this.charset.newEncoder()
			.onMalformedInput(CodingErrorAction.REPORT)
			.onUnmappableCharacter(CodingErrorAction.REPORT);
		CharBuffer in = CharBuffer.wrap(text);
		ByteBuffer out = ByteBuffer.allocate((int) Math.ceil(text.length() * (double) encoder.maxBytesPerChar()) + 16);
		CoderResult result = encoder.encode(in, out, true);
		if (result.isUnderflow()) {
			result = encoder.flush(out);
		}
		if (result.isError()) {
			throw new IllegalArgumentException("text: the character U+%04X at index %d is not in %s"
				.formatted(text.codePointAt(in.position()), in.position(), this.charset));
		}
		byte[] body = new byte[out.flip().remaining()];
		out.get(body);
		return body;
	}

	/**
	 * Send a text.
	 */
	SendResult send(Connection connection, long msgId, String text) {
		return this.charset.equals(StandardCharsets.UTF_8) ? connection.send(msgId, text)
				: connection.send(msgId, write(text));
	}

}

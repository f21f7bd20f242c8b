package io.zinx.link;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.zinx.link.WebSocketFramesOutcome.End;

/**
 * A second reader of WebSocket frames, which has the whole stream at hand: RFC 6455,
 * sections 5 and 7.4, line by line, and as slow as it may be.
 */
final class WebSocketFramesReference {

	private static final int CLOSE = 8;

	private static final int PING = 9;

	private static final int PONG = 10;

	private final ByteBuffer stream;

	private final StringBuilder passed = new StringBuilder();

	private final List<String> pongs = new ArrayList<>();

	private int signsOfLife;

	private boolean inMessage;

	private End end = End.OPEN;

	private WebSocketFramesReference(byte[] stream) {
		this.stream = ByteBuffer.wrap(stream);
	}

	/**
	 * The outcome that a stream should have.
	 */
	static WebSocketFramesOutcome outcome(byte[] stream) {
		WebSocketFramesReference reference = new WebSocketFramesReference(stream);
		boolean whole = true;
		while (whole && reference.end == End.OPEN && reference.stream.hasRemaining()) {
			whole = reference.frame();
		}
		return new WebSocketFramesOutcome(reference.passed.toString(), reference.pongs, reference.signsOfLife,
				reference.end, !whole);
	}

	/**
	 * Read a frame.
	 * @return false if a part is missing
	 */
	private boolean frame() {
		if (this.stream.remaining() < 2) {
			return false;
		}
		int first = this.stream.get() & 0xFF;
		int second = this.stream.get() & 0xFF;
		int shortLength = second & 0x7F;
		if (breaksRule(first, second)) {
			this.end = End.CORRUPT;
			return true;
		}
		int more = (shortLength == 126) ? 2 : (shortLength == 127) ? 8 : 0;
		if (this.stream.remaining() < more) {
			return false;
		}
		long length = shortLength;
		if (more > 0) {
			length = (more == 2) ? this.stream.getShort() & 0xFFFF : this.stream.getLong();
			if (length < 0 || length <= ((more == 2) ? 125 : 0xFFFF)) {
				this.end = End.CORRUPT;
				return true;
			}
		}
		if (length > WebSocketFramesOutcome.LONGEST_FRAME) {
			this.end = End.TOO_LONG;
			return true;
		}
		if (this.stream.remaining() < 4 + length) {
			return false;
		}
		payload(first, (int) length);
		return true;
	}

	private boolean breaksRule(int first, int second) {
		int kind = first & 0x0F;
		boolean last = (first & 0x80) != 0;
		int length = second & 0x7F;
		if ((first & 0x70) != 0 || (second & 0x80) == 0) {
			return true;
		}
		return switch (kind) {
			case 0 -> !this.inMessage;
			case 1, 2 -> this.inMessage;
			case CLOSE, PING, PONG -> !last || length > 125 || (kind == CLOSE && length == 1);
			default -> true;
		};
	}

	private void payload(int first, int length) {
		byte[] mask = new byte[4];
		byte[] payload = new byte[length];
		this.stream.get(mask).get(payload);
		for (int index = 0; index < length; index++) {
			payload[index] ^= mask[index % 4];
		}
		String text = new String(payload, StandardCharsets.ISO_8859_1);
		switch (first & 0x0F) {
			case CLOSE -> this.end = (length == 0 || isClose(payload)) ? End.CLOSED : End.CORRUPT;
			case PING -> {
				this.signsOfLife++;
				this.pongs.add(text);
			}
			case PONG -> this.signsOfLife++;
			default -> {
				this.inMessage = (first & 0x80) == 0;
				this.passed.append(text);
			}
		}
	}

	private static boolean isClose(byte[] payload) {
		ByteBuffer body = ByteBuffer.wrap(payload);
		int code = body.getShort() & 0xFFFF;
		boolean reserved = code == 1004 || code == 1005 || code == 1006;
		boolean known = (code >= 1000 && code <= 1014 && !reserved) || (code >= 3000 && code <= 4999);
		try {
			StandardCharsets.UTF_8.newDecoder().decode(body);
			return known;
		}
		catch (CharacterCodingException ex) {
			return false;
		}
	}

}

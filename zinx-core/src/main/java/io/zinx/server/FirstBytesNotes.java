package io.zinx.server;

import io.zinx.codec.FrameCodec;
import io.zinx.codec.LtvCodec;
import io.zinx.codec.TlvCodec;
import io.zinx.link.LinkSettings;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The note in the log about messages that may look like TLS or a header of the PROXY
 * protocol, where the first bytes of a client decide between them.
 */
final class FirstBytesNotes {

	/**
	 * The longest body with which no message of the formats {@code tlv} and {@code ltv}
	 * begins like TLS: the bytes that TLS begins with are a length above it.
	 */
	static final int LONGEST_BODY = 65_535;

	private static final Logger logger = LoggerFactory.getLogger(FirstBytesNotes.class);

	private FirstBytesNotes() {
	}

	/**
	 * Write the note, if there is one.
	 * @param config the settings
	 */
	static void log(ServerConfig config) {
		String note = note(config.transport().effectiveLink(), config.codec(), config.maxPacketSize());
		if (note != null) {
			logger.warn("[{}] {}", config.name(), note);
		}
	}

	/**
	 * The note.
	 * @param link the settings of the link
	 * @param codec the wire format
	 * @param maxPacketSize the longest body, in bytes
	 * @return the note; {@code null} if no message looks like something else
	 */
	static @Nullable String note(LinkSettings link, FrameCodec codec, int maxPacketSize) {
		if (!link.mixesWithMessages()) {
			return null;
		}
		String what = what(link);
		if (!(codec instanceof TlvCodec || codec instanceof LtvCodec)) {
			return what + " tells clients apart by their first bytes, and a message of codec " + codec.name()
					+ " may begin like TLS, a PROXY header or an HTTP request. Check that no client's first message begins "
					+ "with the bytes 16 03, 0d 0a 0d 0a or the texts PROXY, GET or HEAD, or use codec tlv or ltv";
		}
		if (maxPacketSize > LONGEST_BODY) {
			return what + " tells clients apart by their first bytes, and with zinx.max-packet-size=" + maxPacketSize
					+ " the head of a client's first message may look like TLS. Set it to 65535 or less, or check that no "
					+ "client begins with a message that is longer";
		}
		return null;
	}

	private static String what(LinkSettings link) {
		if (link.mixesWebSocket()) {
			return "zinx.websocket.same-port=true";
		}
		return (link.tls() != null) ? "zinx.ssl.mode=optional" : "zinx.proxy-protocol.mode=optional";
	}

}

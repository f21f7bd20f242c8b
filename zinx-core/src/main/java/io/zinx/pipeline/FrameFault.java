package io.zinx.pipeline;

import java.nio.charset.StandardCharsets;
import java.util.function.LongSupplier;

import io.netty.buffer.ByteBuf;
import io.zinx.codec.ChecksumException;
import io.zinx.codec.FrameCodec;
import io.zinx.codec.FrameException;
import io.zinx.codec.FrameTooLongException;
import io.zinx.connection.CloseReason;
import io.zinx.connection.Connection;
import io.zinx.link.WebSocketViolation;
import io.zinx.diagnostics.LogThrottle;
import io.zinx.diagnostics.PeerText;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The reporter of invalid frames, which also answers HTTP clients. One for all event
 * loops of a server.
 */
final class FrameFault {

	private static final Logger logger = LoggerFactory.getLogger(FrameFault.class);

	private final FrameCodec codec;

	private final LogThrottle lines;

	/**
	 * Create the reporter of a server.
	 * @param codec its wire format
	 * @param nanoTime the time, as {@link System#nanoTime()}
	 */
	FrameFault(FrameCodec codec, LongSupplier nanoTime) {
		this.codec = codec;
		this.lines = new LogThrottle(1, nanoTime);
	}

	/**
	 * Log a fault, at most one a second. An HTTP request that is the first thing a client
	 * sends is answered. On the connection's event loop.
	 * @param connection the connection, which will be closed
	 * @param ex the fault
	 * @param in the bytes, up to the writer index
	 * @param start the absolute index of the first one
	 * @param first whether they are the first of the connection
	 * @return the reason of the close
	 */
	CloseReason report(Connection connection, FrameException ex, ByteBuf in, int start, boolean first) {
		CloseReason reason = reasonOf(ex);
		ForeignProtocol protocol = first ? ForeignProtocol.of(in, start) : null;
		boolean answered = protocol == ForeignProtocol.HTTP && answer(connection);
		String hint = first ? hint(protocol, ex, in, start) : null;
		String problem = PeerText.escape(ex.getMessage());
		logger.debug("{} sent an invalid frame: {}", connection, problem);
		this.lines.log((withheld) -> logger.warn(
				"{} sent an invalid frame and is closed ({}): {}{}{} ({} more since the last such line)", connection,
				reason, problem, (hint != null) ? ". It looks like " + hint : "",
				answered ? ". It was answered with HTTP status 400" : "", withheld));
		return reason;
	}

	/**
	 * Log that a client has broken a rule of WebSocket, together with invalid frames. On
	 * the connection's event loop.
	 * @param connection the connection, which will be closed
	 * @param violation the rule
	 * @return the reason of the close
	 */
	CloseReason report(Connection connection, WebSocketViolation violation) {
		CloseReason reason = violation.tooLong() ? CloseReason.FRAME_TOO_LONG : CloseReason.CORRUPT_FRAME;
		String rule = PeerText.escape(violation.description());
		logger.debug("{} sent an invalid WebSocket frame: {}", connection, rule);
		this.lines.log((withheld) -> logger.warn(
				"{} sent an invalid WebSocket frame and is closed ({}): {} ({} more since the last such line)",
				connection, reason, rule, withheld));
		return reason;
	}

	private static CloseReason reasonOf(FrameException ex) {
		if (ex instanceof FrameTooLongException) {
			return CloseReason.FRAME_TOO_LONG;
		}
		return (ex instanceof ChecksumException) ? CloseReason.BAD_CHECKSUM : CloseReason.CORRUPT_FRAME;
	}

	private @Nullable String hint(@Nullable ForeignProtocol protocol, FrameException ex, ByteBuf in, int start) {
		if (protocol != null) {
			return protocol.hint();
		}
		return (ex instanceof FrameTooLongException tooLong)
				? ByteOrderHint.find(this.codec, in, start, tooLong.allowed()) : null;
	}

	private boolean answer(Connection connection) {
		String text = "This port speaks frames of " + this.codec.name() + ", not HTTP.\n";
		String response = "HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: "
				+ text.getBytes(StandardCharsets.UTF_8).length + "\r\nConnection: close\r\n\r\n" + text;
		return connection.messagesOut() == 0
				&& connection.sendRaw(response.getBytes(StandardCharsets.UTF_8)).isAccepted();
	}

}

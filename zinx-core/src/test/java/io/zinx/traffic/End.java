package io.zinx.traffic;

import java.util.EnumSet;
import java.util.Set;

import io.zinx.connection.CloseReason;

/**
 * The end of a client's script.
 */
enum End {

	/** It says that nothing more follows, and reads to the end. */
	FIN(true),

	/** It gets no replies, and closes its socket. */
	CLOSE(true),

	/** It resets the connection. */
	RESET(false),

	/** It closes its socket, whatever is on its way. */
	ABRUPT(false),

	/** It asks to be kicked, and goes on sending. */
	KICK(true),

	/** The application kicks it at some time; else as {@link #FIN}. */
	KICKED(true),

	/** It sends what is no frame. */
	BAD_FRAME(true),

	/** It does not read what it has asked for. */
	FLOOD(false),

	/** It goes on until the server parts from it. */
	STAY(true);

	private final boolean exact;

	End(boolean exact) {
		this.exact = exact;
	}

	/**
	 * Whether all that was accepted for the client must arrive.
	 */
	boolean isExact() {
		return this.exact;
	}

	/**
	 * Why its connection may end, unless the server parts from all clients.
	 */
	Set<CloseReason> reasons() {
		return switch (this) {
			case FIN -> EnumSet.of(CloseReason.PEER_CLOSED);
			case CLOSE, RESET, ABRUPT -> EnumSet.of(CloseReason.PEER_CLOSED, CloseReason.RESET);
			case KICK -> EnumSet.of(CloseReason.KICKED);
			case KICKED -> EnumSet.of(CloseReason.KICKED, CloseReason.PEER_CLOSED);
			case BAD_FRAME -> EnumSet.of(CloseReason.FRAME_TOO_LONG);
			case FLOOD -> EnumSet.of(CloseReason.SLOW_CONSUMER);
			case STAY -> EnumSet.noneOf(CloseReason.class);
		};
	}

}

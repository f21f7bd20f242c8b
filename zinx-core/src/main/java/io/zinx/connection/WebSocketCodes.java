package io.zinx.connection;

import io.zinx.link.WebSocketClose;

/**
 * The status code and text with which a WebSocket connection is closed, for each reason.
 * Codes below 4000 are those of RFC 6455, section 7.4.1, and of its registry at IANA.
 */
public final class WebSocketCodes {

	private static final int NORMAL = 1000;

	private static final int PROTOCOL_ERROR = 1002;

	private static final int POLICY_VIOLATION = 1008;

	private static final int MESSAGE_TOO_BIG = 1009;

	private static final int INTERNAL_ERROR = 1011;

	private static final int SERVICE_RESTART = 1012;

	private static final int TRY_AGAIN_LATER = 1013;

	private WebSocketCodes() {
	}

	/**
	 * The last frame to a client whose connection ends.
	 * @param reason the reason of the end
	 * @return the code and, as its text, the tag of the reason
	 */
	public static WebSocketClose of(CloseReason reason) {
		return new WebSocketClose(code(reason), reason.tag());
	}

	private static int code(CloseReason reason) {
		return switch (reason) {
			case PEER_CLOSED, HANDLER -> NORMAL;
			case CORRUPT_FRAME -> PROTOCOL_ERROR;
			case HANDSHAKE_FAILED -> POLICY_VIOLATION;
			case FRAME_TOO_LONG -> MESSAGE_TOO_BIG;
			case INTERNAL_ERROR -> INTERNAL_ERROR;
			case SERVER_STOPPING, DRAINED, MAX_AGE -> SERVICE_RESTART;
			case REJECTED -> TRY_AGAIN_LATER;
			case KICKED -> 4001;
			case REPLACED -> 4002;
			case SLOW_CONSUMER -> 4008;
			case IDLE -> 4010;
			case HEARTBEAT_MISSED -> 4011;
			case MESSAGE_TIMEOUT -> 4012;
			case INBOUND_FULL -> 4013;
			case RESET -> 4014;
			case BAD_CHECKSUM -> 4015;
		};
	}

	/**
	 * The last frame to a client that gets no connection.
	 * @param reason the reason
	 * @return the code and, as its text, the tag of the reason
	 */
	public static WebSocketClose of(RejectReason reason) {
		int code = switch (reason) {
			case MAX_CONN -> TRY_AGAIN_LATER;
			case SERVER_STOPPING -> SERVICE_RESTART;
		};
		return new WebSocketClose(code, reason.tag());
	}

}

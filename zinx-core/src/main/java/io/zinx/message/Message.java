package io.zinx.message;

import java.util.Objects;

/**
 * A message: a number that determines its router, and a body that only the application
 * interprets.
 * <p>
 * On the wire the number is an unsigned 32 bit field, so it is a {@code long} from 0 to
 * {@value #MAX_MSG_ID} wherever a user reads or writes it.
 *
 * @param msgId the message number, 0 to {@value #MAX_MSG_ID}
 * @param body the body, not copied; may be empty
 */
@SuppressWarnings("ArrayRecordComponent")
public record Message(long msgId, byte[] body) {

	/**
	 * The largest message number: 2^32 - 1.
	 */
	public static final long MAX_MSG_ID = 0xFFFF_FFFFL;

	public Message {
		requireMsgId(msgId);
		Objects.requireNonNull(body, "body");
	}

	/**
	 * Check a message number.
	 * @param msgId the number
	 * @return the number
	 * @throws IllegalArgumentException if it is not 0 to {@value #MAX_MSG_ID}
	 */
	public static long requireMsgId(long msgId) {
		if (!isMsgId(msgId)) {
			throw new IllegalArgumentException("msgId: " + msgId + " (expected: 0 to " + MAX_MSG_ID + ")");
		}
		return msgId;
	}

	/**
	 * Tell whether a number can be a message number.
	 * @param msgId the number
	 * @return whether it is 0 to {@value #MAX_MSG_ID}
	 */
	public static boolean isMsgId(long msgId) {
		return (msgId & ~MAX_MSG_ID) == 0;
	}

}

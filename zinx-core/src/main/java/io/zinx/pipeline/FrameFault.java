package io.zinx.pipeline;

import io.zinx.codec.ChecksumException;
import io.zinx.codec.FrameCodec;
import io.zinx.codec.FrameException;
import io.zinx.codec.FrameTooLongException;
import io.zinx.connection.CloseReason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports bytes that are no frame.
 */
final class FrameFault {

	private static final Logger logger = LoggerFactory.getLogger(FrameFault.class);

	private FrameFault() {
	}

	/**
	 * Log it.
	 * @param connection who sent them
	 * @param codec the server's format
	 * @param ex what is wrong with them
	 * @param first whether they are the first of the connection
	 * @return why the connection ends
	 */
	static CloseReason report(Object connection, FrameCodec codec, FrameException ex, boolean first) {
		logger.debug("{} sent what is no frame: {}", connection, ex.getMessage());
		if (ex instanceof FrameTooLongException tooLong) {
			if (first) {
				ByteOrderHint.log(connection, codec, tooLong);
			}
			return CloseReason.FRAME_TOO_LONG;
		}
		return (ex instanceof ChecksumException) ? CloseReason.BAD_CHECKSUM : CloseReason.CORRUPT_FRAME;
	}

}

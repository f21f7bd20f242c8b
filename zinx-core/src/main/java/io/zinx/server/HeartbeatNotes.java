package io.zinx.server;

import io.zinx.heartbeat.HeartbeatFit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes in the log about heartbeats that do not work as they are meant.
 */
final class HeartbeatNotes {

	private static final Logger logger = LoggerFactory.getLogger(HeartbeatNotes.class);

	private HeartbeatNotes() {
	}

	/**
	 * Write the notes: a warning for each that is surely a mistake.
	 * @param config the settings
	 */
	static void log(ServerConfig config) {
		for (HeartbeatFit.Note note : HeartbeatFit.check(config.heartbeat(), config.codec(), config.maxPacketSize())) {
			if (note.mistake()) {
				logger.warn("[{}] {}", config.name(), note.text());
			}
			else {
				logger.info("[{}] {}", config.name(), note.text());
			}
		}
	}

}

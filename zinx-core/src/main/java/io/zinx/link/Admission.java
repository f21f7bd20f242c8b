package io.zinx.link;

import java.util.function.Consumer;

import io.netty.channel.Channel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The step of one client from its handshake to the later stages. Event loop only.
 */
final class Admission {

	private static final Logger logger = LoggerFactory.getLogger(Admission.class);

	private final PendingHandshake handshake;

	private final Consumer<Channel> laterStages;

	/**
	 * Create the step.
	 * @param handshake the handshake
	 * @param laterStages adds the later handlers, for a connection or for a client that
	 * gets none
	 */
	Admission(PendingHandshake handshake, Consumer<Channel> laterStages) {
		this.handshake = handshake;
		this.laterStages = laterStages;
	}

	PendingHandshake handshake() {
		return this.handshake;
	}

	/**
	 * The handshake has succeeded: add the later handlers.
	 * @param channel the channel, which becomes active for them next
	 * @return {@code false} if the client was closed meanwhile, or is closed because of
	 * an error
	 */
	boolean admit(Channel channel) {
		this.handshake.succeeded();
		if (!this.handshake.isOpen()) {
			return false;
		}
		try {
			this.laterStages.accept(channel);
			return true;
		}
		catch (Throwable ex) {
			logger.error("{} could not be admitted and is closed", this.handshake, ex);
			channel.close();
			return false;
		}
	}

}

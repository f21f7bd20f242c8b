package io.zinx.link;

import java.util.function.Consumer;

import io.netty.channel.Channel;
import io.zinx.authentication.AuthenticatorCalls;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The step of one client from its handshake to the later stages. Event loop only.
 */
final class Admission {

	private static final Logger logger = LoggerFactory.getLogger(Admission.class);

	private final LinkContext context;

	private final ClientLink link;

	private final PendingHandshake handshake;

	private final Consumer<Channel> laterStages;

	/**
	 * Create the step.
	 * @param context the objects that links share
	 * @param link the client's link
	 * @param handshake the handshake
	 * @param laterStages adds the later handlers, for a connection or for a client that
	 * gets none
	 */
	Admission(LinkContext context, ClientLink link, PendingHandshake handshake, Consumer<Channel> laterStages) {
		this.context = context;
		this.link = link;
		this.handshake = handshake;
		this.laterStages = laterStages;
	}

	/**
	 * The question whether the client may connect.
	 * @return {@code null} if there is none, or it was answered
	 */
	@Nullable ClientAuthentication question(Channel channel) {
		AuthenticatorCalls calls = this.context.authenticator();
		return (calls != null && this.link.authentication() == null)
				? new ClientAuthentication(calls, this.link, channel) : null;
	}

	PendingHandshake handshake() {
		return this.handshake;
	}

	/**
	 * The handshake has succeeded: add the later handlers, or first the one that asks the
	 * application whether the client may connect.
	 * @param channel the channel, which becomes active for them next
	 * @return {@code false} if the client was closed meanwhile, or is closed because of
	 * an error
	 */
	boolean admit(Channel channel) {
		ClientAuthentication question = question(channel);
		if (question != null) {
			channel.pipeline()
				.addLast(AuthenticationHandler.NAME, new AuthenticationHandler(this.link, this, question));
			return true;
		}
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

package io.zinx.admission;

import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

/**
 * A rule that is asked before a client takes a slot. On the client's event loop, so it
 * must not block.
 */
@FunctionalInterface
interface AdmissionRule {

	/**
	 * Ask whether a client may come in.
	 * @param channel the client's channel
	 * @return the reason to turn it away, one of {@link io.zinx.connection.RejectReason};
	 * {@code null} to let it in
	 */
	@Nullable String refusal(Channel channel);

}

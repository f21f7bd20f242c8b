package io.zinx.admission;

import io.netty.channel.Channel;
import io.zinx.connection.RejectReason;
import org.jspecify.annotations.Nullable;

/**
 * A rule that may reject a client before it takes a slot. Called on the client's event
 * loop, so it must not block.
 */
@FunctionalInterface
interface AdmissionRule {

	/**
	 * Decide about a client.
	 * @param channel the client's channel
	 * @return the reason to reject it; {@code null} to admit it
	 */
	@Nullable RejectReason refusal(Channel channel);

}

package io.zinx.sample.chat;

import io.zinx.cluster.PushResult;

/**
 * The result of sending a message to one user.
 *
 * @param to the name of the user
 * @param state {@code sent}, {@code no-receiver}, {@code unavailable} or {@code unknown}
 * @param here the number of connections of this node that were reached
 * @param nodes the number of other nodes that were reached
 */
record Delivery(String to, String state, int here, int nodes) {

	static Delivery of(String user, PushResult result) {
		return new Delivery(user, result.state().tag(), result.local().reached(), result.nodes());
	}

}

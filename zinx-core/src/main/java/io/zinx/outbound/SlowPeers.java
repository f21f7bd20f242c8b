package io.zinx.outbound;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The congested connections of a server, in the order in which they became congested.
 * When the outbound memory runs out, they are closed in this order. Any thread.
 */
final class SlowPeers {

	private final Set<SlowPeer> peers = new LinkedHashSet<>();

	/**
	 * Add a connection, unless it was added before.
	 * @param peer the congested connection
	 */
	synchronized void add(SlowPeer peer) {
		this.peers.add(peer);
	}

	/**
	 * Remove a connection.
	 * @param peer the connection, no longer congested, or closed
	 */
	synchronized void remove(SlowPeer peer) {
		this.peers.remove(peer);
	}

	/**
	 * The connection that has been congested for the longest time.
	 * @return the connection, or {@code null} if there is none
	 */
	synchronized @Nullable SlowPeer slowest() {
		for (Iterator<SlowPeer> each = this.peers.iterator(); each.hasNext();) {
			SlowPeer peer = each.next();
			if (peer.isSlow()) {
				return peer;
			}
			each.remove();
		}
		return null;
	}

}

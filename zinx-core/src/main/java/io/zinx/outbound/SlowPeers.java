package io.zinx.outbound;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The connections of a server whose peers do not read, the one first that has not read
 * for the longest time. When memory for replies is short, they are closed in this order.
 * Any thread.
 */
final class SlowPeers {

	private final Set<SlowPeer> peers = new LinkedHashSet<>();

	/**
	 * Remember a connection, unless it is known already.
	 * @param peer is congested
	 */
	synchronized void add(SlowPeer peer) {
		this.peers.add(peer);
	}

	/**
	 * Forget a connection.
	 * @param peer is congested no longer, or closed
	 */
	synchronized void remove(SlowPeer peer) {
		this.peers.remove(peer);
	}

	/**
	 * The one that has not read for the longest time.
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

package io.zinx.connection;

import java.util.concurrent.atomic.AtomicReference;

/**
 * What holds keys, without a socket.
 */
final class Peer extends Member {

	private final AtomicReference<CloseReason> reason = new AtomicReference<>();

	private final KeyRegistry<Peer> keys;

	Peer(KeyRegistry<Peer> keys) {
		this.keys = keys;
	}

	@Override
	public boolean isOpen() {
		return this.reason.get() == null;
	}

	@Override
	boolean decide(CloseReason reason) {
		return this.reason.compareAndSet(null, reason);
	}

	@Override
	void carryOut(CloseReason reason) {
		this.keys.release(this);
	}

	void close() {
		if (decide(CloseReason.PEER_CLOSED)) {
			carryOut(CloseReason.PEER_CLOSED);
		}
	}

}

package io.zinx.session;

import java.util.concurrent.atomic.AtomicReference;

import io.zinx.connection.CloseReason;

/**
 * A holder of keys without a socket.
 */
final class Peer extends Registrable {

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
	protected boolean decideKick() {
		return this.reason.compareAndSet(null, CloseReason.REPLACED);
	}

	@Override
	protected void kicked() {
		this.keys.release(this);
	}

	void close() {
		if (this.reason.compareAndSet(null, CloseReason.PEER_CLOSED)) {
			this.keys.release(this);
		}
	}

}

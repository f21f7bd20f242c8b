package io.zinx.connection;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.zinx.session.BindResult;
import io.zinx.session.DuplicateLogin;
import io.zinx.session.KeyRegistry;

/**
 * An owner as a client might be: it knows no server, no slots and no manager. Notes what
 * becomes of its connections.
 */
final class RecordingOwner implements ConnectionOwner {

	private final KeyRegistry<ChannelConnection> keys = new KeyRegistry<>();

	private final List<String> events;

	private final Set<ChannelConnection> removed = ConcurrentHashMap.newKeySet();

	RecordingOwner(List<String> events) {
		this.events = events;
	}

	@Override
	public BindResult bind(ChannelConnection connection, String key, DuplicateLogin policy) {
		return this.keys.bind(connection, key, policy);
	}

	@Override
	public boolean unbind(ChannelConnection connection, String key) {
		return this.keys.unbind(connection, key);
	}

	@Override
	public void release(ChannelConnection connection) {
		this.events.add("released");
		this.keys.release(connection);
	}

	@Override
	public boolean remove(ChannelConnection connection, CloseReason reason) {
		this.events.add("removed " + reason);
		return this.removed.add(connection);
	}

}

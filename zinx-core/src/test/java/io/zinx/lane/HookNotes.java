package io.zinx.lane;

import java.util.List;

import io.zinx.connection.CloseReason;
import io.zinx.connection.Connection;
import io.zinx.connection.ConnectionListener;

/**
 * Notes the hooks that are called.
 */
final class HookNotes implements ConnectionListener {

	private final List<String> calls;

	HookNotes(List<String> calls) {
		this.calls = calls;
	}

	@Override
	public void onStart(Connection connection) {
		this.calls.add("start");
	}

	@Override
	public void onStop(Connection connection, CloseReason reason) {
		this.calls.add("stop " + reason);
	}

	@Override
	public void onWritabilityChanged(Connection connection, boolean writable) {
		this.calls.add("writable " + writable);
	}

}

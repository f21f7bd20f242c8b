package io.zinx.server;

import java.util.ArrayList;
import java.util.List;

import io.zinx.connection.ChannelConnection;
import io.zinx.connection.Connection;
import org.jspecify.annotations.Nullable;

/**
 * The connections with unfinished work at the end of a grace period.
 *
 * @param connections the number of these connections
 * @param first the first of them, in words
 */
record UnfinishedReport(int connections, List<String> first) {

	/** The most connections that are named. */
	private static final int NAMED = 20;

	static UnfinishedReport of(Iterable<ChannelConnection> connections) {
		int[] count = new int[1];
		List<String> first = new ArrayList<>();
		connections.forEach((connection) -> {
			String unfinished = unfinished(connection, connection.lane().unfinished());
			if (unfinished != null && count[0]++ < NAMED) {
				first.add(connection + ": " + unfinished);
			}
		});
		return new UnfinishedReport(count[0], List.copyOf(first));
	}

	private static @Nullable String unfinished(Connection connection, @Nullable String handling) {
		long unsent = connection.bytesQueued();
		String sending = (unsent > 0) ? unsent + " bytes are unsent" : null;
		if (handling == null || sending == null) {
			return (handling != null) ? handling : sending;
		}
		return handling + ", " + sending;
	}

	boolean isEmpty() {
		return this.connections == 0;
	}

	@Override
	public String toString() {
		return String.join("; ", this.first) + ((this.connections > this.first.size()) ? "; and others" : "");
	}

}

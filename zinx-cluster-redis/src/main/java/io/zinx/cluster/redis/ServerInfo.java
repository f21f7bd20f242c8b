package io.zinx.cluster.redis;

import java.util.List;

import io.zinx.diagnostics.PeerText;

/**
 * A Redis server, as it describes itself.
 *
 * @param version its version, for example {@code 7.0.15}; empty if it does not say
 * @param mode {@code standalone}, {@code cluster} or {@code sentinel}; empty if it does
 * not say
 * @param role {@code master} or {@code replica}; empty if it does not say
 */
record ServerInfo(String version, String mode, String role) {

	/** A server that does not know {@code HELLO}, as those before Redis 6. */
	static final ServerInfo UNKNOWN = new ServerInfo("", "", "");

	static ServerInfo of(List<String> hello) {
		return new ServerInfo(value(hello, "version"), value(hello, "mode"), value(hello, "role"));
	}

	private static String value(List<String> hello, String name) {
		int at = hello.indexOf(name);
		return (at >= 0 && at + 1 < hello.size()) ? PeerText.escape(hello.get(at + 1), 40) : "";
	}

	/**
	 * True if it is older than Redis 6.
	 */
	boolean isTooOld() {
		return this.version.isEmpty() || this.version.matches("[0-5]\\..*");
	}

	/**
	 * Refuse a server that messages do not pass through as they should.
	 */
	ServerInfo check() {
		switch (this.mode) {
			case "cluster" -> throw new UnsuitableServerException(
					"It is a node of a Redis Cluster, which is not " + "supported: use a standalone Redis, or Sentinel",
					true);
			case "sentinel" -> throw new UnsuitableServerException(
					"It is a Sentinel: configure it as one, with the name of the master", true);
			default -> {
			}
		}
		if (!this.role.isEmpty() && !this.role.equals("master")) {
			throw new UnsuitableServerException(
					"It is a " + this.role + ", whose messages do not reach those who are connected to the master",
					false);
		}
		return this;
	}

}

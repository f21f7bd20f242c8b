package io.zinx.cluster;

import io.netty.buffer.ByteBufUtil;
import org.jspecify.annotations.Nullable;

/**
 * The names of the topics of a cluster, as one server of it uses them:
 *
 * <pre>
 * zinx:CLUSTER:SERVER:k:KEY      messages to the holders of a key
 * zinx:CLUSTER:SERVER:g:GROUP    messages to the members of a group
 * zinx:CLUSTER:SERVER:all        messages to all connections
 * zinx:CLUSTER:nodes             heartbeats
 * </pre>
 *
 * In the names of cluster and server {@code %} and {@code :} are percent-encoded.
 * Immutable.
 */
final class Topics {

	/** The longest name of a key or group that frames can hold, in bytes of UTF-8. */
	static final int LONGEST_NAME = 0xFFFF;

	private static final int MOST_BYTES_OF_A_CHAR = 3;

	private final String keys;

	private final String groups;

	private final String all;

	private final String nodes;

	Topics(String cluster, String server) {
		String prefix = "zinx:" + encoded(cluster) + ":";
		this.nodes = prefix + "nodes";
		this.keys = prefix + encoded(server) + ":k:";
		this.groups = prefix + encoded(server) + ":g:";
		this.all = prefix + encoded(server) + ":all";
	}

	private static String encoded(String name) {
		return name.replace("%", "%25").replace(":", "%3A");
	}

	/**
	 * True if frames can hold a name, and its topic is subscribed to.
	 * @param name the name of a key or group
	 */
	static boolean isPossible(String name) {
		return name.length() <= LONGEST_NAME / MOST_BYTES_OF_A_CHAR || ByteBufUtil.utf8Bytes(name) <= LONGEST_NAME;
	}

	String nodes() {
		return this.nodes;
	}

	String all() {
		return this.all;
	}

	String key(String key) {
		return this.keys + key;
	}

	String group(String group) {
		return this.groups + group;
	}

	String of(PushTarget target) {
		return switch (target.kind()) {
			case KEY -> key(target.name());
			case GROUP -> group(target.name());
			case ALL -> this.all;
		};
	}

	/**
	 * The target of the messages of a topic.
	 * @param topic the topic
	 * @return the target, or {@code null} for a topic that is not for messages of this
	 * server
	 */
	@Nullable PushTarget target(String topic) {
		if (topic.startsWith(this.keys)) {
			return PushTarget.key(topic.substring(this.keys.length()));
		}
		if (topic.startsWith(this.groups)) {
			return PushTarget.group(topic.substring(this.groups.length()));
		}
		return topic.equals(this.all) ? PushTarget.all() : null;
	}

}

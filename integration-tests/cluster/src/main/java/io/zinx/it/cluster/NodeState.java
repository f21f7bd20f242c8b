package io.zinx.it.cluster;

import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.zinx.cluster.ClusterMember;
import io.zinx.cluster.ClusterNode;
import io.zinx.cluster.ClusterStatus;
import io.zinx.cluster.FrameDropReason;
import io.zinx.connection.ConnManager;

/**
 * The state of a node as it travels to the driver.
 *
 * @param numbers its numbers by their names
 * @param nodes the nodes it knows, itself included
 */
record NodeState(Map<String, Long> numbers, Set<String> nodes) {

	static final String CONNECTED = "connected";

	static final String SUBSCRIPTIONS = "subscriptions";

	static final String AWAITED = "awaited";

	static final String PENDING = "pending";

	static final String INBOUND = "inbound";

	static final String LAG = "lag-us";

	static final String LOST = "lost";

	static final String DROPPED = "dropped";

	static final String CONNECTIONS = "connections";

	static final String HEAP = "heap";

	static final String DIRECT = "direct";

	private static final int COLLECTIONS = 3;

	static NodeState of(ClusterMember member, ConnManager connections, boolean collect) {
		ClusterStatus status = member.status();
		Map<String, Long> numbers = new TreeMap<>();
		numbers.put(CONNECTED, status.connected() ? 1L : 0L);
		numbers.put(SUBSCRIPTIONS, (long) status.subscriptions());
		numbers.put(AWAITED, (long) status.awaitedSubscriptions());
		numbers.put(PENDING, status.pendingBytes());
		numbers.put(INBOUND, status.inboundBytes());
		numbers.put(LAG, (status.lag() != null) ? status.lag().toNanos() / 1000 : -1);
		numbers.put(LOST, member.metrics().framesLost());
		numbers.put(DROPPED, Stream.of(FrameDropReason.values()).mapToLong(member.metrics()::framesDropped).sum());
		numbers.put(CONNECTIONS, (long) connections.size());
		if (collect) {
			numbers.put(HEAP, heap());
			numbers.put(DIRECT, direct());
		}
		return new NodeState(numbers,
				member.nodes().stream().map(ClusterNode::id).collect(Collectors.toCollection(TreeSet::new)));
	}

	private static long heap() {
		long least = Long.MAX_VALUE;
		for (int i = 0; i < COLLECTIONS; i++) {
			ManagementFactory.getMemoryMXBean().gc();
			least = Math.min(least, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
		}
		return least;
	}

	private static long direct() {
		return (ByteBufAllocator.DEFAULT instanceof ByteBufAllocatorMetricProvider provider)
				? provider.metric().usedDirectMemory() : 0;
	}

	static NodeState parse(String text) {
		String[] parts = text.split(" ", -1);
		Map<String, Long> numbers = new TreeMap<>();
		for (int i = 1; i < parts.length; i += 2) {
			numbers.put(parts[i], Long.parseLong(parts[i + 1]));
		}
		return new NodeState(numbers, Set.of(parts[0].split(",", -1)));
	}

	String text() {
		StringBuilder text = new StringBuilder(String.join(",", this.nodes));
		this.numbers.forEach((name, number) -> text.append(' ').append(name).append(' ').append(number));
		return text.toString();
	}

	long get(String name) {
		return this.numbers.getOrDefault(name, 0L);
	}

	/**
	 * True if pushes of all others reach all connections of the node.
	 */
	boolean isComplete() {
		return get(CONNECTED) == 1 && get(AWAITED) == 0;
	}

}

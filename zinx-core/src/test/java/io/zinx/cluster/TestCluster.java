package io.zinx.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Nodes on one in-process backplane, which end with the test. They have short times, so
 * that tests need not wait.
 */
final class TestCluster implements AutoCloseable {

	private final InProcessBackplane first = new InProcessBackplane();

	private final List<TestNode> nodes = new ArrayList<>();

	static ClusterSettings settings(String id) {
		return new ClusterSettings("test", id, Duration.ofMillis(200), Duration.ofSeconds(1), Duration.ofMillis(500),
				1 << 20, 1 << 20);
	}

	/**
	 * An end of the backplane for what is no node.
	 */
	InProcessBackplane end() {
		return this.first.anotherEnd();
	}

	TestNode node(String id) {
		return node("server", settings(id));
	}

	TestNode node(String serverName, ClusterSettings settings) {
		TestNode node = TestNode.start(serverName, settings, end());
		this.nodes.add(node);
		return node;
	}

	/**
	 * Nodes that know each other.
	 */
	List<TestNode> nodes(String... ids) {
		for (String id : ids) {
			node(id);
		}
		this.nodes.forEach((node) -> node.awaitNodes(this.nodes.size()));
		return List.copyOf(this.nodes);
	}

	@Override
	public void close() {
		this.nodes.forEach(TestNode::close);
	}

}

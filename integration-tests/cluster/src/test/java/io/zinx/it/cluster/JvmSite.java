package io.zinx.it.cluster;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

import io.zinx.cluster.Backplane;

/**
 * All nodes in this JVM.
 */
final class JvmSite implements Site {

	private final Supplier<Backplane> backplanes;

	private final List<JvmNode> nodes = new CopyOnWriteArrayList<>();

	/**
	 * Create a site.
	 * @param backplanes makes a backplane for each node
	 */
	JvmSite(Supplier<Backplane> backplanes) {
		this.backplanes = backplanes;
	}

	@Override
	public void start() {
	}

	@Override
	public Handle node(String id) {
		JvmNode node = new JvmNode(new Node(NodeMain.settings(id), this.backplanes.get()));
		this.nodes.add(node);
		return node;
	}

	@Override
	public void begin(Fault fault, List<NodeRun> nodes, NodeRun victim) {
		if (fault != Fault.RECONNECT) {
			throw new IllegalArgumentException(fault + " is one of processes");
		}
		this.nodes.forEach((node) -> node.node.reconnect());
	}

	@Override
	public void end(Fault fault, NodeRun victim) {
	}

	@Override
	public void close() {
		this.nodes.forEach(JvmNode::close);
	}

	private record JvmNode(Node node) implements Handle {

		JvmNode {
			node.start();
		}

		@Override
		public int port() {
			return this.node.port();
		}

		@Override
		public void close() {
			this.node.close();
		}

	}

}

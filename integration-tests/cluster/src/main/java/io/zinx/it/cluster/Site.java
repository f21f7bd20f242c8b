package io.zinx.it.cluster;

import java.io.IOException;
import java.util.List;

/**
 * The place where the nodes and what is between them run: processes, or this JVM.
 */
interface Site extends AutoCloseable {

	/**
	 * Start what is between the nodes.
	 */
	void start() throws IOException;

	/**
	 * Start a node; returns when users can connect.
	 * @param id its name
	 * @return the node
	 */
	Handle node(String id) throws IOException;

	/**
	 * Begin a fault.
	 * @param fault the fault
	 * @param nodes the nodes that run
	 * @param victim the node that is meant, for faults of one node
	 */
	void begin(Fault fault, List<NodeRun> nodes, NodeRun victim) throws IOException;

	/**
	 * End a fault.
	 * @param fault the fault
	 * @param victim as in {@link #begin}
	 */
	void end(Fault fault, NodeRun victim) throws IOException;

	@Override
	void close();

	/**
	 * A node.
	 */
	interface Handle extends AutoCloseable {

		/**
		 * The port that users connect to.
		 * @return the port
		 */
		int port();

		@Override
		void close();

	}

}

package io.zinx.cluster;

import io.zinx.connection.ConnManager;

/**
 * This node, as those see it who handle what arrives.
 *
 * @param server the name of its server
 * @param id its name
 * @param connections its connections
 * @param metrics its counters
 */
record LocalNode(String server, String id, ConnManager connections, ClusterMetrics metrics) {
}

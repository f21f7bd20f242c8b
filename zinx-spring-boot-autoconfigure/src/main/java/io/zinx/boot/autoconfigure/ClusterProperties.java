package io.zinx.boot.autoconfigure;

import java.time.Duration;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * Configuration properties of a server that is a node of a cluster.
 */
@ConfigurationProperties("zinx.cluster")
@SuppressWarnings("checkstyle:MissingJavadocMethod")
public class ClusterProperties {

	/**
	 * Whether the server is a node of a cluster, so that messages to keys, groups and all
	 * connections reach those of every node.
	 */
	private boolean enabled = false;

	/**
	 * Name of the cluster, the same on all of its nodes and on no others that use the
	 * same Redis. Defaults to the value of 'spring.application.name'. One of the two must
	 * be set.
	 */
	private @Nullable String name;

	/**
	 * Name of this node of the cluster, which no other node has. Random if not set.
	 */
	private @Nullable String nodeId;

	/**
	 * Time between two heartbeats between nodes, which tell the others that this one is
	 * there and how many connections it has.
	 */
	private Duration heartbeatInterval = Duration.ofSeconds(3);

	/**
	 * Time after which a node of the cluster that is not heard is forgotten. Must be more
	 * than zinx.cluster.heartbeat-interval.
	 */
	private Duration nodeTimeout = Duration.ofSeconds(10);

	/**
	 * Time after which the result of a message that the backplane has not acknowledged is
	 * 'unknown'.
	 */
	private Duration publishTimeout = Duration.ofMillis(500);

	/**
	 * Maximum size of the messages to other nodes that the backplane has not
	 * acknowledged. Above it the result of a message is 'unavailable'.
	 */
	private DataSize maxPending = DataSize.ofMegabytes(8);

	/**
	 * Maximum size of the messages that were received from other nodes and not delivered.
	 * Above it messages are dropped.
	 */
	private DataSize maxInbound = DataSize.ofMegabytes(16);

	/**
	 * Health of the server while the backplane, which connects the nodes of the cluster,
	 * is away.
	 */
	private Health health = Health.UP;

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

	public @Nullable String getName() {
		return this.name;
	}

	public void setName(@Nullable String name) {
		this.name = name;
	}

	public @Nullable String getNodeId() {
		return this.nodeId;
	}

	public void setNodeId(@Nullable String nodeId) {
		this.nodeId = nodeId;
	}

	public Duration getHeartbeatInterval() {
		return this.heartbeatInterval;
	}

	public void setHeartbeatInterval(Duration heartbeatInterval) {
		this.heartbeatInterval = heartbeatInterval;
	}

	public Duration getNodeTimeout() {
		return this.nodeTimeout;
	}

	public void setNodeTimeout(Duration nodeTimeout) {
		this.nodeTimeout = nodeTimeout;
	}

	public Duration getPublishTimeout() {
		return this.publishTimeout;
	}

	public void setPublishTimeout(Duration publishTimeout) {
		this.publishTimeout = publishTimeout;
	}

	public DataSize getMaxPending() {
		return this.maxPending;
	}

	public void setMaxPending(DataSize maxPending) {
		this.maxPending = maxPending;
	}

	public DataSize getMaxInbound() {
		return this.maxInbound;
	}

	public void setMaxInbound(DataSize maxInbound) {
		this.maxInbound = maxInbound;
	}

	public Health getHealth() {
		return this.health;
	}

	public void setHealth(Health health) {
		this.health = health;
	}

	/**
	 * Health of a server whose backplane is away.
	 */
	public enum Health {

		/** Clients are served, and messages reach this node only: UP, with details. */
		UP,

		/** DOWN, for an application that is of no use without the other nodes. */
		DOWN;

		@Override
		public String toString() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

}

package io.zinx.boot.autoconfigure;

import io.zinx.heartbeat.HeartbeatSettings;

/**
 * A bean that sets what no property can set for heartbeats: a function that creates their
 * bodies, a sender, a callback for dead clients. Called in order, after
 * {@code zinx.heartbeat.*} was applied and before any {@link ZinxServerCustomizer}.
 */
@FunctionalInterface
public interface ZinxHeartbeatCustomizer {

	/**
	 * Change the heartbeat.
	 * @param builder holds the values of the properties; its mode is
	 * {@link io.zinx.heartbeat.HeartbeatMode#OFF} if {@code zinx.heartbeat.mode} is not
	 * set
	 */
	void customize(HeartbeatSettings.Builder builder);

}

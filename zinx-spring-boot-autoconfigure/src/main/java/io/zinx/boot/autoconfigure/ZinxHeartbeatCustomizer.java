package io.zinx.boot.autoconfigure;

import io.zinx.heartbeat.HeartbeatSettings;

/**
 * A bean that says what no property can say of heartbeats: a function that makes their
 * bodies, a sender, what to do about a client that is silent. Called in order, after
 * {@code zinx.heartbeat.*} was applied and before any {@link ZinxServerCustomizer}.
 */
@FunctionalInterface
public interface ZinxHeartbeatCustomizer {

	/**
	 * Change the heartbeat.
	 * @param builder holds what the properties say; its mode is
	 * {@link io.zinx.heartbeat.HeartbeatMode#OFF} if {@code zinx.heartbeat.mode} is not
	 * set
	 */
	void customize(HeartbeatSettings.Builder builder);

}

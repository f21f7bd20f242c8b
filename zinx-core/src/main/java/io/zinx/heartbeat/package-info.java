/**
 * Heartbeats and timeouts of connections. Users type
 * {@link io.zinx.heartbeat.HeartbeatSettings}, {@link io.zinx.heartbeat.HeartbeatMode},
 * {@link io.zinx.heartbeat.IdleSettings} and {@link io.zinx.heartbeat.ReceiveTimeouts};
 * {@link io.zinx.heartbeat.Heartbeats} and {@link io.zinx.heartbeat.KeepAlive} are
 * internal.
 */
@NullMarked
package io.zinx.heartbeat;

import org.jspecify.annotations.NullMarked;

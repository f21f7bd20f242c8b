/**
 * Heartbeats, and the timeouts of silent peers. Users type
 * {@link io.zinx.heartbeat.HeartbeatSettings}, {@link io.zinx.heartbeat.HeartbeatMode},
 * {@link io.zinx.heartbeat.IdleSettings} and {@link io.zinx.heartbeat.ReceiveTimeouts};
 * the rest is internal.
 */
@NullMarked
package io.zinx.heartbeat;

import org.jspecify.annotations.NullMarked;

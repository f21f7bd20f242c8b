/**
 * Whether the peer is alive: {@link io.zinx.heartbeat.HeartbeatSettings} and
 * {@link io.zinx.heartbeat.IdleSettings}.
 */
@NullMarked
package io.zinx.heartbeat;

import org.jspecify.annotations.NullMarked;

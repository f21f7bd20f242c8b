/**
 * The server in the life of an application context: its start, its stop, its port and its
 * events. Users type {@link io.zinx.boot.context.ZinxServerStartedEvent},
 * {@link io.zinx.boot.context.ZinxServerStoppedEvent},
 * {@link io.zinx.boot.context.ConnectionOpenedEvent},
 * {@link io.zinx.boot.context.ConnectionClosedEvent},
 * {@link io.zinx.boot.context.ConnectionRejectedEvent},
 * {@link io.zinx.boot.context.ClusterNodeJoinedEvent},
 * {@link io.zinx.boot.context.ClusterNodeLeftEvent},
 * {@link io.zinx.boot.context.ClusterMessagesLostEvent},
 * {@link io.zinx.boot.context.ClusterConnectedEvent},
 * {@link io.zinx.boot.context.ClusterDisconnectedEvent},
 * {@link io.zinx.boot.context.ZinxServerLifecycle} and
 * {@link io.zinx.boot.context.ShutdownMode}; the rest is internal.
 */
@NullMarked
package io.zinx.boot.context;

import org.jspecify.annotations.NullMarked;

/**
 * The connections of a server. Users type {@link io.zinx.connection.Connection},
 * {@link io.zinx.connection.ConnManager}, which has all connections,
 * {@link io.zinx.connection.Group}, {@link io.zinx.connection.Recipients},
 * {@link io.zinx.connection.CloseReason}, {@link io.zinx.connection.RejectReason},
 * {@link io.zinx.connection.LateRequests}, the listeners
 * {@link io.zinx.connection.ConnectionListener},
 * {@link io.zinx.connection.RejectionListener} and
 * {@link io.zinx.connection.CloseCallback}, and the results of a send
 * {@link io.zinx.connection.SendResult}, {@link io.zinx.connection.BroadcastResult} and
 * {@link io.zinx.connection.SendFailedException}; the rest is internal.
 */
@NullMarked
package io.zinx.connection;

import org.jspecify.annotations.NullMarked;

/**
 * Connections and their end, groups and broadcasts. Users type
 * {@link io.zinx.connection.Connection}, the {@link io.zinx.connection.ConnManager} that
 * knows them all, {@link io.zinx.connection.Group},
 * {@link io.zinx.connection.Recipients}, {@link io.zinx.connection.CloseReason}, the
 * listeners and the results of a send. Internal are
 * {@link io.zinx.connection.ChannelConnection},
 * {@link io.zinx.connection.ConnectionRegistry} and what they are made with.
 */
@NullMarked
package io.zinx.connection;

import org.jspecify.annotations.NullMarked;

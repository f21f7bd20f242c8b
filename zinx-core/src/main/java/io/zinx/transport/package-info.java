/**
 * Bytes on a socket. Users type {@link io.zinx.transport.TransportSettings} and
 * {@link io.zinx.transport.ServerBindException}; {@link io.zinx.transport.Transport} and
 * the memory that sockets are read into are internal.
 */
@NullMarked
package io.zinx.transport;

import org.jspecify.annotations.NullMarked;

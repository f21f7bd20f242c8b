/**
 * Sockets and event loops. Users type {@link io.zinx.transport.TransportSettings} and
 * {@link io.zinx.transport.ServerBindException}; {@link io.zinx.transport.Transport} and
 * the read buffers are internal.
 */
@NullMarked
package io.zinx.transport;

import org.jspecify.annotations.NullMarked;

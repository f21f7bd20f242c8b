/**
 * Bytes on a socket: {@link io.zinx.transport.Transport} and its
 * {@link io.zinx.transport.TransportSettings}.
 */
@NullMarked
package io.zinx.transport;

import org.jspecify.annotations.NullMarked;

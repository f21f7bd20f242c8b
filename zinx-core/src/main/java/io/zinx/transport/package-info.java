/**
 * Bytes on a socket. Users type {@link io.zinx.transport.TransportSettings} and
 * {@link io.zinx.transport.ServerBindException}; the rest is internal.
 */
@NullMarked
package io.zinx.transport;

import org.jspecify.annotations.NullMarked;

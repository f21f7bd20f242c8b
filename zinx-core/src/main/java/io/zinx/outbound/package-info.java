/**
 * Outbound queues: ordered and bounded, from any thread to the socket. Users type
 * {@link io.zinx.outbound.OutboundSettings} and
 * {@link io.zinx.outbound.SlowConsumerPolicy}; the rest, from
 * {@link io.zinx.outbound.Outbound} on, is internal.
 */
@NullMarked
package io.zinx.outbound;

import org.jspecify.annotations.NullMarked;

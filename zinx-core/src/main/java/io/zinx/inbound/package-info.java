/**
 * The memory that received data may take until it is handled. Users type
 * {@link io.zinx.inbound.InboundSettings} and {@link io.zinx.inbound.InboundStatus}; the
 * rest is internal.
 */
@NullMarked
package io.zinx.inbound;

import org.jspecify.annotations.NullMarked;

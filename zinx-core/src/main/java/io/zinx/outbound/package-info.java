/**
 * How fast a connection takes what is sent to it: the ordered, bounded way of messages
 * from any thread to Netty, and {@link io.zinx.outbound.OutboundSettings}.
 */
@NullMarked
package io.zinx.outbound;

import org.jspecify.annotations.NullMarked;

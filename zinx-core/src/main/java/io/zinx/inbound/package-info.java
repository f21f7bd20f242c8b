/**
 * Bounds on memory for messages that were received and are not handled yet. Users type
 * {@link io.zinx.inbound.InboundSettings} and {@link io.zinx.inbound.InboundStatus};
 * {@link io.zinx.inbound.InboundBudget} is internal.
 */
@NullMarked
package io.zinx.inbound;

import org.jspecify.annotations.NullMarked;

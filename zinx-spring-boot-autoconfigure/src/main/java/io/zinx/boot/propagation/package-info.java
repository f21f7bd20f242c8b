/**
 * Context that is propagated by Micrometer. Internal: applications see
 * {@link io.zinx.boot.handler.ContextCarrier}.
 */
@NullMarked
package io.zinx.boot.propagation;

import org.jspecify.annotations.NullMarked;

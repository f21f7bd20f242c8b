/**
 * Routers made of handler methods: {@link io.zinx.boot.handler.invoke.HandlerMethods}
 * finds out at the start what parameters and results mean, {@code MethodRouter} then
 * calls. Internal: applications see {@link io.zinx.boot.handler}.
 */
@NullMarked
package io.zinx.boot.handler.invoke;

import org.jspecify.annotations.NullMarked;

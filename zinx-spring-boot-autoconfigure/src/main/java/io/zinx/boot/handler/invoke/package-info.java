/**
 * Internal: routers of handler methods.
 * {@link io.zinx.boot.handler.invoke.HandlerMethods} resolves parameters and results at
 * startup, {@code MethodRouter} calls the methods; may change in any release.
 */
@NullMarked
package io.zinx.boot.handler.invoke;

import org.jspecify.annotations.NullMarked;

/**
 * Methods that answer messages: what their parameters and results mean. Start with
 * {@link io.zinx.boot.handler.Payload}; {@link io.zinx.boot.handler.HandlerMethods} makes
 * routers of them.
 */
@NullMarked
package io.zinx.boot.handler;

import org.jspecify.annotations.NullMarked;

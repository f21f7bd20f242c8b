/**
 * Methods that answer messages, as an application writes them: what their parameters and
 * results mean. Start with {@link io.zinx.boot.handler.Payload}; what calls them lies in
 * {@link io.zinx.boot.handler.invoke}.
 */
@NullMarked
package io.zinx.boot.handler;

import org.jspecify.annotations.NullMarked;

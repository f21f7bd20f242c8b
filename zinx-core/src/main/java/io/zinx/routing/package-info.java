/**
 * Routers, middleware and interceptors: {@link io.zinx.routing.Router},
 * {@link io.zinx.routing.Request} and the table of {@link io.zinx.routing.Routes}.
 */
@NullMarked
package io.zinx.routing;

import org.jspecify.annotations.NullMarked;

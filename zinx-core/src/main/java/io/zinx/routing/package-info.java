/**
 * The code that answers messages, and the table of it. Users type
 * {@link io.zinx.routing.Router}, {@link io.zinx.routing.BaseRouter},
 * {@link io.zinx.routing.AsyncRouter}, {@link io.zinx.routing.Request},
 * {@link io.zinx.routing.HandleStep}, {@link io.zinx.routing.RouterFunction},
 * {@link io.zinx.routing.Interceptor}, {@link io.zinx.routing.Middlewares},
 * {@link io.zinx.routing.Execution}, {@link io.zinx.routing.RouteRegistry},
 * {@link io.zinx.routing.RouteGroup}, {@link io.zinx.routing.Routes},
 * {@link io.zinx.routing.Route}, {@link io.zinx.routing.RouteRange}, and the exceptions
 * {@link io.zinx.routing.DuplicateRouteException},
 * {@link io.zinx.routing.OverlappingRangesException} and
 * {@link io.zinx.routing.InvalidRouteException}; the rest is internal.
 */
@NullMarked
package io.zinx.routing;

import org.jspecify.annotations.NullMarked;

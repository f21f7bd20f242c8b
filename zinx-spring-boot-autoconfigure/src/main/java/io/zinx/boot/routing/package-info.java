/**
 * The registration of routers that are Spring beans. Users type
 * {@link io.zinx.boot.routing.ZinxRouter}, {@link io.zinx.boot.routing.ZinxIntercept},
 * {@link io.zinx.boot.routing.ZinxRouteRegistrar} and
 * {@link io.zinx.boot.routing.InvalidRouterBeanException}; the rest is internal.
 */
@NullMarked
package io.zinx.boot.routing;

import org.jspecify.annotations.NullMarked;

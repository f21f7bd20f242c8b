/**
 * How routers that are Spring beans come into the server: {@code @ZinxRouter} and
 * {@code ZinxRouteRegistrar}. The annotations, {@code ZinxRouteRegistrar} and
 * {@code InvalidRouterBeanException} are what applications type; the rest is internal.
 */
@NullMarked
package io.zinx.boot.routing;

import org.jspecify.annotations.NullMarked;

/**
 * How routers that are Spring beans come into the server: {@code @ZinxRouter} and
 * {@code ZinxRouteRegistrar}.
 */
@NullMarked
package io.zinx.boot.routing;

import org.jspecify.annotations.NullMarked;

/**
 * The auto-configuration of the actuator endpoint. Users type
 * {@link io.zinx.boot.autoconfigure.endpoint.ZinxEndpointAutoConfiguration}, to exclude
 * it; the rest is internal.
 */
@NullMarked
package io.zinx.boot.autoconfigure.endpoint;

import org.jspecify.annotations.NullMarked;

/**
 * The auto-configuration of observations. Users type
 * {@link io.zinx.boot.autoconfigure.observation.ZinxObservationAutoConfiguration}, to
 * exclude it; the rest is internal.
 */
@NullMarked
package io.zinx.boot.autoconfigure.observation;

import org.jspecify.annotations.NullMarked;

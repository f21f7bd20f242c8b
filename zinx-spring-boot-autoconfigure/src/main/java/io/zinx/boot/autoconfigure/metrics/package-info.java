/**
 * The auto-configuration of the meters. Users type
 * {@link io.zinx.boot.autoconfigure.metrics.ZinxMetricsAutoConfiguration}, to exclude it;
 * the rest is internal.
 */
@NullMarked
package io.zinx.boot.autoconfigure.metrics;

import org.jspecify.annotations.NullMarked;

/**
 * The auto-configuration of the meters. Users type
 * {@link io.zinx.boot.autoconfigure.metrics.ZinxMetricsAutoConfiguration} and
 * {@link io.zinx.boot.autoconfigure.metrics.ZinxClusterMetricsAutoConfiguration}, to
 * exclude them; the rest is internal.
 */
@NullMarked
package io.zinx.boot.autoconfigure.metrics;

import org.jspecify.annotations.NullMarked;

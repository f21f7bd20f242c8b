/**
 * Counters: {@link io.zinx.metrics.ServerMetrics}, with plain JDK types, read from any
 * thread.
 */
@NullMarked
package io.zinx.metrics;

import org.jspecify.annotations.NullMarked;

/**
 * What is counted: {@link io.zinx.metrics.ServerMetrics}, plain JDK types, read from any
 * thread.
 */
@NullMarked
package io.zinx.metrics;

import org.jspecify.annotations.NullMarked;

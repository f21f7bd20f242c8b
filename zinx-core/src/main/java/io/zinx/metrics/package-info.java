/**
 * The counters of a server, in plain JDK types that any thread may read. Users type
 * {@link io.zinx.metrics.ServerMetrics}, {@link io.zinx.metrics.HandlerCounters},
 * {@link io.zinx.metrics.HandlerOutcome}, {@link io.zinx.metrics.HandlerTimeListener},
 * {@link io.zinx.metrics.QueueWait}, {@link io.zinx.metrics.HandshakeResult},
 * {@link io.zinx.metrics.DropReason} and {@link io.zinx.metrics.HandlerTiming}; the rest
 * is internal.
 */
@NullMarked
package io.zinx.metrics;

import org.jspecify.annotations.NullMarked;

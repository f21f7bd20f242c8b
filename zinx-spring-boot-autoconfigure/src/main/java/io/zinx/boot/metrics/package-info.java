/**
 * The counters of the server as Micrometer meters. Users type
 * {@link io.zinx.boot.metrics.ZinxMeters}, the list of them; the rest is internal.
 */
@NullMarked
package io.zinx.boot.metrics;

import org.jspecify.annotations.NullMarked;

/**
 * What the server counts, as Micrometer meters; {@code ZinxMeters} has the list.
 */
@NullMarked
package io.zinx.boot.metrics;

import org.jspecify.annotations.NullMarked;

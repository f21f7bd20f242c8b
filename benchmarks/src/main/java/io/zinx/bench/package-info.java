/**
 * Servers to be measured as a whole, and {@link io.zinx.bench.Compare}, which measures
 * them against hand-written Netty.
 */
@NullMarked
package io.zinx.bench;

import org.jspecify.annotations.NullMarked;

/**
 * Context that is propagated by Micrometer.
 */
@NullMarked
package io.zinx.boot.propagation;

import org.jspecify.annotations.NullMarked;

/**
 * Wiring of the meters.
 */
@NullMarked
package io.zinx.boot.autoconfigure.metrics;

import org.jspecify.annotations.NullMarked;

/**
 * Wiring of observations.
 */
@NullMarked
package io.zinx.boot.autoconfigure.observation;

import org.jspecify.annotations.NullMarked;

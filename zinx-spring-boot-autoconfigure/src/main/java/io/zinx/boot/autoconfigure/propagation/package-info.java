/**
 * Wiring of context propagation.
 */
@NullMarked
package io.zinx.boot.autoconfigure.propagation;

import org.jspecify.annotations.NullMarked;

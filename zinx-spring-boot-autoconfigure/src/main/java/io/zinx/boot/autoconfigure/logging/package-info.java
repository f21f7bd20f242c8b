/**
 * Wiring of the log context.
 */
@NullMarked
package io.zinx.boot.autoconfigure.logging;

import org.jspecify.annotations.NullMarked;

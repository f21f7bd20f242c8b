/**
 * Wiring of the health indicator.
 */
@NullMarked
package io.zinx.boot.autoconfigure.health;

import org.jspecify.annotations.NullMarked;

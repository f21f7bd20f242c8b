/**
 * Servers to be measured as a whole, from outside.
 */
@NullMarked
package io.zinx.bench;

import org.jspecify.annotations.NullMarked;

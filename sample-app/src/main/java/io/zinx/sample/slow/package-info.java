/**
 * A slow handler to try things with.
 */
@NullMarked
package io.zinx.sample.slow;

import org.jspecify.annotations.NullMarked;

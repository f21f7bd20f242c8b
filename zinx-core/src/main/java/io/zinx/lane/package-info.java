/**
 * Internal: the messages of one connection in order. A {@link io.zinx.lane.Lane} takes
 * frames from the reading side and has them handled one at a time; may change in any
 * release.
 */
@NullMarked
package io.zinx.lane;

import org.jspecify.annotations.NullMarked;

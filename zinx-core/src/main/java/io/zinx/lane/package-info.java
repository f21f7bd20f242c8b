/**
 * Lanes, which keep the messages of one connection in order: a {@link io.zinx.lane.Lane}
 * takes frames from the reading side and has them handled one at a time. Internal: no
 * user types a name of this package.
 */
@NullMarked
package io.zinx.lane;

import org.jspecify.annotations.NullMarked;

/**
 * The one start/stop state machine: {@link io.zinx.lifecycle.StartStop}.
 */
@NullMarked
package io.zinx.lifecycle;

import org.jspecify.annotations.NullMarked;

/**
 * The state machine of start and stop. Users type
 * {@link io.zinx.lifecycle.StartStop.State}; the rest is internal.
 */
@NullMarked
package io.zinx.lifecycle;

import org.jspecify.annotations.NullMarked;

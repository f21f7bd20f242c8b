/**
 * The threads that run lanes: a {@link io.zinx.worker.LaneRunner} is a worker, the
 * threads of mode {@code bind}, or an event loop. Users type
 * {@link io.zinx.worker.RunningHandler}; the rest is internal.
 */
@NullMarked
package io.zinx.worker;

import org.jspecify.annotations.NullMarked;

/**
 * The threads that handle messages: the combination of lanes and workers. Users type
 * {@link io.zinx.dispatch.WorkerMode} and {@link io.zinx.dispatch.WorkerSettings}, and
 * read {@link io.zinx.dispatch.WorkerStatus}; {@link io.zinx.dispatch.Dispatcher} is
 * internal.
 */
@NullMarked
package io.zinx.dispatch;

import org.jspecify.annotations.NullMarked;

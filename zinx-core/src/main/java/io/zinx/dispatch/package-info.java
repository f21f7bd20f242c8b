/**
 * On which thread a message is handled: puts lanes and workers together. Users type
 * {@link io.zinx.dispatch.WorkerMode} and {@link io.zinx.dispatch.WorkerSettings}, and
 * read {@link io.zinx.dispatch.WorkerStatus}; {@link io.zinx.dispatch.Dispatcher} is
 * internal.
 */
@NullMarked
package io.zinx.dispatch;

import org.jspecify.annotations.NullMarked;

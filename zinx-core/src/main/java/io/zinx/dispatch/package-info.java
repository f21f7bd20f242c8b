/**
 * The choice of the thread on which a message is handled: puts lanes and workers
 * together. Users type {@link io.zinx.dispatch.WorkerMode},
 * {@link io.zinx.dispatch.WorkerSettings} and {@link io.zinx.dispatch.WorkerStatus}; the
 * rest is internal.
 */
@NullMarked
package io.zinx.dispatch;

import org.jspecify.annotations.NullMarked;

/**
 * On which thread a message is handled: {@link io.zinx.dispatch.WorkerMode} and
 * {@link io.zinx.dispatch.WorkerSettings}.
 */
@NullMarked
package io.zinx.dispatch;

import org.jspecify.annotations.NullMarked;

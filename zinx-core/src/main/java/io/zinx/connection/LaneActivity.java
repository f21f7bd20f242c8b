package io.zinx.connection;

import org.jspecify.annotations.Nullable;

/**
 * The work that a lane is at, at one moment. Equal to another one if nothing has gone on
 * in between, as far as can be seen without a lock.
 *
 * @param thread the thread inside the lane
 * @param task the task, compared by identity; {@code null} in between two tasks
 * @param position the place of the message in its batch; -1 for a hook or task
 * @param msgId the number of the message; -1 for a hook or task
 */
public record LaneActivity(Thread thread, @Nullable Object task, int position, long msgId) {
}

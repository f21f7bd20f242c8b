package io.zinx.connection;

import org.jspecify.annotations.Nullable;

/**
 * A snapshot of the current work of a lane. Two snapshots are equal if the lane made no
 * progress in between, as far as can be seen without a lock.
 *
 * @param thread the thread inside the lane
 * @param task the task, compared by identity; {@code null} in between two tasks
 * @param position the position of the message in its batch; -1 for a listener or task
 * @param msgId the number of the message; -1 for a listener or task
 */
public record LaneActivity(Thread thread, @Nullable Object task, int position, long msgId) {
}

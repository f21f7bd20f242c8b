package io.zinx.worker;

import java.time.Duration;

/**
 * A router, hook or task of the application that is at work.
 *
 * @param connId on whose connection
 * @param msgId the number of the message it handles; -1 for a hook or task
 * @param thread the name of its thread
 * @param forAtLeast how long it has been at work: looked at once a second, so it may be a
 * second longer
 */
public record RunningHandler(long connId, long msgId, String thread, Duration forAtLeast) {
}

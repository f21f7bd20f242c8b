package io.zinx.sample.chat;

/**
 * The reply to an invalid request.
 *
 * @param error the reason, for people to read
 */
record Problem(String error) {

}

package io.zinx.sample.chat;

/**
 * What a user has done wrong.
 *
 * @param error for people to read
 */
record Problem(String error) {

}

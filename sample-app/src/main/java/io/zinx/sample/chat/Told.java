package io.zinx.sample.chat;

/**
 * The message to a user that another one tells something.
 *
 * @param from the name of the other user
 * @param text the text
 */
record Told(String from, String text) {

}

package io.zinx.sample.chat;

/**
 * The message to all in a room that a user has said something.
 *
 * @param room the name of the room
 * @param user the name of the user
 * @param text the text
 */
record ChatMessage(String room, String user, String text) {

}

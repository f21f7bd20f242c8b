package io.zinx.sample.chat;

/**
 * The message to all in a room that a user has joined or left.
 *
 * @param room the name of the room
 * @param user the name of the user
 * @param event {@code joined} or {@code left}
 */
record Presence(String room, String user, String event) {

}

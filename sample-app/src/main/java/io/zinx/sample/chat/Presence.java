package io.zinx.sample.chat;

/**
 * A user comes or goes, for all in the room.
 *
 * @param room where
 * @param user who
 * @param event {@code joined} or {@code left}
 */
record Presence(String room, String user, String event) {

}

package io.zinx.sample.chat;

/**
 * What a user has said, for all in the room.
 *
 * @param room where
 * @param user who
 * @param text the words
 */
record Said(String room, String user, String text) {

}

package io.zinx.sample.chat;

/**
 * The place to which the page of the chat connects, on the host that the page is from.
 *
 * @param port the port
 */
record Server(int port) {

}

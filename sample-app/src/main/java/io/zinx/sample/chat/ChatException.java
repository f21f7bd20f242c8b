package io.zinx.sample.chat;

/**
 * Thrown when a request is not possible. The message is for the user.
 */
class ChatException extends RuntimeException {

	ChatException(String message) {
		super(message);
	}

}

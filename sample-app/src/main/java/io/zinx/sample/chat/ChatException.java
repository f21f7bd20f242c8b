package io.zinx.sample.chat;

/**
 * A user wants what cannot be. The message is for the user.
 */
class ChatException extends RuntimeException {

	ChatException(String message) {
		super(message);
	}

}

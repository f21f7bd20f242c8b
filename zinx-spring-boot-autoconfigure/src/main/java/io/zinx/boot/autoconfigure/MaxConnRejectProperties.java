package io.zinx.boot.autoconfigure;

import org.jspecify.annotations.Nullable;

/**
 * Properties of the message to clients that are rejected because the server is full.
 */
@SuppressWarnings("checkstyle:MissingJavadocMethod")
public class MaxConnRejectProperties {

	/**
	 * Message number of the message to a client that is rejected because the server is
	 * full. Required with 'zinx.max-conn-policy=reject-message'.
	 */
	private @Nullable Long msgId;

	/**
	 * Text of the message to a client that is rejected because the server is full, in
	 * UTF-8.
	 */
	private String text = "";

	public @Nullable Long getMsgId() {
		return this.msgId;
	}

	public void setMsgId(@Nullable Long msgId) {
		this.msgId = msgId;
	}

	public String getText() {
		return this.text;
	}

	public void setText(String text) {
		this.text = text;
	}

}

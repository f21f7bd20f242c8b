package io.zinx.boot.autoconfigure;

import org.jspecify.annotations.Nullable;

/**
 * The message of policy reject-message.
 */
@SuppressWarnings("checkstyle:MissingJavadocMethod")
public class MaxConnRejectProperties {

	/**
	 * Message number of what a client gets that finds no free slot, with max-conn-policy
	 * 'reject-message', which needs it.
	 */
	private @Nullable Long msgId;

	/**
	 * Body of that message, in UTF-8.
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

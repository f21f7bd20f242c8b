package io.zinx.boot.autoconfigure;

import io.zinx.session.DuplicateLogin;
import org.jspecify.annotations.Nullable;

/**
 * Properties of the keys of connections.
 */
@SuppressWarnings("checkstyle:MissingJavadocMethod")
public class SessionProperties {

	/**
	 * Action to take when a key is bound, for example because a user logs in, while
	 * another open connection holds it.
	 */
	private DuplicateLogin duplicateLogin = DuplicateLogin.KICK_OLD;

	private final Kick kick = new Kick();

	private final Replaced replaced = new Replaced();

	public DuplicateLogin getDuplicateLogin() {
		return this.duplicateLogin;
	}

	public void setDuplicateLogin(DuplicateLogin duplicateLogin) {
		this.duplicateLogin = duplicateLogin;
	}

	public Kick getKick() {
		return this.kick;
	}

	public Replaced getReplaced() {
		return this.replaced;
	}

	/**
	 * Last message to a client that is kicked.
	 */
	public static class Kick {

		/**
		 * Message number of the last message to a client that is kicked. No message is
		 * sent if not set. Ignored if there is a bean of type Goodbye.
		 */
		private @Nullable Long msgId;

		/**
		 * Text of the last message to a client that is kicked, in UTF-8.
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

	/**
	 * Last message to a client that is replaced by a newer login.
	 */
	public static class Replaced {

		/**
		 * Message number of the last message to a client that is replaced by a newer
		 * login, with 'zinx.session.duplicate-login=kick-old'. Defaults to
		 * zinx.session.kick.msg-id. Ignored if there is a bean of type Goodbye.
		 */
		private @Nullable Long msgId;

		/**
		 * Text of the last message to a client that is replaced by a newer login, in
		 * UTF-8. Defaults to zinx.session.kick.text.
		 */
		private @Nullable String text;

		public @Nullable Long getMsgId() {
			return this.msgId;
		}

		public void setMsgId(@Nullable Long msgId) {
			this.msgId = msgId;
		}

		public @Nullable String getText() {
			return this.text;
		}

		public void setText(@Nullable String text) {
			this.text = text;
		}

	}

}

package io.zinx.admission;

import java.util.Objects;

import io.zinx.InvalidSettingException;
import io.zinx.message.Message;
import io.zinx.session.DuplicateLogin;
import org.jspecify.annotations.Nullable;

/**
 * The policies for a full server and for duplicate logins, and the last messages to
 * clients.
 *
 * @param duplicateLogin the policy for a key that is bound while another connection holds
 * it
 * @param maxConnPolicy the policy for clients that find no free slot
 * @param maxConnReject their message with policy {@code reject-message}, otherwise
 * {@code null}
 * @param kick the last message to a client that is kicked; {@code null}, the default, for
 * none
 * @param replaced the last message to a client that is replaced by a newer login;
 * {@code null}, the default, for that of a kick
 */
public record ConnectionSettings(DuplicateLogin duplicateLogin, MaxConnPolicy maxConnPolicy,
		@Nullable Message maxConnReject, @Nullable Message kick, @Nullable Message replaced) {

	/** The defaults: {@link DuplicateLogin#KICK_OLD}, {@link MaxConnPolicy#CLOSE}. */
	public static final ConnectionSettings DEFAULTS = new ConnectionSettings(DuplicateLogin.KICK_OLD,
			MaxConnPolicy.CLOSE, null);

	public ConnectionSettings {
		Objects.requireNonNull(duplicateLogin, "duplicateLogin");
		boolean tells = maxConnPolicy == MaxConnPolicy.REJECT_MESSAGE;
		if (tells != (maxConnReject != null)) {
			throw new InvalidSettingException("max-conn-reject.msg-id",
					(maxConnReject != null) ? maxConnReject.msgId() : null,
					(tells ? "set" : "not set") + " with max-conn-policy=" + maxConnPolicy);
		}
	}

	/**
	 * Create settings without last messages.
	 * @param duplicateLogin the policy for a key that is bound while another connection
	 * holds it
	 * @param maxConnPolicy the policy for clients that find no free slot
	 * @param maxConnReject their message with policy {@code reject-message}, otherwise
	 * {@code null}
	 */
	public ConnectionSettings(DuplicateLogin duplicateLogin, MaxConnPolicy maxConnPolicy,
			@Nullable Message maxConnReject) {
		this(duplicateLogin, maxConnPolicy, maxConnReject, null, null);
	}

	/**
	 * Return these settings with another policy for duplicate logins.
	 * @param duplicateLogin the policy for a key that is bound while another connection
	 * holds it
	 * @return new settings
	 */
	public ConnectionSettings withDuplicateLogin(DuplicateLogin duplicateLogin) {
		return new ConnectionSettings(duplicateLogin, this.maxConnPolicy, this.maxConnReject, this.kick, this.replaced);
	}

	/**
	 * Return these settings with another policy for clients that find no free slot.
	 * @param maxConnPolicy {@link MaxConnPolicy#CLOSE} or {@link MaxConnPolicy#WAIT}
	 * @return new settings
	 */
	public ConnectionSettings withMaxConnPolicy(MaxConnPolicy maxConnPolicy) {
		return new ConnectionSettings(this.duplicateLogin, maxConnPolicy, null, this.kick, this.replaced);
	}

	/**
	 * Return these settings with policy {@link MaxConnPolicy#REJECT_MESSAGE}.
	 * @param maxConnReject the message to clients that find no free slot
	 * @return new settings
	 */
	public ConnectionSettings withMaxConnReject(Message maxConnReject) {
		return new ConnectionSettings(this.duplicateLogin, MaxConnPolicy.REJECT_MESSAGE, maxConnReject, this.kick,
				this.replaced);
	}

	/**
	 * Return these settings with other last messages.
	 * @param kick the message to a client that is kicked; {@code null} for none
	 * @param replaced the message to a client that is replaced by a newer login;
	 * {@code null} for that of a kick
	 * @return new settings
	 */
	public ConnectionSettings withLastMessages(@Nullable Message kick, @Nullable Message replaced) {
		return new ConnectionSettings(this.duplicateLogin, this.maxConnPolicy, this.maxConnReject, kick, replaced);
	}

}

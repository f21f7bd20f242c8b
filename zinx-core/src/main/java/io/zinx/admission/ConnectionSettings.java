package io.zinx.admission;

import java.util.Objects;

import io.zinx.InvalidSettingException;
import io.zinx.message.Message;
import io.zinx.session.DuplicateLogin;
import org.jspecify.annotations.Nullable;

/**
 * What a server is told about its connections.
 *
 * @param duplicateLogin what happens when a key is bound that another connection holds
 * @param maxConnPolicy what becomes of clients that find no free slot
 * @param maxConnReject the message they get with policy {@code reject-message}, else
 * {@code null}
 * @param kick the last message to who is kicked; {@code null}, the default, for none
 * @param replaced the last message to who is replaced by a newer login; {@code null}, the
 * default, for the same as a kick
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
					(tells ? "set" : "not set") + " with max-conn-policy " + maxConnPolicy);
		}
	}

	/**
	 * Settings without last messages.
	 * @param duplicateLogin what happens when a key is bound that another connection
	 * holds
	 * @param maxConnPolicy what becomes of clients that find no free slot
	 * @param maxConnReject the message they get with policy {@code reject-message}, else
	 * {@code null}
	 */
	public ConnectionSettings(DuplicateLogin duplicateLogin, MaxConnPolicy maxConnPolicy,
			@Nullable Message maxConnReject) {
		this(duplicateLogin, maxConnPolicy, maxConnReject, null, null);
	}

	/**
	 * The same with another policy for keys.
	 * @param duplicateLogin what happens when a key is bound that another connection
	 * holds
	 * @return new settings
	 */
	public ConnectionSettings withDuplicateLogin(DuplicateLogin duplicateLogin) {
		return new ConnectionSettings(duplicateLogin, this.maxConnPolicy, this.maxConnReject, this.kick, this.replaced);
	}

	/**
	 * The same with another policy for clients that find no free slot.
	 * @param maxConnPolicy {@link MaxConnPolicy#CLOSE} or {@link MaxConnPolicy#WAIT}
	 * @return new settings
	 */
	public ConnectionSettings withMaxConnPolicy(MaxConnPolicy maxConnPolicy) {
		return new ConnectionSettings(this.duplicateLogin, maxConnPolicy, null, this.kick, this.replaced);
	}

	/**
	 * The same with {@link MaxConnPolicy#REJECT_MESSAGE}.
	 * @param maxConnReject what clients get that find no free slot
	 * @return new settings
	 */
	public ConnectionSettings withMaxConnReject(Message maxConnReject) {
		return new ConnectionSettings(this.duplicateLogin, MaxConnPolicy.REJECT_MESSAGE, maxConnReject, this.kick,
				this.replaced);
	}

	/**
	 * The same with last messages.
	 * @param kick to who is kicked; {@code null} for none
	 * @param replaced to who is replaced by a newer login; {@code null} for the same as a
	 * kick
	 * @return new settings
	 */
	public ConnectionSettings withLastMessages(@Nullable Message kick, @Nullable Message replaced) {
		return new ConnectionSettings(this.duplicateLogin, this.maxConnPolicy, this.maxConnReject, kick, replaced);
	}

}

package io.zinx.admission;

import io.zinx.InvalidSettingException;
import io.zinx.message.Message;
import io.zinx.session.DuplicateLogin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

class ConnectionSettingsTests {

	private static final Message FULL = new Message(503, new byte[] { 'f', 'u', 'l', 'l' });

	@Test
	void aMessageIsNeededByThePolicyThatSendsOne() {
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> new ConnectionSettings(DuplicateLogin.ALLOW, MaxConnPolicy.REJECT_MESSAGE, null))
			.withMessage("max-conn-reject.msg-id: null (expected: set with max-conn-policy=reject-message)");
	}

	@ParameterizedTest
	@EnumSource(value = MaxConnPolicy.class, names = "REJECT_MESSAGE", mode = EnumSource.Mode.EXCLUDE)
	void aMessageIsRefusedWithEveryOtherPolicy(MaxConnPolicy policy) {
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> new ConnectionSettings(DuplicateLogin.ALLOW, policy, FULL))
			.withMessage("max-conn-reject.msg-id: 503 (expected: not set with max-conn-policy=" + policy + ")");
	}

	@Test
	@SuppressWarnings("NullAway")
	void aPolicyForKeysIsNeeded() {
		assertThatNullPointerException().isThrownBy(() -> ConnectionSettings.DEFAULTS.withDuplicateLogin(null))
			.withMessage("duplicateLogin");
	}

	@Test
	void whatIsChangedLeavesTheRestAsItWas() {
		ConnectionSettings settings = ConnectionSettings.DEFAULTS.withDuplicateLogin(DuplicateLogin.REJECT_NEW)
			.withMaxConnReject(FULL);
		assertThat(settings)
			.isEqualTo(new ConnectionSettings(DuplicateLogin.REJECT_NEW, MaxConnPolicy.REJECT_MESSAGE, FULL));
		assertThat(settings.withDuplicateLogin(DuplicateLogin.ALLOW).maxConnReject()).isSameAs(FULL);
	}

	@Test
	void lastMessagesStayWhateverElseIsChanged() {
		ConnectionSettings settings = ConnectionSettings.DEFAULTS.withLastMessages(FULL, null)
			.withDuplicateLogin(DuplicateLogin.ALLOW)
			.withMaxConnReject(FULL)
			.withMaxConnPolicy(MaxConnPolicy.WAIT);
		assertThat(settings.kick()).isSameAs(FULL);
		assertThat(settings.replaced()).isNull();
		assertThat(settings)
			.isEqualTo(new ConnectionSettings(DuplicateLogin.ALLOW, MaxConnPolicy.WAIT, null, FULL, null));
	}

	@Test
	void anotherPolicyForFullServersForgetsTheMessage() {
		assertThat(ConnectionSettings.DEFAULTS.withMaxConnReject(FULL).withMaxConnPolicy(MaxConnPolicy.WAIT))
			.isEqualTo(ConnectionSettings.DEFAULTS.withMaxConnPolicy(MaxConnPolicy.WAIT));
	}

}

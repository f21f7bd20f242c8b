package io.zinx.message;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

class MessageTests {

	private static final byte[] BODY = { 1 };

	@ParameterizedTest
	@ValueSource(longs = { 0, 1, 0x8000_0000L, 0xFFFF_FFFFL })
	void everyUnsignedNumberOf32BitsIsAMessageNumber(long msgId) {
		assertThat(Message.isMsgId(msgId)).isTrue();
		assertThat(Message.requireMsgId(msgId)).isEqualTo(msgId);
		assertThat(new Message(msgId, BODY).msgId()).isEqualTo(msgId);
	}

	@ParameterizedTest
	@ValueSource(longs = { -1, 0x1_0000_0000L, Integer.MIN_VALUE, Long.MAX_VALUE, Long.MIN_VALUE })
	void anyOtherNumberIsRefusedWithWhatIsAllowed(long msgId) {
		assertThat(Message.isMsgId(msgId)).isFalse();
		assertThatIllegalArgumentException().isThrownBy(() -> Message.requireMsgId(msgId))
			.withMessage("msgId: " + msgId + " (expected: 0 to 4294967295)");
		assertThatIllegalArgumentException().isThrownBy(() -> new Message(msgId, BODY));
	}

	@Test
	void theBodyMayBeEmptyButMustBeThereAndIsNotCopied() {
		assertThat(new Message(1, BODY).body()).isSameAs(BODY);
		assertThat(new Message(1, new byte[0]).body()).isEmpty();
		assertThatNullPointerException().isThrownBy(() -> new Message(1, none())).withMessage("body");
	}

	@SuppressWarnings("NullAway")
	private static byte[] none() {
		return null;
	}

}

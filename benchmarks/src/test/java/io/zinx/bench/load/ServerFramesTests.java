package io.zinx.bench.load;

import java.nio.ByteBuffer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class ServerFramesTests {

	private static final int BINARY = 0x82;

	private final ServerFrames frames = new ServerFrames();

	/**
	 * With lengths of one, two and eight bytes.
	 */
	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 72, 125, 126, 127, 1032, 65_535, 65_536, 70_000 })
	void removesTheHeadOfAMessageOfEachLength(int length) {
		byte[] payload = payload(length);
		ByteBuffer bytes = ByteBuffer.allocate(2 * length + 20).put(frame(payload)).put(frame(payload));
		this.frames.unwrap(bytes, 0);
		assertThat(remaining(bytes)).isEqualTo(twice(payload));
		assertThat(this.frames.isClosed()).isFalse();
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 72, 126, 300 })
	void putsTogetherWhatArrivesInTwoParts(int length) {
		byte[] both = twice(frame(payload(length)));
		for (int split = 0; split <= both.length; split++) {
			ByteBuffer bytes = ByteBuffer.allocate(both.length);
			this.frames.unwrap(bytes.put(both, 0, split), 0);
			int place = bytes.position();
			this.frames.unwrap(bytes.put(both, split, both.length - split), place);
			assertThat(remaining(bytes)).as("split at %d", split).isEqualTo(twice(payload(length)));
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 5, 200, 65_536 })
	void putsTogetherWhatArrivesByteByByte(int length) {
		byte[] frame = frame(payload(length));
		ByteBuffer bytes = ByteBuffer.allocate(frame.length);
		for (byte each : frame) {
			int place = bytes.position();
			this.frames.unwrap(bytes.put(each), place);
		}
		assertThat(remaining(bytes)).isEqualTo(payload(length));
	}

	@Test
	void leavesWhatWasInTheBufferBefore() {
		ByteBuffer bytes = ByteBuffer.allocate(100).put((byte) 1).put(frame(new byte[] { 2, 3 }));
		this.frames.unwrap(bytes, 1);
		assertThat(remaining(bytes)).containsExactly(1, 2, 3);
	}

	@Test
	void endsWithAFrameThatCloses() {
		ByteBuffer bytes = ByteBuffer.allocate(100).put(frame(payload(3))).put(new byte[] { (byte) 0x88, 2, 3, -24 });
		this.frames.unwrap(bytes, 0);
		assertThat(remaining(bytes)).isEqualTo(payload(3));
		assertThat(this.frames.isClosed()).isTrue();
	}

	/**
	 * A text, a beginning, a continuation, a ping, a compressed message.
	 */
	@ParameterizedTest
	@ValueSource(ints = { 0x81, 0x02, 0x80, 0x89, 0xC2 })
	void refusesWhatIsNoWholeBinaryMessage(int first) {
		ByteBuffer bytes = ByteBuffer.allocate(10).put((byte) first).put((byte) 0);
		assertThatIllegalStateException().isThrownBy(() -> this.frames.unwrap(bytes, 0))
			.withMessageEndingWith("0x" + Integer.toHexString(first));
	}

	@Test
	void refusesMasksAndNegativeLengths() {
		ByteBuffer masked = ByteBuffer.allocate(10).put((byte) BINARY).put((byte) 0x80);
		assertThatIllegalStateException().isThrownBy(() -> this.frames.unwrap(masked, 0))
			.withMessageContaining("masked");
		ByteBuffer negative = ByteBuffer.allocate(10).put((byte) BINARY).put((byte) 127).putLong(-1);
		assertThatIllegalStateException().isThrownBy(() -> new ServerFrames().unwrap(negative, 0))
			.withMessageContaining("negative");
	}

	private static byte[] payload(int length) {
		byte[] payload = new byte[length];
		for (int i = 0; i < length; i++) {
			payload[i] = (byte) (i * 31 + 5);
		}
		return payload;
	}

	private static byte[] frame(byte[] payload) {
		ByteBuffer frame = ByteBuffer.allocate(payload.length + 10).put((byte) BINARY);
		if (payload.length < 126) {
			frame.put((byte) payload.length);
		}
		else if (payload.length < 65_536) {
			frame.put((byte) 126).putShort((short) payload.length);
		}
		else {
			frame.put((byte) 127).putLong(payload.length);
		}
		return remaining(frame.put(payload));
	}

	private static byte[] twice(byte[] bytes) {
		return ByteBuffer.allocate(2 * bytes.length).put(bytes).put(bytes).array();
	}

	private static byte[] remaining(ByteBuffer written) {
		byte[] bytes = new byte[written.position()];
		written.get(0, bytes);
		return bytes;
	}

}

package io.zinx.heartbeat;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class WrittenBytesTests {

	@Test
	void bytesThatTheSocketTakesAreNotedWhenTheirNumberChanges() {
		WrittenBytes bytes = new WrittenBytes(10, 100);
		assertThat(bytes.note(10, 200)).isFalse();
		assertThat(bytes.writtenAt).isEqualTo(100);
		assertThat(bytes.note(11, 300)).isTrue();
		assertThat(bytes.writtenAt).isEqualTo(300);
		assertThat(bytes.note(11, 400)).isFalse();
		assertThat(bytes.written).isEqualTo(11);
	}

}

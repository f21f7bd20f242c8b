package io.zinx.boot.test.app;

import io.zinx.boot.test.autoconfigure.AutoConfigureInMemoryZinx;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.SpringBootTest;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@SpringBootTest
@AutoConfigureInMemoryZinx
class InMemoryZinxTestClientTests extends ZinxTestClientContract {

	@Test
	void neitherHalfClosesNorResets() {
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(this.client::shutdownOutput)
			.withMessageContaining("in memory");
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(this.client::reset);
	}

}

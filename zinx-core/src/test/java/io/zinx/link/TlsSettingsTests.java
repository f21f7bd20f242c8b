package io.zinx.link;

import java.time.Duration;
import java.util.function.Supplier;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.zinx.InvalidSettingException;
import io.zinx.testing.TestTls;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class TlsSettingsTests {

	@Test
	void aHandshakeMayTakeTenSecondsUnlessToldOtherwise() {
		SslContext context = TestTls.serverContext();
		TlsSettings settings = TlsSettings.of(context);
		assertThat(settings.handshakeTimeout()).hasSeconds(10);
		assertThat(settings.context().get()).isSameAs(context);
	}

	@Test
	void aTimeoutOfZeroIsOneAndLessIsNot() {
		assertThat(TlsSettings.of(TestTls::serverContext).withHandshakeTimeout(Duration.ZERO).handshakeTimeout())
			.isZero();
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> TlsSettings.of(TestTls::serverContext).withHandshakeTimeout(Duration.ofNanos(-1)))
			.withMessage("ssl.handshake-timeout: PT-0.000000001S (expected: zero or more)");
	}

	@Test
	void aContextForClientsIsFoundOutBeforeTheFirstOneConnects() throws Exception {
		SslContext forClients = SslContextBuilder.forClient().build();
		Supplier<SslContext> context = () -> forClients;
		assertThatIllegalArgumentException()
			.isThrownBy(() -> TlsSettings.of(context).withHandshakeTimeout(Duration.ofSeconds(1)))
			.withMessage("context: one for clients (expected: one for servers)");
	}

}

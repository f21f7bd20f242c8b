package io.zinx.link;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.zinx.InvalidSettingException;
import io.zinx.testing.TestTls;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
	void aServerNameIsThereOnce() {
		TlsSettings settings = TlsSettings.of(TestTls::serverContext)
			.withServerName("a.example", TestTls::serverContext);
		for (String again : List.of("a.example", "A.Example")) {
			assertThatExceptionOfType(InvalidSettingException.class)
				.isThrownBy(() -> settings.withServerName(again, TestTls::serverContext))
				.withMessage("ssl.server-name-bundles: '" + again
						+ "' twice (expected: a server name that no other entry has)");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "*", "*.", "*a.example", "a.*.example", "a.example.", "a.example:443",
			"https://a.example", "a b.example", "192.0.2.7", "::1" })
	void aServerNameIsOneThatClientsCanAskFor(String name) {
		TlsSettings settings = TlsSettings.of(TestTls::serverContext);
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> settings.withServerName(name, TestTls::serverContext))
			.withMessage("ssl.server-name-bundles: '" + name + "' (expected: a host name, or *. and a host name)");
	}

	@Test
	void aServerNameMayBeginWithAWildcard() {
		TlsSettings settings = TlsSettings.of(TestTls::serverContext)
			.withServerName("*.a.example", TestTls::serverContext)
			.withServerName("localhost", TestTls::serverContext);
		assertThat(settings.serverNames()).containsOnlyKeys("*.a.example", "localhost");
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

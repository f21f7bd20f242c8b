package io.zinx.transport;

import io.zinx.InvalidSettingException;
import io.zinx.link.TlsSettings;
import io.zinx.testing.TestTls;
import org.jspecify.annotations.Nullable;
import io.zinx.link.LinkSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class TransportSettingsTests {

	@ParameterizedTest
	@CsvSource({
			"-1, 1, 0, 0, 0, 'port: -1 (expected: 0 to 65535, or -1 with unix-socket.path or websocket.port, of which none is set)'",
			"65536, 1, 0, 0, 0, port: 65536", "0, 0, 0, 0, 0, backlog: 0 (expected: 1 or more)",
			"0, 1, -1, 0, 0, event-loops: -1 (expected: 0 to 1024)", "0, 1, 1025, 0, 0, event-loops: 1025",
			"0, 1, 0, -1, 0, socket.receive-buffer: -1 (expected: 0 bytes or more)",
			"0, 1, 0, 0, -1, socket.send-buffer: -1 (expected: 0 bytes or more)" })
	void refusesWhatCannotBe(int port, int backlog, int eventLoops, int receiveBuffer, int sendBuffer, String message) {
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> settings(port, backlog, eventLoops, receiveBuffer, sendBuffer))
			.withMessageStartingWith(message);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " " })
	void refusesAHostThatSystemsTakeForLoopback(String host) {
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> new TransportSettings(host, 0, 1, 1, true, 0, 0, false, LinkSettings.DEFAULTS, null))
			.withMessage("host: '" + host + "' (expected: an address or host name, which is not blank)");
	}

	@ParameterizedTest
	@CsvSource({ "0, 1, 0, 0, 0", "65535, 2147483647, 1024, 2147483647, 2147483647" })
	void takesWhatIsJustAllowed(int port, int backlog, int eventLoops, int receiveBuffer, int sendBuffer) {
		TransportSettings settings = settings(port, backlog, eventLoops, receiveBuffer, sendBuffer);
		assertThat(settings.eventLoopCount())
			.isEqualTo((eventLoops > 0) ? eventLoops : Runtime.getRuntime().availableProcessors());
	}

	private static TransportSettings settings(int port, int backlog, int eventLoops, int receiveBuffer,
			int sendBuffer) {
		return new TransportSettings("localhost", port, backlog, eventLoops, true, receiveBuffer, sendBuffer, false,
				LinkSettings.DEFAULTS, null);
	}

	@Test
	void thereIsAPortUnlessASocketStandsAlone() {
		assertThat(withSocket(8999, false).hasPort()).isTrue();
		assertThat(withSocket(-1, false).hasPort()).isFalse();
		assertThat(withSocket(-1, false).effectiveUnixSocket()).isNotNull();
		assertThat(withSocket(8999, true).hasPort()).isFalse();
		assertThat(withSocket(8999, true).effectiveUnixSocket()).isNull();
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(() -> withSocket(-2, false))
			.withMessage("port: -2 (expected: -1 to 65535)");
	}

	private static TransportSettings withSocket(int port, boolean inMemory) {
		return new TransportSettings("localhost", port, 1, 1, true, 0, 0, inMemory, LinkSettings.DEFAULTS,
				UnixSocketSettings.of("/run/zinx.sock", null));
	}

	@Test
	void nothingIsEncryptedInMemory() {
		TlsSettings tls = TlsSettings.of(TestTls.serverContext());
		assertThat(settings(false, tls).isEncrypted()).isTrue();
		assertThat(settings(true, tls).isEncrypted()).isFalse();
		assertThat(settings(false, null).isEncrypted()).isFalse();
	}

	private static TransportSettings settings(boolean inMemory, @Nullable TlsSettings tls) {
		return new TransportSettings("localhost", 0, 1, 1, true, 0, 0, inMemory, LinkSettings.DEFAULTS.withTls(tls),
				null);
	}

}

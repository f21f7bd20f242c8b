package io.zinx.server;

import io.zinx.codec.LtvCodec;
import io.zinx.codec.RawCodec;
import io.zinx.codec.TlvCodec;
import io.zinx.link.LinkSettings;
import io.zinx.link.ProxyProtocolMode;
import io.zinx.link.ProxyProtocolSettings;
import io.zinx.link.TlsMode;
import io.zinx.link.TlsSettings;
import io.zinx.testing.TestTls;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class FirstBytesNotesTests {

	private static LinkSettings proxy(ProxyProtocolMode mode) {
		return LinkSettings.DEFAULTS.withProxyProtocol(new ProxyProtocolSettings(mode,
				ProxyProtocolSettings.DEFAULT_TRUSTED, ProxyProtocolSettings.DEFAULT_TIMEOUT));
	}

	private static LinkSettings tls(TlsMode mode) {
		return LinkSettings.DEFAULTS.withTls(TlsSettings.of(TestTls.serverContext()).withMode(mode));
	}

	@Test
	void formatsWithAHeadOfEightBytesAreSafeUpTo65535Bytes() {
		for (LinkSettings link : new LinkSettings[] { proxy(ProxyProtocolMode.OPTIONAL), tls(TlsMode.OPTIONAL) }) {
			assertThat(FirstBytesNotes.note(link, new TlvCodec(), 65_535)).isNull();
			assertThat(FirstBytesNotes.note(link, new LtvCodec(), 65_535)).isNull();
			assertThat(FirstBytesNotes.note(link, new TlvCodec(), 65_536)).contains("zinx.max-packet-size=65536",
					"Set it to 65535 or less");
		}
	}

	@Test
	void anotherFormatIsNamed() {
		assertThat(FirstBytesNotes.note(tls(TlsMode.OPTIONAL), new RawCodec(), 100))
			.startsWith("zinx.ssl.mode=optional")
			.contains("codec raw", "16 03");
		assertThat(FirstBytesNotes.note(proxy(ProxyProtocolMode.OPTIONAL), new RawCodec(), 100))
			.startsWith("zinx.proxy-protocol.mode=optional");
	}

	@ParameterizedTest
	@EnumSource(value = ProxyProtocolMode.class, names = "OPTIONAL", mode = EnumSource.Mode.EXCLUDE)
	void nothingIsSaidWhereNothingIsToBeDecided(ProxyProtocolMode mode) {
		assertThat(FirstBytesNotes.note(proxy(mode), new RawCodec(), 1 << 20)).isNull();
		assertThat(FirstBytesNotes.note(tls(TlsMode.REQUIRED), new RawCodec(), 1 << 20)).isNull();
		assertThat(FirstBytesNotes.note(LinkSettings.DEFAULTS, new RawCodec(), 1 << 20)).isNull();
	}

}

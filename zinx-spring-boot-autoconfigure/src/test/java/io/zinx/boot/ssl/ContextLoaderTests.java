package io.zinx.boot.ssl;

import java.security.PrivateKey;
import java.util.Set;

import javax.net.ssl.KeyManager;
import javax.net.ssl.X509KeyManager;

import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.OpenSslContext;
import io.zinx.testing.CapturedLog;
import io.zinx.testing.TestTls;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundleKey;
import org.springframework.boot.ssl.SslManagerBundle;
import org.springframework.boot.ssl.SslOptions;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

class ContextLoaderTests {

	private final CapturedLog log = new CapturedLog(ContextLoader.class);

	private final ContextLoader loader = ContextLoader.of(ClientAuth.NONE);

	@AfterEach
	void release() {
		this.log.close();
	}

	private static SslBundle bundle(@Nullable Set<String> ciphers, @Nullable Set<String> protocols) {
		PemSslStoreDetails keyStore = PemSslStoreDetails.forCertificate(TestTls.SERVER.getCertificatePathPEM())
			.withPrivateKey(TestTls.SERVER.getPrivateKeyPEM());
		return SslBundle.of(new PemSslStoreBundle(keyStore, null), SslBundleKey.NONE,
				SslOptions.of(ciphers, protocols));
	}

	@Test
	void openSslIsUsedIfItsLibraryIsThere() throws Exception {
		assertThat(this.loader.openSsl()).isTrue();
		assertThat(this.loader.load("game", bundle(null, null))).isInstanceOf(OpenSslContext.class);
		assertThat(this.loader.load("game", bundle(null, Set.of("TLSv1.3")))).isInstanceOf(OpenSslContext.class);
		assertThat(this.log.lines()).isEmpty();
	}

	@Test
	void theJdkIsUsedOtherwise() throws Exception {
		ContextLoader without = new ContextLoader(ClientAuth.NONE, false);
		assertThat(without.load("game", bundle(null, null))).isInstanceOf(JdkSslContext.class);
		assertThat(this.log.lines()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(nullValues = "none", delimiter = '|', textBlock = """
			TLS_AES_128_GCM_SHA256                  | none    | its options name ciphers
			TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384 | none    | its options name ciphers
			none                                    | TLSv1.1 | its options name protocols other than [TLSv1.2, TLSv1.3]
			""")
	void optionsThatOpenSslTakesOtherwiseAreForTheJdk(@Nullable String cipher, @Nullable String protocol, String reason)
			throws Exception {
		SslBundle bundle = bundle((cipher != null) ? Set.of(cipher) : null,
				(protocol != null) ? Set.of(protocol) : null);
		assertThat(this.loader.load("game", bundle)).isInstanceOf(JdkSslContext.class);
		assertThat(this.log.lines()).singleElement()
			.asString()
			.startsWith("SSL bundle 'game' is used with the JDK, although OpenSSL is there: " + reason);
	}

	@Test
	void keysThatStayInTheirStoreAreForTheJdk() throws Exception {
		SslBundle usual = bundle(null, null);
		X509KeyManager keys = mock(X509KeyManager.class);
		given(keys.getServerAliases(any(), any())).willReturn(new String[] { "hardware" });
		given(keys.getPrivateKey("hardware")).willReturn(mock(PrivateKey.class));
		SslManagerBundle managers = mock(SslManagerBundle.class);
		given(managers.getKeyManagers()).willReturn(new KeyManager[] { keys });
		given(managers.getKeyManagerFactory()).willReturn(usual.getManagers().getKeyManagerFactory());
		given(managers.getTrustManagerFactory()).willReturn(usual.getManagers().getTrustManagerFactory());
		SslBundle bundle = SslBundle.of(usual.getStores(), usual.getKey(), usual.getOptions(), usual.getProtocol(),
				managers);
		assertThat(this.loader.load("game", bundle)).isInstanceOf(JdkSslContext.class);
		assertThat(this.log.lines()).singleElement().asString().endsWith("its key store does not hand out keys");
	}

	@Test
	void aBundleThatNeitherCanUseIsNoneOfTheJdk() {
		SslBundle empty = SslBundle.of(new PemSslStoreBundle(PemSslStoreDetails.forCertificate("none"), null));
		assertThatException().isThrownBy(() -> this.loader.load("game", empty));
		assertThat(this.log.lines()).isEmpty();
	}

}

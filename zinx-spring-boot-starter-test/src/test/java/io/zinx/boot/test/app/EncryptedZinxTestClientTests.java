package io.zinx.boot.test.app;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.zinx.boot.test.client.ZinxTestClient;
import io.zinx.boot.test.client.ZinxTestClients;
import io.zinx.testing.TestTls;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(properties = { "zinx.ssl.bundle=game", "zinx.ssl.client-auth=want" })
class EncryptedZinxTestClientTests {

	@DynamicPropertySource
	static void bundle(DynamicPropertyRegistry registry) {
		String bundle = "spring.ssl.bundle.pem.game.";
		registry.add(bundle + "keystore.certificate", TestTls.SERVER::getCertificatePathPEM);
		registry.add(bundle + "keystore.private-key", TestTls.SERVER::getPrivateKeyPEM);
		registry.add(bundle + "truststore.certificate", TestTls.AUTHORITY::getCertificatePEM);
	}

	@Autowired
	private ZinxTestClients clients;

	@Test
	void clientsSpeakTlsIfTheServerDoes(@Autowired ZinxTestClient client) throws SSLPeerUnverifiedException {
		client.send(7, new Purchase("tea", 3));
		assertThat(client.receive(8)).hasPayload(new Receipt("3 x tea"));
		SSLSession session = client.connection().tlsSession();
		assertThat(session).isNotNull();
		assertThat(session.getLocalPrincipal().getName()).isEqualTo("CN=localhost");
	}

	@Test
	void clientsMayShowACertificate() throws Exception {
		ZinxTestClient client = this.clients.connect(context());
		client.send(7, new Purchase("tea", 3));
		assertThat(client.receive(8)).hasPayload(new Receipt("3 x tea"));
		SSLSession session = client.connection().tlsSession();
		assertThat(session).isNotNull();
		assertThat(session.getPeerPrincipal().getName()).isEqualTo("CN=device-7");
	}

	private static SslContext context() throws SSLException {
		try {
			return SslContextBuilder.forClient()
				.trustManager(TestTls.AUTHORITY.toTrustManagerFactory())
				.keyManager(TestTls.CLIENT.toKeyManagerFactory())
				.endpointIdentificationAlgorithm(null)
				.build();
		}
		catch (Exception ex) {
			throw new SSLException(ex);
		}
	}

}

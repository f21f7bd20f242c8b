package io.zinx.cluster.redis;

import java.io.File;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.lettuce.core.SslOptions;
import io.netty.pkitesting.X509Bundle;
import io.zinx.cluster.redis.testing.RedisProcess;
import io.zinx.cluster.redis.testing.RedisServerExtension;
import io.zinx.testing.TestTls;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Redis behind TLS.
 */
@ExtendWith(RedisServerExtension.class)
class RedisTlsTests {

	private final List<File> files = new ArrayList<>();

	@AfterEach
	void deleteFiles() {
		Collections.reverse(this.files);
		assertThat(this.files).allMatch(File::delete);
	}

	/**
	 * The plain port stays open for the commands of the test.
	 */
	private String addTlsPort(RedisProcess redis, String clientAuth) throws Exception {
		int port = RedisProcess.freePort();
		redis.command("CONFIG", "SET", "tls-cert-file", file(TestTls.SERVER.toTempCertChainPem()), "tls-key-file",
				file(TestTls.SERVER.toTempPrivateKeyPem()), "tls-ca-cert-file",
				file(TestTls.AUTHORITY.toTempRootCertPem()), "tls-auth-clients", clientAuth, "tls-port",
				String.valueOf(port));
		return "rediss://localhost:" + port;
	}

	private String file(File file) {
		this.files.add(file);
		return file.toString();
	}

	private static SslOptions trusting(X509Bundle authority) throws Exception {
		return SslOptions.builder().jdkSslProvider().trustManager(authority.toTrustManagerFactory()).build();
	}

	@Test
	void messagesPassThroughTls(RedisProcess redis) throws Exception {
		SslOptions ssl = trusting(TestTls.AUTHORITY);
		try (TestBackplane node = TestBackplane.start(addTlsPort(redis, "no"),
				(settings) -> settings.withSslOptions(ssl))) {
			node.subscribe("a");
			assertThat(node.publish("a", "one")).isEqualTo(1);
			node.awaitMessages("a=one");
			node.backplane.reconnect();
			node.awaitEvents("restored", "lost", "restored");
		}
	}

	@Test
	void theNodeShowsItsOwnCertificateIfRedisAsksForIt(RedisProcess redis) throws Exception {
		SslOptions ssl = SslOptions.builder()
			.jdkSslProvider()
			.trustManager(TestTls.AUTHORITY.toTrustManagerFactory())
			.keyManager(TestTls.CLIENT.toKeyManagerFactory())
			.build();
		try (TestBackplane node = TestBackplane.start(addTlsPort(redis, "yes"),
				(settings) -> settings.withSslOptions(ssl))) {
			assertThat(node.publish("a", "one")).isZero();
		}
	}

	@Test
	void aCertificateThatIsNotTrustedStopsTheStart(RedisProcess redis) throws Exception {
		SslOptions ssl = trusting(TestTls.selfSigned("CN=Somebody"));
		TestBackplane node = TestBackplane.unstarted(addTlsPort(redis, "no"),
				(settings) -> settings.withSslOptions(ssl));
		assertThatExceptionOfType(RedisBackplaneException.class).isThrownBy(() -> node.backplane.start(node.listener))
			.withMessageContaining("The certificate of Redis is not trusted");
	}

	@Test
	void aStoppedRedisBehindTlsDoesNotDelayTheEnd(RedisProcess redis) throws Exception {
		SslOptions ssl = trusting(TestTls.AUTHORITY);
		TestBackplane node = TestBackplane.start(addTlsPort(redis, "no"), (settings) -> settings.withSslOptions(ssl));
		redis.pause();
		node.publishing("a", "one");
		long begin = System.nanoTime();
		node.backplane.close(Duration.ofSeconds(2));
		assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(4));
		redis.resume();
	}

}

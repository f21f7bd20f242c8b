package io.zinx.link;

import java.nio.channels.ClosedChannelException;
import java.security.cert.CertificateException;
import java.util.stream.Stream;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import io.zinx.metrics.HandshakeResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is made of what the JDK and Netty say; {@link HandshakesTests} makes them say it.
 */
class HandshakeFaultTests {

	static Stream<Arguments> causes() {
		return Stream.of(Arguments.of(new NotSslRecordException("fatal alert"), HandshakeResult.PLAIN_TEXT),
				Arguments.of(new SslHandshakeTimeoutException("fatal alert"), HandshakeResult.TIMEOUT),
				Arguments.of(new ClosedChannelException(), HandshakeResult.ABORTED),
				Arguments.of(new SSLHandshakeException("Received fatal alert: certificate_unknown"),
						HandshakeResult.REFUSED),
				Arguments.of(new SSLHandshakeException("Empty client certificate chain"),
						HandshakeResult.CLIENT_CERTIFICATE),
				Arguments.of(new SSLException("why", new IllegalStateException(new CertificateException("old"))),
						HandshakeResult.CLIENT_CERTIFICATE),
				Arguments.of(new SSLHandshakeException("no cipher suites in common"),
						HandshakeResult.NOTHING_IN_COMMON),
				Arguments.of(new SSLHandshakeException("No appropriate protocol (protocol is disabled)"),
						HandshakeResult.NOTHING_IN_COMMON),
				Arguments.of(new SSLHandshakeException("Client requested protocol SSLv3 is not enabled or supported"),
						HandshakeResult.NOTHING_IN_COMMON),
				Arguments.of(new SSLHandshakeException("The preferred version is not accepted by server: [TLS11]"),
						HandshakeResult.NOTHING_IN_COMMON),
				Arguments.of(openSsl("SSLV3_ALERT_CERTIFICATE_UNKNOWN"), HandshakeResult.REFUSED),
				Arguments.of(openSsl("TLSV1_ALERT_UNKNOWN_CA"), HandshakeResult.REFUSED),
				Arguments.of(openSsl("PEER_DID_NOT_RETURN_A_CERTIFICATE"), HandshakeResult.CLIENT_CERTIFICATE),
				Arguments.of(openSsl("UNSUPPORTED_PROTOCOL"), HandshakeResult.NOTHING_IN_COMMON),
				Arguments.of(openSsl("NO_SHARED_CIPHER"), HandshakeResult.NOTHING_IN_COMMON),
				Arguments.of(openSsl("NO_COMMON_SIGNATURE_ALGORITHMS"), HandshakeResult.NOTHING_IN_COMMON),
				Arguments.of(openSsl("CLIENTHELLO_PARSE_FAILED"), HandshakeResult.FAILED),
				Arguments.of(new SSLException("Unsupported record"), HandshakeResult.FAILED),
				Arguments.of(new NullPointerException(), HandshakeResult.FAILED));
	}

	private static SSLHandshakeException openSsl(String reason) {
		return new SSLHandshakeException("error:10000000:SSL routines:OPENSSL_internal:" + reason);
	}

	@Test
	void theReasonOfACertificateThatOpenSslWrapsIsTold() {
		SSLException cause = new SSLException("General OpenSslEngine problem", new CertificateException("it is old"));
		assertThat(HandshakeFault.describe(HandshakeFault.resultOf(cause), cause)).endsWith("it is old");
	}

	@ParameterizedTest
	@MethodSource("causes")
	void tellsTheResultByTypeAndElseByTheMessage(Throwable cause, HandshakeResult result) {
		assertThat(HandshakeFault.resultOf(cause)).isEqualTo(result);
	}

	@Test
	void saysWhatJavaSaysUnlessThatIsOfNoUse() {
		SSLException cause = new SSLException("words of Java");
		for (HandshakeResult result : HandshakeResult.values()) {
			String text = HandshakeFault.describe(result, cause);
			if (result == HandshakeResult.PLAIN_TEXT) {
				assertThat(text).doesNotContain("words of Java");
			}
			else {
				assertThat(text).endsWith("words of Java");
			}
		}
		assertThat(HandshakeFault.describe(HandshakeResult.FAILED, new NullPointerException())).isEqualTo("null");
	}

}

package io.zinx.cluster.redis;

import java.net.ConnectException;
import java.security.cert.CertificateException;

import javax.net.ssl.SSLHandshakeException;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The kinds of failures, and which of them stop a start.
 */
class ProblemTests {

	@ParameterizedTest
	@CsvSource(delimiter = ';', textBlock = """
			WRONGPASS invalid username-password pair or user is disabled.; CREDENTIALS
			NOAUTH HELLO must be called with the client already authenticated; CREDENTIALS
			NOAUTH Authentication required.; CREDENTIALS
			ERR invalid password; CREDENTIALS
			ERR Client sent AUTH, but no password is set; CREDENTIALS
			ERR AUTH <password> called without any password configured for the default user; CREDENTIALS
			NOPERM this user has no permissions to run the 'publish' command; PERMISSION
			-DENIED Redis is running in protected mode; PERMISSION
			LOADING Redis is loading the dataset in memory; LOADING
			MASTERDOWN Link with MASTER is down; NOT_MASTER
			READONLY You can't write against a read only replica.; NOT_MASTER
			ERR max number of clients reached; AWAY
			BUSY Redis is busy running a script; AWAY
			""")
	void anErrorReplyHasAKindAlsoDeepInsideAFailure(String reply, Problem kind) {
		assertThat(Problem.ofReply(reply)).isEqualTo(kind);
		assertThat(Problem
			.of(new RedisConnectionException("Unable to connect", new RedisCommandExecutionException(reply))))
			.isEqualTo(kind);
		IllegalStateException several = new IllegalStateException("several");
		several.addSuppressed(new RedisCommandExecutionException(reply));
		assertThat(Problem.of(several)).isEqualTo(kind);
	}

	@Test
	void whatMayGoAwayByItselfStopsNoStart() {
		assertThat(Problem.values()).filteredOn(Problem::isLasting)
			.containsExactly(Problem.CREDENTIALS, Problem.PERMISSION, Problem.CERTIFICATE, Problem.UNSUITABLE);
	}

	@Test
	void aCertificateThatIsNotTrustedIsToldApartFromAHandshakeThatFails() {
		assertThat(Problem.of(new SSLHandshakeException("closed"))).isEqualTo(Problem.AWAY);
		assertThat(Problem.of(new SSLHandshakeException("path").initCause(new CertificateException("untrusted"))))
			.isEqualTo(Problem.CERTIFICATE);
	}

	@Test
	void textOfOtherExceptionsIsNotTakenForAReply() {
		assertThat(Problem.of(new ConnectException("NOAUTH"))).isEqualTo(Problem.AWAY);
	}

	@Test
	void aLoopOfCausesEnds() {
		IllegalStateException first = new IllegalStateException("first");
		IllegalStateException second = new IllegalStateException("second", first);
		first.initCause(second);
		assertThat(Problem.of(first)).isEqualTo(Problem.AWAY);
		assertThat(ConnectionLog.describe(Problem.AWAY, first)).startsWith("first: second");
	}

}

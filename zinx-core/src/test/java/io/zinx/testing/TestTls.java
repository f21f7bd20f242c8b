package io.zinx.testing;

import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import org.jspecify.annotations.Nullable;

/**
 * Certificates made for a run of the tests.
 */
public final class TestTls {

	/** Whom both sides trust. */
	public static final X509Bundle AUTHORITY = selfSigned("CN=Test Authority");

	/** That of servers, for {@code localhost}. */
	public static final X509Bundle SERVER = issued("CN=localhost");

	/** That of a client. */
	public static final X509Bundle CLIENT = issued("CN=device-7");

	private TestTls() {
	}

	/**
	 * Make a certificate that the {@link #AUTHORITY} vouches for.
	 * @param subject its name
	 * @return the certificate and its key
	 */
	public static X509Bundle issued(String subject) {
		try {
			return new CertificateBuilder().ecp256()
				.subject(subject)
				.addSanDnsName("localhost")
				.buildIssuedBy(AUTHORITY);
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Make a certificate that nobody vouches for.
	 * @param subject its name
	 * @return the certificate and its key
	 */
	public static X509Bundle selfSigned(String subject) {
		try {
			return new CertificateBuilder().ecp256().subject(subject).setIsCertificateAuthority(true).buildSelfSigned();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * The context of a server.
	 * @return a context with {@link #SERVER}
	 */
	public static SslContext serverContext() {
		return serverContext(SERVER, ClientAuth.NONE);
	}

	/**
	 * A context of a server with a certificate of its own.
	 * @param subject the subject of the certificate
	 * @return the context
	 */
	public static SslContext serverContext(String subject) {
		return serverContext(issued(subject), ClientAuth.NONE);
	}

	/**
	 * The context of a server.
	 * @param certificate its certificate
	 * @param clientAuth whether clients show theirs
	 * @param protocols the protocols it speaks, none for the usual ones
	 * @return a context
	 */
	public static SslContext serverContext(X509Bundle certificate, ClientAuth clientAuth, String... protocols) {
		return serverContext(SslProvider.JDK, certificate, clientAuth, protocols);
	}

	/**
	 * The context of a server.
	 * @param provider who computes
	 * @param certificate its certificate
	 * @param clientAuth whether clients show theirs
	 * @param protocols the protocols it speaks, none for the usual ones
	 * @return a context
	 */
	public static SslContext serverContext(SslProvider provider, X509Bundle certificate, ClientAuth clientAuth,
			String... protocols) {
		try {
			return SslContextBuilder.forServer(certificate.toKeyManagerFactory())
				.trustManager(AUTHORITY.toTrustManagerFactory())
				.sslProvider(provider)
				.protocols((protocols.length > 0) ? protocols : null)
				.clientAuth(clientAuth)
				.build();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * What a client encrypts with that shows no certificate.
	 * @return a context that trusts the {@link #AUTHORITY}
	 */
	public static SSLContext clientContext() {
		return clientContext(AUTHORITY, null);
	}

	/**
	 * What a client encrypts with.
	 * @param trusted whom it trusts
	 * @param certificate what it shows, {@code null} for nothing
	 * @return a context
	 */
	public static SSLContext clientContext(X509Bundle trusted, @Nullable X509Bundle certificate) {
		try {
			SSLContext context = SSLContext.getInstance("TLS");
			KeyManager @Nullable [] keys = (certificate != null) ? certificate.toKeyManagerFactory().getKeyManagers()
					: null;
			context.init(keys, new TrustManager[] { trusted.toTrustManager() }, null);
			return context;
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

}

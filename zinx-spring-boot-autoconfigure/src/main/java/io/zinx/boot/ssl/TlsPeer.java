package io.zinx.boot.ssl;

import java.security.Principal;

import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

import io.zinx.connection.Connection;
import org.jspecify.annotations.Nullable;

/**
 * A client that has shown a certificate.
 */
public final class TlsPeer {

	private TlsPeer() {
	}

	/**
	 * The client of a connection.
	 * @param connection the connection
	 * @return the subject of its certificate, or {@code null} if it has shown none
	 */
	public static @Nullable Principal of(Connection connection) {
		SSLSession session = connection.tlsSession();
		try {
			return (session != null) ? session.getPeerPrincipal() : null;
		}
		catch (SSLPeerUnverifiedException ex) {
			return null;
		}
	}

}

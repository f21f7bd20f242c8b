package io.zinx.boot.ssl;

import java.security.Principal;

import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

import io.zinx.connection.Connection;
import org.jspecify.annotations.Nullable;

/**
 * The certificates of clients.
 */
public final class TlsPeer {

	private TlsPeer() {
	}

	/**
	 * Return the principal of a connection's client.
	 * @param connection the connection
	 * @return the subject of its certificate, or {@code null} if it has presented none
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

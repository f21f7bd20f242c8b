package io.zinx.boot.ssl;

import java.security.Principal;

import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

import io.zinx.connection.Connection;
import org.jspecify.annotations.Nullable;

/**
 * The facts that clients have told in their handshakes.
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

	/**
	 * Return the host name that a client has asked for (SNI).
	 * @param session its TLS session
	 * @return the name, or {@code null} if it has named none, or it cannot be told
	 */
	public static @Nullable String serverName(SSLSession session) {
		if (session instanceof ExtendedSSLSession extended) {
			try {
				for (SNIServerName name : extended.getRequestedServerNames()) {
					if (name instanceof SNIHostName host) {
						return host.getAsciiName();
					}
				}
			}
			catch (UnsupportedOperationException ex) {
				return null; // the provider does not tell
			}
		}
		return null;
	}

}

package io.zinx.authentication;

/**
 * The application's decision whether a client may connect. It is asked about every
 * client, over any transport, before there is a connection: behind the TLS handshake, and
 * before the answer to a request for WebSocket.
 * <p>
 * Called on threads of their own, {@code zinx.authentication.threads} of them, so it may
 * block; from several threads at the same time. A client that it throws an exception
 * about, or decides about too late, gets no connection.
 */
@FunctionalInterface
public interface ConnectionAuthenticator {

	/**
	 * Decide about a client.
	 * @param request the facts that are known about the client
	 * @return the decision, not {@code null}
	 * @throws Exception if there can be no decision; it is logged, and the client gets no
	 * connection
	 */
	AuthenticationResult authenticate(ConnectionRequest request) throws Exception;

}

package io.zinx.boot.endpoint;

import java.security.Principal;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

import javax.net.ssl.SSLSession;

import io.zinx.authentication.Authentication;
import io.zinx.boot.ssl.TlsPeer;
import io.zinx.connection.CloseReason;
import io.zinx.connection.Connection;
import io.zinx.link.ProxyHeader;
import io.zinx.link.UnixPeer;
import io.zinx.link.WebSocketHandshake;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * A connection with all its details.
 *
 * @param connId its number
 * @param remoteAddress the peer's address
 * @param localAddress the server's address
 * @param opened when it was admitted
 * @param lastActive when bytes were last received
 * @param messagesIn messages received
 * @param messagesOut messages sent
 * @param bytesIn bytes received
 * @param bytesOut bytes sent
 * @param bytesQueued bytes that wait to be written
 * @param open whether messages can be sent
 * @param closeReason why it has ended, or {@code null} while it is open
 * @param state {@code open}, {@code paused} because too much waits to be written, or
 * {@code closing}
 * @param worker the number of its worker, or {@code null} if it has none
 * @param propertyNames the names of its properties
 * @param properties their values as text, {@code ******} unless the application shows
 * them
 * @param keys the keys it has bound, or had when it ended; 100 of them at most
 * @param groups the groups it is in, or was in when it ended; 100 of them at most
 * @param transport {@code tcp}, {@code tls}, {@code ws}, {@code wss}, {@code unix} or
 * {@code memory}
 * @param tls its TLS parameters, or {@code null} if it is not encrypted, or not yet
 * @param proxy the load balancer in front of the client, or {@code null} if there was no
 * PROXY header
 * @param unixClient its client, or {@code null} if it is not that of a Unix domain socket
 * @param webSocket the request with which it has begun WebSocket messages, or
 * {@code null} if it does not use them
 * @param principal the name of the identity with which it was admitted, or {@code null}
 * if there is none
 */
public record ConnectionDetailsDescriptor(long connId, String remoteAddress, String localAddress, Instant opened,
		Instant lastActive, long messagesIn, long messagesOut, long bytesIn, long bytesOut, long bytesQueued,
		boolean open, @Nullable String closeReason, String state, @Nullable Integer worker, List<String> propertyNames,
		Map<String, Object> properties, List<String> keys, List<String> groups, String transport, @Nullable Tls tls,
		@Nullable Proxy proxy, @Nullable UnixClient unixClient, @Nullable WebSocket webSocket,
		@Nullable String principal) implements OperationResponseBody {

	static ConnectionDetailsDescriptor of(Connection connection, @Nullable Integer worker,
			Map<String, Object> properties) {
		ConnectionDescriptor summary = ConnectionDescriptor.of(connection, worker);
		CloseReason closeReason = connection.closeReason();
		return new ConnectionDetailsDescriptor(summary.connId(), summary.remoteAddress(), summary.localAddress(),
				summary.opened(), summary.lastActive(), summary.messagesIn(), summary.messagesOut(), summary.bytesIn(),
				summary.bytesOut(), summary.bytesQueued(), connection.isOpen(),
				(closeReason != null) ? closeReason.tag() : null, summary.state(), worker,
				List.copyOf(properties.keySet()), properties, summary.keys(),
				ConnectionDescriptor.shown(connection.groups()), connection.transport().tag(), Tls.of(connection),
				Proxy.of(connection.proxyHeader()), UnixClient.of(connection), WebSocket.of(connection.webSocket()),
				principal(connection));
	}

	private static @Nullable String principal(Connection connection) {
		Authentication authentication = connection.authentication();
		Principal principal = (authentication != null) ? authentication.principal() : null;
		return (principal != null) ? ConnectionDescriptor.shown(principal.getName()) : null;
	}

	/**
	 * The client of a Unix domain socket, as far as the kernel tells.
	 *
	 * @param process the number of its process, or {@code null} if it is not known
	 * @param user its user, by number or name, or {@code null} if it is not known
	 * @param group its group, by number or name, or {@code null} if it is not known
	 * @param path the path of its own socket, or {@code null} if that has none
	 */
	public record UnixClient(@Nullable Integer process, @Nullable String user, @Nullable String group,
			@Nullable String path) {

		static @Nullable UnixClient of(Connection connection) {
			if (!(connection.remoteAddress() instanceof UnixPeer peer)) {
				return null;
			}
			return new UnixClient((peer.process() != UnixPeer.UNKNOWN) ? peer.process() : null, peer.user(),
					peer.group(), peer.path().isEmpty() ? null : ConnectionDescriptor.shown(peer.path()));
		}

	}

	/**
	 * The request with which a client has begun WebSocket messages.
	 *
	 * @param path the path of the request
	 * @param origin the origin of the page that has connected, or {@code null} if the
	 * client has sent none
	 * @param subprotocol the subprotocol that was agreed on, or {@code null} for none
	 * @param compressed whether messages of some length are compressed
	 */
	public record WebSocket(String path, @Nullable String origin, @Nullable String subprotocol, boolean compressed) {

		static @Nullable WebSocket of(@Nullable WebSocketHandshake handshake) {
			if (handshake == null) {
				return null;
			}
			return new WebSocket(ConnectionDescriptor.shown(handshake.path()),
					ConnectionDescriptor.shownOrNull(handshake.origin()),
					ConnectionDescriptor.shownOrNull(handshake.subprotocol()), handshake.compressed());
		}

	}

	/**
	 * The negotiated TLS parameters.
	 *
	 * @param protocol the protocol, for example {@code TLSv1.3}
	 * @param cipherSuite the cipher suite
	 * @param serverName the host name that the client has asked for, or {@code null} if
	 * it has named none
	 * @param peer the subject of the client's certificate, or {@code null} if it has
	 * presented none
	 */
	public record Tls(String protocol, String cipherSuite, @Nullable String serverName, @Nullable String peer) {

		static @Nullable Tls of(Connection connection) {
			SSLSession session = connection.tlsSession();
			if (session == null) {
				return null;
			}
			Principal peer = TlsPeer.of(connection);
			String serverName = TlsPeer.serverName(session);
			return new Tls(session.getProtocol(), session.getCipherSuite(),
					ConnectionDescriptor.shownOrNull(serverName),
					ConnectionDescriptor.shownOrNull((peer != null) ? peer.getName() : null));
		}

	}

	/**
	 * The load balancer in front of a client, as it has told about itself.
	 *
	 * @param address its own address
	 * @param version the version of the PROXY protocol, 1 or 2
	 * @param uniqueId the number that it has given the connection, in hex, or
	 * {@code null} if it has sent none
	 */
	public record Proxy(String address, int version, @Nullable String uniqueId) {

		static @Nullable Proxy of(@Nullable ProxyHeader header) {
			if (header == null) {
				return null;
			}
			String uniqueId = header.uniqueId().map(HexFormat.of()::formatHex).orElse(null);
			return new Proxy(ConnectionDescriptor.address(header.proxyAddress()), header.version(),
					ConnectionDescriptor.shownOrNull(uniqueId));
		}

	}

}

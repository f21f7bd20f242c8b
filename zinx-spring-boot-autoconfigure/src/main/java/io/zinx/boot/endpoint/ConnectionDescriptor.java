package io.zinx.boot.endpoint;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import io.netty.util.NetUtil;
import io.zinx.connection.Connection;
import io.zinx.diagnostics.PeerText;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * A connection in a list.
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
 * @param state {@code open}, {@code paused} because too much waits to be written, or
 * {@code closing}
 * @param keys the keys it has bound, or had when it ended; 100 of them at most
 * @param worker the number of its worker, or {@code null} if it has none
 */
public record ConnectionDescriptor(long connId, String remoteAddress, String localAddress, Instant opened,
		Instant lastActive, long messagesIn, long messagesOut, long bytesIn, long bytesOut, long bytesQueued,
		String state, List<String> keys, @Nullable Integer worker) implements OperationResponseBody {

	/** The maximum length of a text that may come from a peer, in characters. */
	private static final int LONGEST_TEXT = 256;

	/** The maximum number of keys or groups of a connection. */
	private static final int MOST_NAMES = 100;

	static ConnectionDescriptor of(Connection connection, @Nullable Integer worker) {
		return new ConnectionDescriptor(connection.connId(), address(connection.remoteAddress()),
				address(connection.localAddress()), connection.openedAt(), connection.lastActiveAt(),
				connection.messagesIn(), connection.messagesOut(), connection.bytesIn(), connection.bytesOut(),
				connection.bytesQueued(), ConnectionState.of(connection).toString(), shown(connection.keys()), worker);
	}

	static List<String> sorted(Set<String> names) {
		return names.stream().sorted().toList();
	}

	/**
	 * Return names to show, escaped and shortened, because peers may have chosen them.
	 */
	static List<String> shown(Set<String> names) {
		Stream<String> first = names.stream().sorted().limit(MOST_NAMES).map(ConnectionDescriptor::shown);
		int left = names.size() - MOST_NAMES;
		return ((left > 0) ? Stream.concat(first, Stream.of("… and " + left + " more")) : first).toList();
	}

	static String shown(String text) {
		return PeerText.escape(text, LONGEST_TEXT);
	}

	static @Nullable String shownOrNull(@Nullable String text) {
		return (text != null) ? shown(text) : null;
	}

	static String address(SocketAddress address) {
		return (address instanceof InetSocketAddress inet) ? NetUtil.toSocketAddressString(inet) : address.toString();
	}

}

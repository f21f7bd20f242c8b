package io.zinx.boot.endpoint;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Instant;

import io.netty.util.NetUtil;
import io.zinx.connection.Connection;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * A connection, in a list.
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
 */
public record ConnectionDescriptor(long connId, String remoteAddress, String localAddress, Instant opened,
		Instant lastActive, long messagesIn, long messagesOut, long bytesIn, long bytesOut,
		long bytesQueued) implements OperationResponseBody {

	static ConnectionDescriptor of(Connection connection) {
		return new ConnectionDescriptor(connection.connId(), address(connection.remoteAddress()),
				address(connection.localAddress()), connection.openedAt(), connection.lastActiveAt(),
				connection.messagesIn(), connection.messagesOut(), connection.bytesIn(), connection.bytesOut(),
				connection.bytesQueued());
	}

	static String address(SocketAddress address) {
		return (address instanceof InetSocketAddress inet) ? NetUtil.toSocketAddressString(inet) : address.toString();
	}

}

package io.zinx.heartbeat;

import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;

import io.netty.util.NetUtil;
import io.zinx.connection.Connection;

/**
 * The body of Zinx's own heartbeat: {@code heartbeat [LOCAL->REMOTE]}, with addresses as
 * Go writes them. Clients of a Unix domain socket have none.
 */
final class HeartbeatText {

	/** The length of the shortest text, with two addresses such as {@code [::1]:1}. */
	static final int SHORTEST = 28;

	/**
	 * The length of the longest text, with two IPv6 addresses that name an interface
	 * each.
	 */
	static final int LONGEST = 140;

	private HeartbeatText() {
	}

	static byte[] of(Connection connection) {
		return of(connection.localAddress(), connection.remoteAddress());
	}

	static byte[] of(SocketAddress local, SocketAddress remote) {
		String ends = (local instanceof UnixDomainSocketAddress unix) ? "unix:" + unix.getPath() + "->unix:client"
				: address(local) + "->" + address(remote);
		return ("heartbeat [" + ends + "]").getBytes(StandardCharsets.UTF_8);
	}

	/**
	 * Write an address as {@code net.Addr.String()} of Go does.
	 */
	private static String address(SocketAddress address) {
		if (!(address instanceof InetSocketAddress inet) || inet.getAddress() == null) {
			return String.valueOf(address);
		}
		String host = NetUtil.toAddressString(inet.getAddress());
		if (inet.getAddress() instanceof Inet6Address six) {
			return "[" + host + zone(six) + "]:" + inet.getPort();
		}
		return host + ":" + inet.getPort();
	}

	private static String zone(Inet6Address address) {
		NetworkInterface scoped = address.getScopedInterface();
		if (scoped != null) {
			return "%" + scoped.getName();
		}
		return (address.getScopeId() != 0) ? "%" + address.getScopeId() : "";
	}

}

package io.zinx.heartbeat;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;

import io.netty.util.NetUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class HeartbeatTextTests {

	@Test
	void namesBothAddressesTheLocalOneFirst() {
		assertThat(text(socket("127.0.0.1", 8999), socket("10.1.2.3", 54321)))
			.isEqualTo("heartbeat [127.0.0.1:8999->10.1.2.3:54321]");
	}

	@ParameterizedTest
	@CsvSource({ "0:0:0:0:0:0:0:1, ::1", "2001:db8:0:0:0:0:0:ff, 2001:db8::ff", "1:0:0:2:0:0:0:3, 1:0:0:2::3",
			"0:0:0:0:0:0:0:0, ::", "2001:DB8:1:2:3:4:5:6, 2001:db8:1:2:3:4:5:6" })
	void writesIpv6AsGoDoes(String address, String expected) {
		InetSocketAddress socket = socket(address, 1);
		assertThat(text(socket, socket)).isEqualTo("heartbeat [[" + expected + "]:1->[" + expected + "]:1]");
	}

	@Test
	void namesTheZoneOfALinkLocalAddress() throws UnknownHostException {
		byte[] bytes = socket("fe80::2", 0).getAddress().getAddress();
		InetSocketAddress socket = new InetSocketAddress(Inet6Address.getByAddress(null, bytes, 4242), 7);
		assertThat(text(socket, socket)).isEqualTo("heartbeat [[fe80::2%4242]:7->[fe80::2%4242]:7]");
	}

	@Test
	void theBoundsOfItsLengthAreRight() throws UnknownHostException {
		InetSocketAddress shortest = socket("::1", 1);
		assertThat(text(shortest, shortest)).hasSize(HeartbeatText.SHORTEST);
		byte[] bytes = socket("fe80:1111:1111:1111:1111:1111:1111:1111", 0).getAddress().getAddress();
		InetSocketAddress longest = new InetSocketAddress(Inet6Address.getByAddress(null, bytes, Integer.MAX_VALUE),
				65535);
		assertThat(text(longest, longest).length()).isBetween(100, HeartbeatText.LONGEST);
	}

	private static InetSocketAddress socket(String address, int port) {
		byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
		try {
			return new InetSocketAddress(InetAddress.getByAddress(bytes), port);
		}
		catch (UnknownHostException ex) {
			throw new AssertionError(address, ex);
		}
	}

	private static String text(InetSocketAddress local, InetSocketAddress remote) {
		return new String(HeartbeatText.of(local, remote), StandardCharsets.UTF_8);
	}

}

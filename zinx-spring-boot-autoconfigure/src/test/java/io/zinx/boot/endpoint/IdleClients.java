package io.zinx.boot.endpoint;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * Clients in a process of their own, that connect and then do nothing until their
 * standard input ends.
 */
final class IdleClients {

	private IdleClients() {
	}

	public static void main(String[] args) throws IOException {
		InetSocketAddress server = new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0]));
		List<SocketChannel> clients = new ArrayList<>();
		for (int i = Integer.parseInt(args[1]); i > 0; i--) {
			clients.add(SocketChannel.open(server));
		}
		while (System.in.read() >= 0) {
			// Until the test ends.
		}
		for (SocketChannel client : clients) {
			client.close();
		}
	}

}

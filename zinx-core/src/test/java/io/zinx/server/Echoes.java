package io.zinx.server;

import java.io.ByteArrayOutputStream;

import io.zinx.connection.Connection;
import io.zinx.testing.SocketClient;
import org.awaitility.Awaitility;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Many messages to a server that echoes them, and all of their replies.
 */
final class Echoes {

	private Echoes() {
	}

	/**
	 * Send all at once as message 1, and receive them in order.
	 * @return how many bytes went each way
	 */
	static int allAtOnceInOrder(SocketClient client, int messages) throws InterruptedException {
		ByteArrayOutputStream all = new ByteArrayOutputStream();
		for (int i = 0; i < messages; i++) {
			all.writeBytes(SocketClient.frame(1, "message " + i));
		}
		Thread writer = new Thread(() -> client.sendRaw(all.toByteArray()));
		writer.start();
		for (int i = 0; i < messages; i++) {
			assertThat(client.receive().text()).isEqualTo("message " + i);
		}
		writer.join();
		return all.size();
	}

	/**
	 * Send without reading until replies queue up, then receive them in order.
	 */
	static void fasterThanTheyAreRead(TestServer server, SocketClient client, long msgId, int messages)
			throws InterruptedException {
		String filler = "x".repeat(4000);
		Thread writer = new Thread(() -> {
			for (int i = 0; i < messages; i++) {
				client.send(msgId, i + filler);
			}
		});
		writer.start();
		Connection connection = server.onlyConnection();
		Awaitility.await().until(() -> connection.bytesQueued() > 16 * 1024);
		for (int i = 0; i < messages; i++) {
			assertThat(client.receive().text()).isEqualTo(i + filler);
		}
		writer.join();
		assertThat(connection.isOpen()).isTrue();
	}

}

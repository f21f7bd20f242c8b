package io.zinx.server;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import io.zinx.connection.CloseReason;
import io.zinx.connection.Connection;
import io.zinx.connection.ConnectionListener;
import io.zinx.connection.SendFailedException;
import io.zinx.connection.SendResult;
import io.zinx.message.Message;
import io.zinx.testing.Guide;
import io.zinx.testing.SocketClient;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every example of {@code docs/sending.md} is part of this class.
 */
class SendingGuideTests {

	@Test
	void everyExampleOfTheGuideIsPartOfThisClass() {
		Path source = Path.of("src", "test", "java", "io", "zinx", "server", "SendingGuideTests.java");
		assertThat(Guide.examples("sending.md")).hasSize(5).allMatch((example) -> Guide.contains(source, example));
	}

	@Test
	void theExamplesDoWhatTheGuideSays() throws Exception {
		BlockingQueue<String> log = new LinkedBlockingQueue<>();
		try (TestServer server = TestServer.start(Setup.HASH_NIO.config()); SocketClient client = server.connect()) {
			Connection connection = server.onlyConnection();
			send(connection, log);
			assertThat(client.receive().text()).isEqualTo("dinner is ready");
			hear(connection, log);
			assertThat(client.receive().text()).isEqualTo("your receipt");
			assertThat(log.poll(30, TimeUnit.SECONDS)).isEqualTo("written");
			connection.sendRaw("+OK ready\r\n".getBytes(StandardCharsets.US_ASCII));
			byte[] text = "logged in elsewhere".getBytes(StandardCharsets.UTF_8);
			connection.close(CloseReason.KICKED, new Message(202, text));
			assertThat(client.receiveRaw(11)).isEqualTo("+OK ready\r\n".getBytes(StandardCharsets.US_ASCII));
			assertThat(client.receive()).hasToString("message 202 \"logged in elsewhere\"");
			client.awaitClose();
			send(connection, log);
			hear(connection, log);
			assertThat(log).containsExactly("not sent: CLOSED", "lost: kicked");
		}
	}

	private static void send(Connection connection, BlockingQueue<String> log) {
		SendResult result = connection.send(200, "dinner is ready");
		if (!result.isAccepted()) {
			log.add("not sent: " + result);
		}
	}

	private static void hear(Connection connection, BlockingQueue<String> log) {
		connection.sendAsync(201, "your receipt").whenComplete((written, failure) -> {
			if (failure instanceof SendFailedException lost) {
				log.add("lost: " + lost.closeReason());
			}
			else {
				log.add("written");
			}
		});
	}

	@Test
	void aTickerSkipsPricesWhileTheClientDoesNotRead() {
		Ticker ticker = new Ticker(() -> "current price");
		try (TestServer server = TestServer
			.start(Setup.HASH_NIO.config().outboundMaxBytes(16 * 1024).socketBuffers(0, 4096), ticker);
				SocketClient client = SocketClient.connect(server.server().port(), 4096)) {
			Connection connection = server.onlyConnection();
			AtomicInteger prices = new AtomicInteger();
			SendingTests.untilTheKernelIsFull(() -> {
				boolean writable = connection.isWritable();
				if (writable) {
					connection.send(203, "price " + prices.getAndIncrement());
				}
				return writable;
			});
			ticker.push(connection, "skipped");
			int next = 0;
			while (next < prices.get()) {
				String text = client.receive().text();
				// Comes between them where the kernel took more after all.
				if (!text.equals("current price")) {
					assertThat(text).isEqualTo("price " + next++);
				}
			}
			assertThat(client.receive().text()).isEqualTo("current price");
		}
	}

	/**
	 * Pushes prices.
	 */
	static class Ticker implements ConnectionListener {

		private final Supplier<String> currentPrice;

		Ticker(Supplier<String> currentPrice) {
			this.currentPrice = currentPrice;
		}

		void push(Connection connection, String price) {
			if (connection.isWritable()) { // otherwise this price is skipped
				connection.send(203, price);
			}
		}

		@Override
		public void onWritabilityChanged(Connection connection, boolean writable) {
			if (writable) {
				push(connection, this.currentPrice.get());
			}
		}

	}

}

package io.zinx.boot.test.app;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import io.zinx.boot.test.client.ConnectionEnd;
import io.zinx.boot.test.client.ReceivedMessage;
import io.zinx.boot.test.client.ZinxTestClient;
import io.zinx.boot.test.client.ZinxTestClients;
import io.zinx.codec.LtvCodec;
import io.zinx.connection.CloseReason;
import io.zinx.connection.ConnManager;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.ParameterizedTypeReference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What a client can do, on a port and in memory.
 */
abstract class ZinxTestClientContract {

	private static final Duration SHORT = Duration.ofMillis(50);

	@Autowired
	ZinxTestClient client;

	@Autowired
	ZinxTestClients clients;

	@Autowired
	ConnManager connections;

	@Test
	void sendsAndReceivesTextBytesAndValues() {
		assertThat(this.client.exchange(1, "grüß dich")).hasMsgId(1).hasText("grüß dich");
		assertThat(this.client.exchange(1, new byte[] { 1, 2 })).hasBody(1, 2).body().hasSize(2);
		assertThat(this.client.send(1).receive()).isEmpty();
		ReceivedMessage receipt = this.client.send(7, new Purchase("tea", 3)).receive();
		assertThat(receipt).hasMsgId(8)
			.hasJson("{\"text\" : \"3 x tea\"}")
			.hasPayload(new Receipt("3 x tea"))
			.text()
			.contains("tea");
		assertThat(receipt).json().extractingPath("$.text").isEqualTo("3 x tea");
		assertThat(receipt.as(Receipt.class).text()).isEqualTo("3 x tea");
		assertThat(this.client.exchange(1, List.of(1, 2)).as(new ParameterizedTypeReference<List<Long>>() {
		})).containsExactly(1L, 2L);
	}

	@Test
	void assertionsThatFailShowTheMessage() {
		ReceivedMessage message = this.client.exchange(1, "ping");
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> assertThat(message).hasText("pong"))
			.withMessageContaining("message 1 \"ping\"");
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> assertThat(message).hasMsgId(2))
			.withMessage("Expected message 2, but was message 1 \"ping\"");
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> message.as(Receipt.class))
			.withMessageContaining("Receipt")
			.withMessageContaining("format json of zinx.payload, but was message 1 \"ping\"");
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> assertThat(message).hasJson("{\"a\":1}"))
			.withMessage("Expected JSON, but was message 1 \"ping\"");
		assertThat(this.client.exchange(1, new byte[] { 0, 1 })).hasToString("message 1 00 01");
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> assertThat(message).isEmpty());
	}

	@Test
	void messagesBeforeTheOneAskedForStayForLater() {
		this.client.send(4);
		assertThat(this.client.receive(42)).hasText("b");
		assertThat(this.client.receive()).hasMsgId(41);
		assertThat(this.client.receive()).hasMsgId(43);
	}

	@Test
	void saysWhatCameInsteadOfTheMessage() {
		this.client.send(4).receive(43);
		this.client.send(5);
		Awaitility.await().until(() -> this.client.toString().contains("050607"));
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> this.client.receive(44, Duration.ofMillis(100)))
			.withMessage("Expected message 44 within 0.1 s, but the connection is open, and these messages were "
					+ "received: [message 41 \"a\", message 42 \"b\"], and 3 bytes 050607 that are not a whole message");
		assertThat(this.client.receive()).hasMsgId(41);
		assertThat(this.client.receive()).hasMsgId(42);
		assertThat(this.client.receiveRaw(3)).containsExactly(5, 6, 7);
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> this.client.timeout(SHORT).receive())
			.withMessage("Expected a message within 0.1 s, but the connection is open, and no other message was "
					+ "received");
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> this.client.receiveRaw(1))
			.withMessageStartingWith("Expected 1 bytes within 0.1 s");
	}

	@Test
	void sendsFramesInPiecesAndSeveralAtOnce() {
		byte[] frame = this.client.frame(1, "ping");
		for (byte piece : frame) {
			this.client.sendRaw(piece);
		}
		assertThat(this.client.receive(1)).hasText("ping");
		this.client
			.sendRaw(new String(frame, StandardCharsets.ISO_8859_1).repeat(3).getBytes(StandardCharsets.ISO_8859_1));
		for (int i = 0; i < 3; i++) {
			assertThat(this.client.receive(1)).hasText("ping");
		}
	}

	@Test
	void expectsNothing() {
		this.client.expectNothing(SHORT);
		this.client.send(1, "ping");
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> this.client.expectNothing(ZinxTestClient.DEFAULT_TIMEOUT))
			.withMessage("Expected no message within 10.0 s, but received message 1 \"ping\"");
	}

	@Test
	void seesThatAndWhyTheServerHasClosed() {
		this.client.send(3);
		assertThat(this.client.expectClose(CloseReason.KICKED)).isEqualTo(ConnectionEnd.CLOSED);
		assertThat(this.client.receive(30)).hasText("bye");
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> this.client.expectClose(CloseReason.IDLE))
			.withMessageContaining("because of idle, but the reason was kicked");
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> this.client.send(1))
			.withMessage("Expected an open connection to send to, but the server has closed the connection (kicked), "
					+ "and no other message was received");
		assertThatExceptionOfType(AssertionError.class).isThrownBy(this.client::receive)
			.withMessageStartingWith("Expected a message, but the server has closed the connection (kicked)");
	}

	@Test
	void saysThatTheServerHasNotClosed() {
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> this.client.timeout(SHORT).expectClose())
			.withMessageStartingWith(
					"Expected the server to close the connection within 0.1 s, but the connection is open");
	}

	@Test
	void knowsTheServersSide() {
		this.client.connection().setProperty("level", 5);
		this.client.connection().send(50, "pushed");
		assertThat(this.client.receive(50)).hasText("pushed");
		assertThat(this.connections.find((connection) -> connection.property("level") != null))
			.containsExactly(this.client.connection());
	}

	@Test
	void isConnectedWhenTheTestGetsIt() {
		for (int i = 0; i < 20; i++) {
			ZinxTestClient next = this.clients.connect();
			assertThat(this.connections.get(next.connection().connId())).isSameAs(next.connection());
			next.close();
			assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> next.send(1))
				.withMessageContaining("this client was closed");
			Awaitility.await().until(() -> next.connection().closeReason() == CloseReason.PEER_CLOSED);
		}
	}

	@Test
	void speaksAnotherFormatIfToldSo() {
		ZinxTestClient other = this.clients.connect(new LtvCodec());
		other.send(1, "ping").expectClose(CloseReason.FRAME_TOO_LONG);
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> {
			ZinxTestClient third = this.clients.connect(new LtvCodec());
			third.connection().send(0x7FL, "from TLV");
			third.receive();
		}).withMessageContaining("ltv");
	}

	@Test
	void refusesWhatCannotBeSent() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.client.send(-1));
		assertThatIllegalArgumentException().isThrownBy(() -> this.client.send(1, new Unwritable()))
			.withMessageContaining("Unwritable cannot be written in the format json of zinx.payload");
	}

	static class Unwritable {

		public String getText() {
			throw new IllegalStateException("no text");
		}

	}

}

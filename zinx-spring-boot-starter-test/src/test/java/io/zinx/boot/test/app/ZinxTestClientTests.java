package io.zinx.boot.test.app;

import java.net.InetAddress;
import java.net.InetSocketAddress;

import io.zinx.boot.test.client.ZinxTestClient;
import io.zinx.boot.test.context.LocalZinxServerPort;
import io.zinx.codec.TlvCodec;
import io.zinx.connection.CloseReason;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.SpringBootTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@SpringBootTest
class ZinxTestClientTests extends ZinxTestClientContract {

	@Test
	void halfClosesAndResets() {
		this.client.send(1, "ping").shutdownOutput();
		assertThat(this.client.receive(1)).hasText("ping");
		this.client.expectClose(CloseReason.PEER_CLOSED);
		ZinxTestClient other = this.clients.connect();
		other.reset();
		Awaitility.await().until(() -> other.connection().closeReason() == CloseReason.RESET);
	}

	@Test
	void canBeUsedWithoutSpring(@LocalZinxServerPort int port) {
		try (ZinxTestClient alone = ZinxTestClient
			.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), new TlvCodec())) {
			assertThat(alone.exchange(1, "ping")).hasText("ping");
			assertThatIllegalArgumentException().isThrownBy(() -> alone.send(1, 5));
			assertThatExceptionOfType(AssertionError.class).isThrownBy(alone::connection)
				.withMessageContaining("not in this JVM");
		}
	}

	@Test
	void saysThatNobodyListens() {
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> ZinxTestClient.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), 1),
					new TlvCodec()))
			.withMessageStartingWith("Cannot connect to the server at localhost/127.0.0.1:1: Connection refused");
	}

}

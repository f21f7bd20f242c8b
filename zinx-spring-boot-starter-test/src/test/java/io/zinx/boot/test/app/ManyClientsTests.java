package io.zinx.boot.test.app;

import java.time.Duration;

import io.zinx.boot.test.client.ZinxTestClient;
import io.zinx.boot.test.context.LocalZinxServerPort;
import io.zinx.connection.CloseReason;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest
class ManyClientsTests {

	@Test
	void tellsEverybody(@Autowired ZinxTestClient ann, @Autowired ZinxTestClient bob) {
		ann.send(2, "dinner is ready");
		assertThat(ann.receive(20)).hasText("dinner is ready");
		assertThat(bob.receive(20)).hasText("dinner is ready");
	}

	@Test
	void waitsForTheRestOfAFrame(@Autowired ZinxTestClient client) {
		byte[] frame = client.frame(1, "ping");
		client.sendRaw(frame, 0, 10);
		client.expectNothing(Duration.ofMillis(100));
		client.sendRaw(frame, 10, frame.length);
		assertThat(client.receive(1)).hasText("ping");
	}

	@Test
	void refusesLongFrames(@Autowired ZinxTestClient client) {
		client.sendRaw(new byte[] { 0, 0, 0, 1, 127, 0, 0, 0 });
		client.expectClose(CloseReason.FRAME_TOO_LONG);
	}

	@Test
	void theApplicationHasAPortOfItsOwn(@LocalZinxServerPort int port) {
		assertThat(port).isPositive().isNotEqualTo(8999);
	}

}

package io.zinx.it.minimal;

import io.zinx.testing.SocketClient;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(properties = "zinx.port=0")
class SpringBootTestTests {

	@Test
	void testFindsThePort(@Value("${local.zinx.server.port}") int port) {
		try (SocketClient client = SocketClient.connect(port)) {
			assertThat(client.send(1, "hello").receive().text()).isEqualTo("hello");
		}
	}

}

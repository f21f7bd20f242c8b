package io.zinx.server;

import io.zinx.dispatch.WorkerMode;
import io.zinx.testing.SocketClient;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class ZinxServerTests {

	@ParameterizedTest
	@EnumSource(WorkerMode.class)
	void echoesAMessage(WorkerMode mode) {
		ZinxServer server = new ZinxServer(ServerConfig.builder().port(0).workerMode(mode).build());
		server.router(1, (request) -> request.reply(1, request.body()));
		server.start();
		try (SocketClient client = SocketClient.connect(server.port())) {
			assertThat(client.send(1, "ping").receive().text()).isEqualTo("ping");
			assertThat(client.send(1, "pong").receive().text()).isEqualTo("pong");
		}
		finally {
			server.stop();
		}
	}

}

package io.zinx.sample;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

import io.zinx.connection.ConnManager;
import io.zinx.testing.SocketClient;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "zinx.port=0")
class SampleApplicationTests {

	private final HttpClient http = HttpClient.newHttpClient();

	@Value("${local.zinx.server.port}")
	private int zinxPort;

	@Value("${local.server.port}")
	private int httpPort;

	@Autowired
	private ConnManager connections;

	@Test
	void echoesMessageOne() {
		try (SocketClient client = SocketClient.connect(this.zinxPort)) {
			SocketClient.Received received = client.send(1, "ping").receive();
			assertThat(received.msgId()).isEqualTo(1);
			assertThat(received.text()).isEqualTo("ping");
		}
	}

	@Test
	void tellsEverybodyWhatSomebodySays() {
		try (SocketClient ann = SocketClient.connect(this.zinxPort);
				SocketClient bob = SocketClient.connect(this.zinxPort)) {
			bob.send(1, "here").receive();
			ann.send(2, "你好, Zinx");
			for (SocketClient client : new SocketClient[] { ann, bob }) {
				SocketClient.Received received = client.receive();
				assertThat(received.msgId()).isEqualTo(200);
				assertThat(received.text()).isEqualTo("你好, Zinx");
			}
		}
	}

	@Test
	void sleepsAndEchoes() {
		try (SocketClient client = SocketClient.connect(this.zinxPort)) {
			long start = System.nanoTime();
			assertThat(client.send(3, "120").receive().text()).isEqualTo("120");
			assertThat(System.nanoTime() - start).isGreaterThan(100_000_000L);
			assertThat(client.send(3, "soon").receive().text()).isEqualTo("Not a number of milliseconds: soon");
		}
	}

	@Test
	void showsALiveConnectionToTheOperator() throws Exception {
		Awaitility.await().until(() -> this.connections.size() == 0);
		try (SocketClient client = SocketClient.connect(this.zinxPort)) {
			client.send(1, "ping").receive();
			assertThat(get("/actuator/zinx")).contains("\"connId\":", "127.0.0.1:" + client.localPort());
			assertThat(get("/actuator/metrics/zinx.connections.active")).contains("\"value\":1.0");
			assertThat(get("/actuator/health")).contains("\"zinx\"", "\"status\":\"UP\"");
		}
		Awaitility.await()
			.untilAsserted(
					() -> assertThat(get("/actuator/metrics/zinx.connections.active")).contains("\"value\":0.0"));
	}

	private String get(String path) throws IOException, InterruptedException {
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + this.httpPort + path)).build();
		HttpResponse<String> response = this.http.send(request, HttpResponse.BodyHandlers.ofString());
		assertThat(response.statusCode()).isEqualTo(200);
		return response.body();
	}

}

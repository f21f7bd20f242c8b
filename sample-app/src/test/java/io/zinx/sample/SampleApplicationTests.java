package io.zinx.sample;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

import io.zinx.boot.test.client.ZinxTestClient;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class SampleApplicationTests {

	private final HttpClient http = HttpClient.newHttpClient();

	@LocalServerPort
	private int httpPort;

	@Autowired
	private ZinxTestClient client;

	@Test
	void echoesMessageOne() {
		assertThat(this.client.exchange(1, "ping")).hasText("ping");
	}

	@Test
	void tellsEverybodyWhatSomebodyShouts(@Autowired ZinxTestClient other) {
		this.client.send(2, "你好, Zinx");
		assertThat(this.client.receive(200)).hasText("你好, Zinx");
		assertThat(other.receive(200)).hasText("你好, Zinx");
	}

	@Test
	void sleepsAndEchoes() {
		long start = System.nanoTime();
		assertThat(this.client.exchange(3, "120")).hasText("120");
		assertThat(System.nanoTime() - start).isGreaterThan(100_000_000L);
		assertThat(this.client.exchange(3, "soon")).hasText("Not a number of milliseconds: soon");
	}

	@Test
	void showsALiveConnectionToTheOperator() throws Exception {
		this.client.exchange(1, "ping");
		int port = ((InetSocketAddress) this.client.localAddress()).getPort();
		assertThat(get("/actuator/zinx")).contains("\"connId\":", "127.0.0.1:" + port);
		assertThat(get("/actuator/health")).contains("\"zinx\"", "\"status\":\"UP\"");
		Awaitility.await()
			.untilAsserted(
					() -> assertThat(get("/actuator/metrics/zinx.connections.active")).contains("\"value\":1.0"));
		this.client.close();
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

package com.example.shop;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

import com.example.shop.ShopApplication.Purchase;
import com.example.shop.ShopApplication.Receipt;
import io.zinx.boot.test.client.ZinxTestClient;
import io.zinx.connection.CloseReason;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class ShopApplicationTests {

	private final HttpClient http = HttpClient.newHttpClient();

	@Value("${local.server.port}")
	private int httpPort;

	@Autowired
	private ZinxTestClient client;

	@Test
	void runsOnTheVersionsToTest() {
		assertThat(SpringBootVersion.getVersion()).isEqualTo(System.getProperty("expected.spring-boot"));
		assertThat("" + Runtime.version().feature()).isEqualTo(System.getProperty("expected.java"));
	}

	@Test
	void routersAnswer() {
		assertThat(this.client.exchange(1, "ping")).hasText("ping");
	}

	@Test
	void handlerMethodsReadWriteAndValidateJson() {
		this.client.send(7, new Purchase("tea", 3));
		assertThat(this.client.receive(8)).hasPayload(new Receipt("3 x tea"));
		this.client.send(7, new Purchase("", 3));
		assertThat(this.client.exchange(1, "ping")).hasText("ping");
		assertThat(this.client.connection().messagesOut()).isEqualTo(2);
	}

	@Test
	void operatorsSeeAndKick() throws Exception {
		this.client.exchange(1, "ping");
		long connId = this.client.connection().connId();
		assertThat(request("GET", "/actuator/zinx").body()).contains("\"connId\":" + connId);
		assertThat(request("GET", "/actuator/health").body()).contains("\"zinx\"");
		Awaitility.await()
			.untilAsserted(() -> assertThat(request("GET", "/actuator/metrics/zinx.connections.active").body())
				.contains("\"value\":1.0"));
		assertThat(request("DELETE", "/actuator/zinx/" + connId).statusCode()).isEqualTo(204);
		this.client.expectClose(CloseReason.KICKED);
	}

	private HttpResponse<String> request(String method, String path) throws Exception {
		return this.http.send(HttpRequest.newBuilder(URI.create("http://localhost:" + this.httpPort + path))
			.method(method, HttpRequest.BodyPublishers.noBody())
			.build(), HttpResponse.BodyHandlers.ofString());
	}

}

package io.zinx.sample.chat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.zinx.boot.test.client.ZinxTestClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page of the chat is served, and a WebSocket client talks with another one on the
 * same port. {@link BrowserTests} use it as people do.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class PageTests implements WebSocket.Listener {

	private final HttpClient http = HttpClient.newHttpClient();

	private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

	@LocalServerPort
	private int httpPort;

	@Test
	void thePageAndItsFilesAreServed(@Autowired ZinxTestClient client) throws Exception {
		assertThat(get("/", "text/html")).contains("<script type=\"module\" src=\"chat.js\">");
		assertThat(get("/chat.css", "text/css")).contains("prefers-color-scheme: dark");
		assertThat(get("/chat.js", "text/javascript")).contains("from \"/zinx/zinx.js\"").doesNotContain("innerHTML");
		assertThat(get("/zinx/zinx.js", "text/javascript")).contains("export class ZinxClient");
		assertThat(get("/chat/server", "application/json")).matches("\\{\"port\":[1-9]\\d*}");
	}

	@Test
	void aWebSocketClientAndADeviceTalkOnOnePort(@Autowired ZinxTestClient ann) throws Exception {
		int port = Integer.parseInt(get("/chat/server", "application/json").replaceAll("\\D", ""));
		assertThat(ann.exchange(10, "{\"user\":\"ann\"}")).hasText("{\"user\":\"ann\"}");
		assertThat(ann.exchange(11, "{\"room\":\"lobby\"}").text()).contains("ann");
		WebSocket bob = this.http.newWebSocketBuilder()
			.buildAsync(URI.create("ws://localhost:" + port + "/"), this)
			.get(10, TimeUnit.SECONDS);
		bob.sendBinary(frame(10, "{\"user\":\"bob\"}"), true).get(10, TimeUnit.SECONDS);
		assertThat(next()).isEqualTo("10 {\"user\":\"bob\"}");
		bob.sendBinary(frame(11, "{\"room\":\"lobby\"}"), true).get(10, TimeUnit.SECONDS);
		assertThat(next()).isEqualTo("11 {\"room\":\"lobby\",\"users\":[\"ann\",\"bob\"]}");
		ann.send(13, "{\"room\":\"lobby\",\"text\":\"hi\"}");
		assertThat(next()).isEqualTo("20 {\"room\":\"lobby\",\"user\":\"ann\",\"text\":\"hi\"}");
		bob.sendBinary(frame(14, "{\"to\":\"ann\",\"text\":\"psst\"}"), true).get(10, TimeUnit.SECONDS);
		assertThat(ann.receive(23)).hasText("{\"from\":\"bob\",\"text\":\"psst\"}");
		bob.abort();
	}

	private String get(String path, String type) throws Exception {
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + this.httpPort + path)).build();
		HttpResponse<String> response = this.http.send(request, HttpResponse.BodyHandlers.ofString());
		assertThat(response.statusCode()).as(path).isEqualTo(200);
		assertThat(response.headers().firstValue("content-type").orElse("none")).as(path).startsWith(type);
		return response.body();
	}

	private static ByteBuffer frame(int msgId, String text) {
		byte[] body = text.getBytes(StandardCharsets.UTF_8);
		return ByteBuffer.allocate(8 + body.length).putInt(msgId).putInt(body.length).put(body).flip();
	}

	private @Nullable String next() throws InterruptedException {
		return this.received.poll(10, TimeUnit.SECONDS);
	}

	@Override
	public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
		int msgId = data.getInt();
		data.getInt();
		this.received.add(msgId + " " + StandardCharsets.UTF_8.decode(data));
		socket.request(1);
		return null;
	}

}

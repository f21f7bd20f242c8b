package io.zinx.sample.chat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.stream.Stream;

import io.zinx.boot.test.client.ZinxTestClient;
import io.zinx.cluster.ZinxCluster;
import io.zinx.codec.TlvCodec;
import io.zinx.sample.SampleApplication;
import org.awaitility.Awaitility;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The sample as a node of a cluster, on free ports.
 */
final class Node implements AutoCloseable {

	private final HttpClient http = HttpClient.newHttpClient();

	private final ConfigurableApplicationContext context;

	private Node(ConfigurableApplicationContext context) {
		this.context = context;
	}

	static Node start(String... properties) {
		return start(new SpringApplicationBuilder(SampleApplication.class), properties);
	}

	static Node start(SpringApplicationBuilder application, String... properties) {
		Stream<String> ports = Stream.of("zinx.port=0", "server.port=0");
		return new Node(application.profiles("cluster")
			.run(Stream.concat(ports, Stream.of(properties)).map("--"::concat).toArray(String[]::new)));
	}

	ZinxTestClient connect() {
		return ZinxTestClient.connect(
				new InetSocketAddress(InetAddress.getLoopbackAddress(), port("local.zinx.server.port")),
				new TlvCodec());
	}

	/**
	 * Connect and log in; messages of the other node for the user arrive from then on.
	 */
	ZinxTestClient login(String user) {
		ZinxTestClient client = connect();
		assertThat(client.exchange(10, "{\"user\":\"" + user + "\"}").text()).contains(user);
		awaitSubscriptions();
		return client;
	}

	void awaitSubscriptions() {
		Awaitility.await().until(() -> cluster().status().awaitedSubscriptions() == 0);
	}

	ZinxCluster cluster() {
		return this.context.getBean(ZinxCluster.class);
	}

	HttpResponse<String> get(String path) throws IOException, InterruptedException {
		return exchange(request(path));
	}

	HttpResponse<String> post(String path, String json) throws IOException, InterruptedException {
		return exchange(request(path).header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(json)));
	}

	private HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(URI.create("http://localhost:" + port("local.server.port") + path));
	}

	private HttpResponse<String> exchange(HttpRequest.Builder request) throws IOException, InterruptedException {
		return this.http.send(request.build(), HttpResponse.BodyHandlers.ofString());
	}

	private int port(String name) {
		return this.context.getEnvironment().getRequiredProperty(name, Integer.class);
	}

	@Override
	public void close() {
		this.context.close();
	}

}

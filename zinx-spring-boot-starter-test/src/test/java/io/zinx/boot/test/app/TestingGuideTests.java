package io.zinx.boot.test.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import io.zinx.boot.test.client.ZinxTestClient;
import io.zinx.boot.test.client.ZinxTestClients;
import io.zinx.boot.test.context.LocalZinxServerPort;
import io.zinx.testing.Guide;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest
class TestingGuideTests {

	@Autowired
	ZinxTestClients clients;

	@Test
	void everyExampleOfTheGuideIsPartOfATest() throws IOException {
		List<Path> sources;
		try (Stream<Path> files = Files.list(Path.of("src", "test", "java", "io", "zinx", "boot", "test", "app"))) {
			sources = files.toList();
		}
		assertThat(Guide.examples("testing.md")).hasSize(5).allMatch((example) -> Guide.contains(sources, example));
	}

	@Test
	void tellsMany() {
		List<ZinxTestClient> many = this.clients.connect(50);
		many.get(0).send(2, "dinner is ready");
		assertThat(many).allSatisfy((client) -> assertThat(client.receive(20)).hasText("dinner is ready"));
	}

	@Test
	void thePortIsThatOfTheServer(@LocalZinxServerPort int port) {
		assertThat(this.clients.connect().connection().localAddress().toString()).endsWith(":" + port);
	}

}

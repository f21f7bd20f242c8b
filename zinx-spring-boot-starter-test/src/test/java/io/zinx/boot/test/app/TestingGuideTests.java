package io.zinx.boot.test.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import io.zinx.boot.test.client.ZinxTestClient;
import io.zinx.boot.test.client.ZinxTestClients;
import io.zinx.boot.test.context.LocalZinxServerPort;
import io.zinx.connection.CloseReason;
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
		assertThat(Guide.examples("testing.md")).hasSize(5)
			.allMatch((example) -> sources.stream().anyMatch((source) -> Guide.contains(source, example)));
	}

	@Test
	void tellsEverybody(@Autowired ZinxTestClient ann, @Autowired ZinxTestClient bob) {
		ann.send(2, "dinner is ready");
		assertThat(ann.receive(20)).hasText("dinner is ready");
		assertThat(bob.receive(20)).hasText("dinner is ready");
	}

	@Test
	void tellsMany() {
		List<ZinxTestClient> many = this.clients.connect(50);
		many.get(0).send(2, "dinner is ready");
		assertThat(many).allSatisfy((client) -> assertThat(client.receive(20)).hasText("dinner is ready"));
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
		assertThat(this.clients.connect().connection().localAddress().toString()).endsWith(":" + port);
	}

}

package io.zinx.it.readme;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.zinx.testing.SocketClient;
import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

class ReadmeTests {

	private static final Path ROOT = Path.of("..", "..");

	@Test
	void theProgramStandsInTheReadmeAndIsShort() throws IOException {
		String source = Files.readString(Path.of("src/main/java/io/zinx/it/readme/EchoApplication.java"));
		String program = source.substring(source.indexOf("@SpringBootApplication"));
		String withImports = source.substring(source.indexOf("import "));
		assertThat(readme("README.md")).contains("```java\n" + withImports + "```");
		assertThat(readme("README.zh-CN.md")).contains("```java\n" + withImports + "```");
		assertThat(program.lines().filter((line) -> !line.isBlank()).count()).isLessThanOrEqualTo(15);
	}

	@Test
	void theReadmesAreShort() throws IOException {
		assertThat(readme("README.md").lines().count()).isLessThanOrEqualTo(155);
		assertThat(readme("README.zh-CN.md").lines().count()).isLessThanOrEqualTo(155);
	}

	@Test
	void theVersionOfNettyIsLeftToSpringBoot() throws IOException {
		String transport = "<artifactId>netty-transport-native-epoll</artifactId>\n\t<classifier>linux-x86_64</classifier>\n</dependency>";
		for (String name : List.of("README.md", "README.zh-CN.md")) {
			assertThat(readme(name)).contains(transport).doesNotContain("netty-bom");
		}
	}

	@Test
	void theProgramEchoes() {
		try (ConfigurableApplicationContext context = SpringApplication.run(EchoApplication.class, "--zinx.port=0")) {
			int port = context.getEnvironment().getRequiredProperty("local.zinx.server.port", Integer.class);
			try (SocketClient client = SocketClient.connect(port)) {
				assertThat(client.send(1, "ping").receive().text()).isEqualTo("ping");
			}
		}
	}

	private static String readme(String name) throws IOException {
		return Files.readString(ROOT.resolve(name));
	}

}

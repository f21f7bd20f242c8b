package io.zinx.it.readme;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import com.jayway.jsonpath.JsonPath;
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
		assertThat(readme()).contains("```java\n" + program + "```");
		assertThat(program.lines().filter((line) -> !line.isBlank()).count()).isLessThanOrEqualTo(15);
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

	@Test
	void theTableListsEveryPropertyThereIsAndNoOther() throws IOException {
		List<String> documented = Pattern.compile("^\\| `(zinx\\.[a-z.-]+)` \\|", Pattern.MULTILINE)
			.matcher(readme())
			.results()
			.map((MatchResult row) -> row.group(1))
			.toList();
		assertThat(documented).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(properties());
	}

	private static List<String> properties() throws IOException {
		try (InputStream metadata = ReadmeTests.class
			.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
			List<String> names = JsonPath.parse(Objects.requireNonNull(metadata)).read("$.properties[*].name");
			return names.stream().filter((name) -> name.startsWith("zinx.")).toList();
		}
	}

	private static String readme() throws IOException {
		return Files.readString(ROOT.resolve("README.md"), StandardCharsets.UTF_8);
	}

}

package io.zinx.boot.configfile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.zinx.server.ServerConfig;
import io.zinx.server.ZinxServer;
import io.zinx.testing.ChildJvm;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an application does that was asked for nothing, in a process and a working
 * directory of its own.
 */
class UnaskedStartTests {

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path directory;

	@ParameterizedTest
	@ValueSource(strings = { "{\"Name\": \"unasked\", \"MaxConn\": 5}", "{\"Name\":" })
	void readsNoFileAtThePlaceOfTheOriginalAndPrintsNothing(String json) throws Exception {
		Files.writeString(Files.createDirectory(this.directory.resolve("conf")).resolve("zinx.json"), json);
		Path output = this.directory.resolve("output");
		Path result = this.directory.resolve("result");
		Process process = start(output, result);
		try {
			boolean ended = process.waitFor(120, TimeUnit.SECONDS);
			assertThat(ended).as(() -> "ended in time, printed " + read(output)).isTrue();
			assertThat(printed(output)).isEmpty();
			assertThat(result).hasContent("ZinxServerApp 12000");
			assertThat(process.exitValue()).isZero();
		}
		finally {
			process.destroyForcibly();
		}
	}

	private Process start(Path output, Path result) throws IOException {
		ProcessBuilder builder = ChildJvm.of(List.of(), Main.class, result.toString())
			.directory(this.directory.toFile())
			.redirectErrorStream(true)
			.redirectOutput(output.toFile());
		builder.environment().remove("ZINX_CONFIG_FILE_PATH");
		return builder.start();
	}

	/**
	 * All but what the JDK says of its own accord, of native access for example.
	 */
	private static List<String> printed(Path output) throws IOException {
		return Files.readAllLines(output)
			.stream()
			.filter((line) -> !line.startsWith("WARNING: ") && !line.startsWith("Picked up "))
			.toList();
	}

	private static String read(Path output) {
		try {
			return Files.readString(output);
		}
		catch (IOException ex) {
			return ex.toString();
		}
	}

	/**
	 * Starts a server with logging switched off, writes down how it is set and ends.
	 */
	static final class Main {

		private Main() {
		}

		public static void main(String[] args) throws IOException {
			SpringApplication application = new SpringApplication(AutoConfigured.class);
			application.setWebApplicationType(WebApplicationType.NONE);
			application.setBannerMode(Banner.Mode.OFF);
			try (ConfigurableApplicationContext context = application.run("--zinx.port=0",
					"--logging.level.root=off")) {
				ServerConfig config = context.getBean(ZinxServer.class).config();
				Files.writeString(Path.of(args[0]), config.name() + " " + config.maxConn());
			}
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class AutoConfigured {

	}

}

package io.zinx.boot.configfile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import io.zinx.boot.testing.FailureAnalysis;
import io.zinx.boot.testing.ZinxApplication;
import io.zinx.metrics.HandshakeResult;
import io.zinx.metrics.ServerMetrics;
import io.zinx.server.ServerConfig;
import io.zinx.server.ZinxServer;
import io.zinx.testing.SocketClient;
import io.zinx.testing.TestTls;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.PropertySource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@ExtendWith(OutputCaptureExtension.class)
class ZinxJsonFileTests {

	private static final String INFO = "logging.level.io.zinx.boot.configfile=info";

	private static final String GAME = "classpath:io/zinx/boot/configfile/game.json";

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path directory;

	@Test
	void fileConfiguresTheServerAndIsNamedInTheLog(CapturedOutput output) throws IOException {
		try (ConfigurableApplicationContext context = run(write("""
				{
				  "Name": "game", "Host": "127.0.0.1", "MaxConn": 3, "MaxPacketSize": 100, "WorkerPoolSize": 4,
				  "MaxWorkerTaskLen": 5, "WorkerMode": "Hash", "MaxMsgChanLen": 100000, "HeartbeatMax": 2,
				  "LogDir": "log"
				}"""))) {
			ServerConfig config = context.getBean(ZinxServer.class).config();
			assertThat(config.name()).isEqualTo("game");
			assertThat(config.transport().host()).isEqualTo("127.0.0.1");
			assertThat(config.maxConn()).isEqualTo(3);
			assertThat(config.maxPacketSize()).isEqualTo(100);
			assertThat(config.workers().poolSize()).isEqualTo(4);
			assertThat(config.workers().maxTaskLen()).isEqualTo(5);
			assertThat(config.outbound().maxBytes()).isEqualTo(10_000_000);
			assertThat(config.heartbeat().timeout()).hasSeconds(2);
			assertThat(output)
				.containsPattern("INFO.*zinx.json: imported, as set by zinx.config-file .*commandLineArgs")
				.contains(
						"It sets these properties, unless they are set elsewhere: zinx.name, zinx.host, zinx.max-conn")
				.containsOnlyOnce("LogDir (logs are configured by Spring Boot");
		}
	}

	@Test
	void theNameInTheFileGoesBeforeThatOfTheApplication() {
		try (ConfigurableApplicationContext context = ZinxApplication.run(Empty.class, "zinx.config-file=" + GAME,
				"spring.application.name=shop")) {
			assertThat(context.getBean(ZinxServer.class).config().name()).isEqualTo("game");
		}
	}

	@Test
	void whatIsSetElsewhereGoesFirst() {
		try (ConfigurableApplicationContext context = ZinxApplication.run(WithPropertySource.class,
				"zinx.config-file=" + GAME, "zinx.maxConn=5", "spring.profiles.active=tall")) {
			ServerConfig config = context.getBean(ZinxServer.class).config();
			assertThat(config.maxConn()).as("command line").isEqualTo(5);
			assertThat(config.workers().poolSize()).as("profile file").isEqualTo(6);
			assertThat(config.workers().maxTaskLen()).as("@PropertySource").isEqualTo(7);
			assertThat(config.name()).as("file").isEqualTo("game");
		}
	}

	@Test
	void fileGoesBeforeDefaultProperties() {
		try (ConfigurableApplicationContext context = application(
				Map.of("zinx.name", "default", "zinx.port", "0", "zinx.config-file", GAME))
			.run()) {
			assertThat(context.getBean(ZinxServer.class).config().name()).isEqualTo("game");
		}
	}

	@Test
	void environmentVariableOfTheOriginalNamesTheFile(CapturedOutput output) {
		StandardEnvironment environment = withVariable(GAME);
		SpringApplication application = application(Map.of("zinx.port", "0"));
		application.setEnvironment(environment);
		try (ConfigurableApplicationContext context = application.run("--" + INFO)) {
			assertThat(context.getBean(ZinxServer.class).config().name()).isEqualTo("game");
			assertThat(output).contains("set by the environment variable ZINX_CONFIG_FILE_PATH");
		}
	}

	@Test
	void propertyGoesBeforeTheEnvironmentVariableEvenIfEmpty() {
		SpringApplication application = application(Map.of("zinx.port", "0"));
		application.setEnvironment(withVariable("/no/such/zinx.json"));
		try (ConfigurableApplicationContext context = application.run("--zinx.config-file=")) {
			assertThat(context.getBean(ZinxServer.class).config().name()).isEqualTo("ZinxServerApp");
		}
	}

	@Test
	void relativePathIsOfTheWorkingDirectory() throws IOException {
		Path file = Path.of("target", "relative-zinx.json");
		Files.writeString(file, "{\"Name\": \"relative\"}");
		try (ConfigurableApplicationContext context = run(file)) {
			assertThat(context.getBean(ZinxServer.class).config().name()).isEqualTo("relative");
		}
	}

	@Test
	void fileIsNotReadWithoutAServer() {
		try (ConfigurableApplicationContext context = ZinxApplication.run(Empty.class, "zinx.enabled=false",
				"zinx.config-file=/no/such/zinx.json")) {
			assertThat(context.getBeansOfType(ZinxServer.class)).isEmpty();
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = { """
			"MaxConn": -1          | zinx.max-conn           | '-1'    | 1 or more""", """
			"MaxConn": "abc"       | zinx.max-conn           | "abc"   | int""", """
			"MaxConn": 1.5         | zinx.max-conn           | "1.5"   | int""", """
			"WorkerMode": "Magic"  | zinx.worker-mode        | "magic" | hash""", """
			"MaxMsgChanLen": -1    | zinx.outbound.max-bytes | '-1B'   | 1024 to 1073741824""", """
			"MaxMsgChanLen": "lot" | zinx.outbound.max-bytes | "lot"   | DataSize""", """
			"TCPPort": 65536       | zinx.port               | '65536' | 0 to 65535""" })
	void wrongValueIsNamedWithPropertyFileAndLine(String member, String property, String value, String expected,
			CapturedOutput output) throws IOException {
		Path file = write("{\n  \"Name\": \"game\",\n  " + member + "\n}");
		assertThatException().isThrownBy(() -> run(file).close());
		int column = 3 + member.indexOf(": ") + 2;
		assertThat(FailureAnalysis.last(output)).contains(property, value, expected,
				"file [" + file + "] - 3:" + column);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = { """
			{"Name": "game",}    | 1:17 | double-quote""", """
			{"Name": 'game'}     | 1:10 | Unexpected character""", """
			{"Name": "game"      | 1:   | end-of-input""", """
			{"Name": "game"} {}  | 1:18 | after the closing brace""", """
			["Name"]             | 1:1  | one JSON object""", """
			` `                  | 1:1  | one JSON object""" })
	void malformedFileIsExplainedWithItsLine(String json, String place, String problem, CapturedOutput output)
			throws IOException {
		Path file = write(json);
		assertThatException().isThrownBy(() -> run(file).close());
		assertThat(FailureAnalysis.last(output))
			.contains("The Zinx configuration file is malformed at file [" + file + "] - " + place, problem, "Action:");
	}

	@Test
	void fileInAnotherEncodingIsExplained(CapturedOutput output) throws IOException {
		Path file = this.directory.resolve("zinx.json");
		Files.write(file, "{\"Name\": \"Zürich\"}".getBytes(StandardCharsets.ISO_8859_1));
		assertThatException().isThrownBy(() -> run(file).close());
		assertThat(FailureAnalysis.last(output)).contains("is not encoded in UTF-8", file.toString());
	}

	@ParameterizedTest
	@CsvSource({ "no/such/zinx.json, file [", "file:no/such/zinx.json, URL [",
			"classpath:none.json, class path resource [" })
	void missingFileIsExplained(String location, String resource, CapturedOutput output) {
		assertThatException()
			.isThrownBy(() -> ZinxApplication.run(Empty.class, "zinx.config-file=" + location).close());
		assertThat(FailureAnalysis.last(output)).contains("'" + location + "'", "set by zinx.config-file",
				"commandLineArgs", "does not exist: " + resource);
	}

	@Test
	void directoryIsExplained(CapturedOutput output) {
		assertThatException().isThrownBy(() -> run(this.directory).close());
		assertThat(FailureAnalysis.last(output)).contains("'" + this.directory + "'", "cannot be read");
	}

	@Test
	void theFilesOfACertificateEncrypt() throws IOException {
		Path certificate = Files.writeString(this.directory.resolve("a.pem"), TestTls.SERVER.getCertificatePathPEM());
		Path key = Files.writeString(this.directory.resolve("b.pem"), TestTls.SERVER.getPrivateKeyPEM());
		Path file = write("{\"CertFile\": \"" + certificate + "\", \"PrivateKeyFile\": \"" + key + "\"}");
		try (ConfigurableApplicationContext context = run(file);
				SocketClient client = SocketClient.connect(context.getBean(ZinxServer.class).port(), 0,
						TestTls.clientContext())) {
			assertThat(client.localPort()).isPositive();
			ServerMetrics metrics = context.getBean(ZinxServer.class).connManager().metrics();
			Awaitility.await().until(() -> metrics.links().handshakes(HandshakeResult.SUCCESS) == 1);
		}
	}

	@Test
	void aCertificateThatIsNotThereStopsTheStart(CapturedOutput output) throws IOException {
		Path file = write("{\"CertFile\": \"/none/a.pem\", \"PrivateKeyFile\": \"/none/b.pem\"}");
		assertThatException().isThrownBy(() -> run(file).close());
		assertThat(FailureAnalysis.last(output)).contains("zinx.ssl.bundle", file + "] - 1:14", "/none/a.pem");
	}

	@Test
	void missingJacksonIsNamed() {
		FilteredClassLoader withoutJackson = new FilteredClassLoader("tools.jackson.core");
		assertThatExceptionOfType(ZinxJsonException.class)
			.isThrownBy(() -> new ZinxJsonFile(GAME, "a test").read(withoutJackson))
			.withMessageContaining("cannot be read without Jackson 3")
			.withMessageContaining("tools.jackson.core:jackson-core");
	}

	private Path write(String json) throws IOException {
		Path file = this.directory.resolve("zinx.json");
		Files.writeString(file, json);
		return file;
	}

	private static ConfigurableApplicationContext run(Path file) {
		return ZinxApplication.run(Empty.class, "zinx.config-file=" + file, INFO);
	}

	private static SpringApplication application(Map<String, Object> defaults) {
		SpringApplication application = new SpringApplication(AutoConfigured.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		application.setDefaultProperties(defaults);
		return application;
	}

	private static StandardEnvironment withVariable(String location) {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources()
			.addFirst(new MapPropertySource("variables", Map.of("ZINX_CONFIG_FILE_PATH", location)));
		return environment;
	}

	@Configuration(proxyBeanMethods = false)
	static class Empty {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class AutoConfigured {

	}

	@Configuration(proxyBeanMethods = false)
	@PropertySource("classpath:io/zinx/boot/configfile/source.properties")
	static class WithPropertySource {

	}

}

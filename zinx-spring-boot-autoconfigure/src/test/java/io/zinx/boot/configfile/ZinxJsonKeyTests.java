package io.zinx.boot.configfile;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.env.OriginTrackedMapPropertySource;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.entry;

/**
 * One test for what becomes of each key.
 */
@ExtendWith(OutputCaptureExtension.class)
class ZinxJsonKeyTests {

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path directory;

	@BeforeEach
	void logInfo() {
		setLogLevel(LogLevel.INFO);
	}

	@AfterEach
	void logAsBefore() {
		setLogLevel(null);
	}

	private static void setLogLevel(@Nullable LogLevel level) {
		LoggingSystem.get(ZinxJsonKeyTests.class.getClassLoader())
			.setLogLevel(ZinxJsonKey.class.getPackageName(), level);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = {
			// key and value in the file | property | its value
			"""
					"Name": "game"              | zinx.name                 | game""", """
					"Host": "127.0.0.1"         | zinx.host                 | 127.0.0.1""", """
					"Host": ""                  | zinx.host                 | 0.0.0.0""", """
					"TCPPort": 7777             | zinx.port                 | 7777""", """
					"TcpPort": 7777             | zinx.port                 | 7777""", """
					"tcpport": 7777             | zinx.port                 | 7777""", """
					"MaxConn": 3                | zinx.max-conn             | 3""", """
					"MaxPacketSize": 100        | zinx.max-packet-size      | 100""", """
					"WorkerPoolSize": 4         | zinx.worker-pool-size     | 4""", """
					"WorkerPoolSize": 0         | zinx.worker-mode          | bind""", """
					"MaxWorkerTaskLen": 5       | zinx.max-worker-task-len  | 5""", """
					"WorkerMode": "Hash"        | zinx.worker-mode          | hash""", """
					"WorkerMode": "Bind"        | zinx.worker-mode          | bind""", """
					"WorkerMode": "DynamicBind" | zinx.worker-mode          | bind""", """
					"WorkerMode": "Magic"       | zinx.worker-mode          | magic""", """
					"HeartbeatMax": 30          | zinx.heartbeat.timeout    | 30s""", """
					"HeartbeatMax": -1          | zinx.heartbeat.timeout    | -1s""", """
					"HeartbeatMax": "long"      | zinx.heartbeat.timeout    | long""", """
					"MaxMsgChanLen": 1024       | zinx.outbound.max-bytes   | 4194304B""", """
					"MaxMsgChanLen": 1          | zinx.outbound.max-bytes   | 1048576B""", """
					"MaxMsgChanLen": 9999999999 | zinx.outbound.max-bytes   | 1073741824B""", """
					"MaxMsgChanLen": -1         | zinx.outbound.max-bytes   | -1B""", """
					"MaxMsgChanLen": "many"     | zinx.outbound.max-bytes   | many""" })
	void keySetsItsProperty(String member, String property, String value) throws Exception {
		assertThat(read("{" + member + "}")).containsExactly(Map.entry(property, value));
	}

	@Test
	void queuedMessagesAreAsLargeAsTheFileSays() throws Exception {
		assertThat(read("""
				{"MaxMsgChanLen": 2048, "MaxPacketSize": 65536}""")).containsEntry("zinx.outbound.max-bytes",
				"134217728B");
	}

	@Test
	void noWorkersMeanNeitherAPoolSizeNorTheModeOfTheFile(CapturedOutput output) throws Exception {
		assertThat(read("""
				{"WorkerMode": "Hash", "WorkerPoolSize": 0}""")).containsExactly(Map.entry("zinx.worker-mode", "bind"));
		assertThat(output).containsOnlyOnce("With WorkerPoolSize 0, Zinx handles all messages concurrently");
	}

	@Test
	void emptyWorkerModeSetsNothing() throws Exception {
		assertThat(read("""
				{"WorkerMode": ""}""")).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "all" })
	void anyOtherModeIsTcpAndWebSocket(String mode, CapturedOutput output) throws Exception {
		assertThat(read("{\"TCPPort\": 7777, \"WsPath\": \"\", \"Mode\": \"" + mode + "\"}"))
			.containsOnly(Map.entry("zinx.port", "7777"), Map.entry("zinx.websocket.port", "9000"));
		assertThat(output).doesNotContain("WARN", "Ignored keys");
	}

	@Test
	void modeWebSocketHasNoOtherPort(CapturedOutput output) throws Exception {
		assertThat(read("""
				{"Mode": "websocket", "TCPPort": 7777, "WsPort": 9090, "WsPath": "/ws"}""")).containsOnly(
				Map.entry("zinx.port", "-1"), Map.entry("zinx.websocket.port", "9090"),
				Map.entry("zinx.websocket.path", "/ws"));
		assertThat(output).doesNotContain("WARN", "Ignored keys");
	}

	@Test
	void modeKcpIsWarnedOf(CapturedOutput output) throws Exception {
		assertThat(read("""
				{"Mode": "kcp"}""")).isEmpty();
		assertThat(output).containsPattern("WARN.*Mode 'kcp'.*plain TCP");
	}

	@Test
	void transportTcpIsWhatThereIs(CapturedOutput output) throws Exception {
		assertThat(read("""
				{"Mode": "tcp"}""")).isEmpty();
		assertThat(output).doesNotContain("Mode");
	}

	@Test
	void keysWithoutMeaningAreSaidSoOnceWithTheReason(CapturedOutput output) throws Exception {
		assertThat(read("""
				{"Version": "V1", "WsPort": 9000, "WsPath": "/", "IOReadBuffSize": 1024, "RouterSlicesMode": true,
				"RequestPoolMode": false, "LogDir": "log", "LogFile": "a.log", "LogSaveDays": 31,
				"LogFileSize": 67108864, "LogCons": true, "LogIsolationLevel": 0, "KcpPort": 9001,
				"KcpACKNoDelay": false, "KcpStreamMode": true, "KcpNoDelay": 1, "KcpInterval": 10, "KcpResend": 2,
				"KcpNc": 1, "KcpSendWindow": 32, "KcpRecvWindow": 32, "KcpFecDataShards": 0,
				"KcpFecParityShards": 0}""")).isEmpty();
		assertThat(output).containsOnlyOnce("Ignored keys: ")
			.contains("Version (the version is not shown anywhere)",
					"WsPort, WsPath (with Mode tcp there is no WebSocket)",
					"IOReadBuffSize (the server sizes its read buffers itself)",
					"RouterSlicesMode (both kinds of routers work side by side)",
					"RequestPoolMode (requests are never reused)",
					"LogDir, LogFile, LogSaveDays, LogFileSize, LogCons, LogIsolationLevel (logs are configured by "
							+ "Spring Boot, 'logging.*')",
					"KcpPort, KcpACKNoDelay, KcpStreamMode, KcpNoDelay, KcpInterval, KcpResend, KcpNc, KcpSendWindow, "
							+ "KcpRecvWindow, KcpFecDataShards, KcpFecParityShards (this server does not support KCP)")
			.doesNotContain("WARN");
	}

	@Test
	void theFilesOfACertificateBecomeAnSslBundle(CapturedOutput output) throws Exception {
		assertThat(read("""
				{"CertFile": "cert.pem",
				"PrivateKeyFile": "classpath:key.pem"}""")).containsOnly(
				entry("spring.ssl.bundle.pem.zinx-json.keystore.certificate", "file:cert.pem"),
				entry("spring.ssl.bundle.pem.zinx-json.keystore.private-key", "classpath:key.pem"),
				entry("zinx.ssl.bundle", "zinx-json"));
		assertThat(origin("zinx.ssl.bundle")).asString().contains("1:14");
		assertThat(output).doesNotContain("Ignored keys");
	}

	@Test
	void oneFileOfTlsHasNoMeaningAsInTheOriginal(CapturedOutput output) throws Exception {
		assertThat(read("""
				{"CertFile": "cert.pem", "PrivateKeyFile": ""}""")).isEmpty();
		assertThat(output).contains("CertFile, PrivateKeyFile (TLS needs both files)");
	}

	@Test
	void unknownKeysAreWarnedOfOnceWithTheNearestKnownOne(CapturedOutput output) throws Exception {
		assertThat(read("""
				{"MaxCon": 3,
				"TpcPort": 1,
				"Comment": {"Name": "inner"}}""")).isEmpty();
		assertThat(output)
			.containsPattern("WARN.*Ignored unknown keys: 'MaxCon' in line 1 \\(did you mean MaxConn\\?\\), "
					+ "'TpcPort' in line 2 \\(did you mean TCPPort\\?\\), 'Comment' in line 3\\R");
	}

	@Test
	void laterOfTwoSpellingsCountsAndIsWarnedOf(CapturedOutput output) throws Exception {
		assertThat(read("""
				{"TcpPort": 1,
				"TCPPort": 2}""")).containsExactly(Map.entry("zinx.port", "2"));
		assertThat(output).containsPattern("WARN.*TCPPort is set twice: 'TcpPort' in line 1 and 'TCPPort' in line 2");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "null | null", "[1] | an array", "{} | an object" })
	void valueThatIsNoneIsRefusedWithItsPlace(String value, String named) {
		assertThatExceptionOfType(ZinxJsonException.class)
			.isThrownBy(() -> read("{\n\"Name\": \"x\",\n\"MaxConn\":  " + value + "}"))
			.withMessageContaining("'MaxConn'")
			.withMessageContaining(named)
			.withMessageContaining("zinx.json] - 3:13");
	}

	@Test
	void valuesKnowTheirPlace() throws Exception {
		read("{\"Name\": \"Zürich\", \"MaxConn\": 7}");
		assertThat(origin("zinx.max-conn")).hasToString("file [" + file() + "] - 1:31");
	}

	@Test
	void byteOrderMarkIsNoError() throws Exception {
		assertThat(read("\uFEFF{\"Name\": \"游戏\"}")).containsExactly(Map.entry("zinx.name", "游戏"));
	}

	@Test
	void emptyObjectSetsNothing(CapturedOutput output) throws Exception {
		assertThat(read("{}")).isEmpty();
		assertThat(output).contains("It sets no properties");
	}

	private final StandardEnvironment environment = new StandardEnvironment();

	private Path file() {
		return this.directory.resolve("zinx.json");
	}

	private Map<String, Object> read(String json) throws Exception {
		Files.writeString(file(), json);
		this.environment.getPropertySources()
			.addFirst(new MapPropertySource("asked", Map.of("zinx.config-file", file().toString())));
		new ZinxJsonEnvironmentPostProcessor((log) -> log.get()).postProcessEnvironment(this.environment,
				new SpringApplication());
		Map<String, Object> properties = new TreeMap<>();
		for (String name : source().getPropertyNames()) {
			properties.put(name, Objects.requireNonNull(source().getProperty(name)));
		}
		return properties;
	}

	private @Nullable Origin origin(String property) {
		return source().getOrigin(property);
	}

	private OriginTrackedMapPropertySource source() {
		PropertySource<?> source = this.environment.getPropertySources().get(ZinxJsonPropertySources.NAME);
		return (OriginTrackedMapPropertySource) Objects.requireNonNull(source);
	}

}

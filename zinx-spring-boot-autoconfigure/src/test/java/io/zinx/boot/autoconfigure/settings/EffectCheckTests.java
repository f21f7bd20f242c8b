package io.zinx.boot.autoconfigure.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import io.zinx.boot.autoconfigure.ZinxAutoConfiguration;
import io.zinx.boot.autoconfigure.ZinxServerCustomizer;
import io.zinx.boot.autoconfigure.ZinxSettings;
import io.zinx.boot.routing.ZinxRouteRegistrar;
import io.zinx.boot.testing.ZinxApplication.EchoRouter;
import io.zinx.codec.FrameCodec;
import io.zinx.codec.LtvCodec;
import io.zinx.dispatch.WorkerMode;
import io.zinx.routing.Execution;
import io.zinx.server.Goodbye;
import io.zinx.server.ServerConfig;
import io.zinx.server.ServerConfigBuilder;
import io.zinx.server.ZinxServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class EffectCheckTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ZinxAutoConfiguration.class, ZinxSettingsAutoConfiguration.class))
		.withPropertyValues("zinx.port=0", "zinx.host=127.0.0.1");

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					zinx.length-field.length=2             |                                    | it needs zinx.codec=length-field
					zinx.htlv-crc.reply-head=5             | zinx.codec=ltv                     | it needs zinx.codec=htlv-crc
					zinx.delimiter.bytes=0a                | zinx.codec=raw                     | it needs zinx.codec=delimiter
					zinx.fixed.length=4                    |                                    | it needs zinx.codec=fixed
					zinx.magic.on-mismatch=resync          |                                    | it needs zinx.magic.bytes
					zinx.magic.max-skipped=1KB             | zinx.magic.bytes=cafe              | it needs zinx.magic.on-mismatch=resync
					zinx.receive.frame-timeout=3s          | zinx.codec=raw                     | zinx.codec=raw has no frames
					zinx.bind-max-threads=5                | zinx.worker-mode=hash              | it needs zinx.worker-mode=bind
					zinx.worker-pool-size=5                | zinx.worker-mode=bind              | it needs zinx.worker-mode=hash
					zinx.heartbeat.timeout=5s              |                                    | it needs zinx.heartbeat.mode
					zinx.heartbeat.interval=3s             | zinx.heartbeat.mode=check-only     | it needs zinx.heartbeat.mode=send
					zinx.heartbeat.jitter=0.2              | zinx.heartbeat.mode=reply          | it needs zinx.heartbeat.mode=send
					zinx.heartbeat.text=x                  | zinx.heartbeat.mode=check-only     | it needs zinx.heartbeat.mode=send or reply
					zinx.outbound.block-timeout=3s         |                                    | it needs zinx.outbound.slow-consumer-policy=block
					zinx.max-conn-reject.text=full         |                                    | it needs zinx.max-conn-policy=reject-message
					zinx.max-conn-age-jitter=0.2           |                                    | it needs zinx.max-conn-age
					zinx.session.kick.text=bye             |                                    | it needs zinx.session.kick.msg-id
					zinx.session.replaced.text=bye         |                                    | it needs zinx.session.replaced.msg-id or
					zinx.session.replaced.msg-id=5         | zinx.session.duplicate-login=allow | it needs zinx.session.duplicate-login=kick-old
					zinx.shutdown.goodbye.text=bye         |                                    | it needs zinx.shutdown.goodbye.msg-id
					zinx.shutdown.refusal.text=no          |                                    | it needs zinx.shutdown.late-requests=refuse
					zinx.unix-socket.file-mode=0660        |                                    | it needs zinx.unix-socket.path
					zinx.handshake.max-pending=9           |                                    | it needs zinx.ssl.bundle, zinx.proxy-protocol.mode, zinx.websocket.port, zinx.websocket.same-port or a bean of type ConnectionAuthenticator
					zinx.proxy-protocol.trusted=10.0.0.0/8 |                                    | it needs zinx.proxy-protocol.mode
					zinx.proxy-protocol.timeout=1s         |                                    | it needs zinx.proxy-protocol.mode
					zinx.sniff-timeout=1s                  |                                    | it needs zinx.ssl.mode=optional, zinx.websocket.same-port=true, or zinx.proxy-protocol.mode=optional without TLS
					zinx.sniff-timeout=1s                  | zinx.proxy-protocol.mode=required  | it needs zinx.ssl.mode=optional
					zinx.cluster.name=chat                 |                                    | it needs zinx.cluster.enabled=true
					management.endpoint.zinx.roles=admin   |                                    | it needs management.endpoint.zinx.show-values=when-authorized
					""")
	void aSettingWithoutEffectIsNamedWithWhatWouldMakeItCount(String setting, String choice, String needs,
			CapturedOutput output) {
		this.runner.withPropertyValues(setting, (choice != null) ? choice : "zinx.name=game")
			.run((context) -> assertThat(output.getOut().lines().toList())
				.filteredOn((line) -> line.contains("has no effect"))
				.singleElement()
				.asString()
				.contains("WARN", "The property " + setting.substring(0, setting.indexOf('=')) + " (", needs));
	}

	@ParameterizedTest
	@ValueSource(strings = { "zinx.codec=length-field zinx.length-field.length=2",
			"zinx.codec=fixed zinx.fixed.length=4",
			"zinx.magic.bytes=cafe zinx.magic.on-mismatch=resync zinx.magic.max-skipped=1KB",
			"zinx.worker-mode=hash zinx.worker-pool-size=3", "zinx.heartbeat.mode=send zinx.heartbeat.interval=3s",
			"zinx.heartbeat.mode=reply zinx.heartbeat.text=x zinx.heartbeat.timeout=4s",
			"zinx.session.kick.text=x zinx.session.replaced.msg-id=4",
			"zinx.session.kick.msg-id=3 zinx.session.replaced.text=x",
			"zinx.proxy-protocol.mode=optional zinx.proxy-protocol.timeout=1s zinx.sniff-timeout=1s zinx.handshake.max-pending=9",
			"zinx.proxy-protocol.mode=required zinx.proxy-protocol.trusted=10.0.0.0/8 zinx.handshake.max-pending=9",
			"zinx.outbound.slow-consumer-policy=block zinx.outbound.block-timeout=3s",
			"management.endpoint.zinx.show-values=WHEN_AUTHORIZED management.endpoint.zinx.roles=admin" })
	void aSettingThatCountsIsNotSpokenOf(String settings, CapturedOutput output) {
		this.runner.withPropertyValues(settings.split(" "))
			.run((context) -> assertThat(output).doesNotContain("has no effect"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "zinx.heartbeat.mode=off zinx.heartbeat.interval=3s zinx.heartbeat.timeout=9s",
			"zinx.max-conn-age=0 zinx.max-conn-age-jitter=0.3", "zinx.cluster.enabled=false zinx.cluster.name=chat",
			"zinx.proxy-protocol.mode=off zinx.proxy-protocol.timeout=1s zinx.proxy-protocol.trusted=10.0.0.0/8",
			"zinx.ssl.enabled=false zinx.ssl.client-auth=need zinx.ssl.mode=optional", "zinx.heartbeat.timeout=" })
	void whatIsSwitchedOffOnPurposeOrEmptyIsNotSpokenOf(String settings, CapturedOutput output) {
		this.runner.withPropertyValues(settings.split(" "))
			.run((context) -> assertThat(output).doesNotContain("has no effect"));
	}

	@Test
	void threadsOfRoutersMakeTheirSettingsCount(CapturedOutput output) {
		this.runner.withPropertyValues("zinx.worker-mode=event-loop", "zinx.worker-pool-size=3")
			.withBean(ZinxRouteRegistrar.class,
					() -> (registry) -> registry.add(1, new EchoRouter(), "echo", Execution.WORKER))
			.run((context) -> assertThat(output).doesNotContain("has no effect"));
	}

	@Test
	void whatCodeHasChosenDecides(CapturedOutput output) {
		this.runner.withPropertyValues("zinx.worker-pool-size=3")
			.withBean(ZinxServerCustomizer.class, () -> (builder) -> builder.workerMode(WorkerMode.EVENT_LOOP))
			.run((context) -> assertThat(output).contains("zinx.worker-pool-size", "it needs zinx.worker-mode=hash"));
	}

	@Test
	void aServerInMemoryHasNoUnixSocket(CapturedOutput output) {
		this.runner.withPropertyValues("zinx.unix-socket.path=/run/zinx.sock", "zinx.unix-socket.file-mode=0660")
			.withBean(ZinxServerCustomizer.class, () -> ServerConfigBuilder::inMemory)
			.run((context) -> assertThat(output).contains("zinx.unix-socket.path (", "zinx.unix-socket.file-mode (",
					"has no effect: the server is in memory and opens no sockets"));
	}

	@Test
	void settingsOfAPortCountForNoUnixSocketAlone(CapturedOutput output, @TempDir Path directory) {
		this.runner
			.withPropertyValues("zinx.port=-1", "zinx.unix-socket.path=" + directory.resolve("s"),
					"zinx.socket.receive-buffer=64KB", "zinx.socket.send-buffer=64KB")
			.run((context) -> assertThat(output.getOut().lines().toList())
				.filteredOn((line) -> line.contains("has no effect: it needs zinx.port: a Unix domain socket has no "))
				.hasSize(2)
				.anyMatch((line) -> line.contains("zinx.host ("))
				.anyMatch((line) -> line.contains("zinx.socket.receive-buffer (")));
	}

	@Test
	void beansThatReplacePropertiesAreNamed(CapturedOutput output) {
		this.runner.withPropertyValues("zinx.codec=tlv", "zinx.length-field.length=2", "zinx.session.kick.msg-id=3")
			.withBean(FrameCodec.class, LtvCodec::new)
			.withBean(Goodbye.class, () -> (connection, reason) -> null)
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(output.getOut().lines().toList()).filteredOn((line) -> line.contains("has no effect"))
			.hasSize(3)
			.anyMatch((line) -> line.contains("zinx.codec (") && line.contains("the bean of type FrameCodec is used"))
			.anyMatch((line) -> line.contains("zinx.length-field.length (") && line.contains("FrameCodec"))
			.anyMatch((line) -> line.contains("zinx.session.kick.msg-id (") && line.contains("Goodbye"));
	}

	@Test
	void aConfigurationOfTheApplicationReplacesAllProperties(CapturedOutput output) {
		Stream
			.<ApplicationContextRunner>of(
					this.runner.withBean(ServerConfig.class, () -> ServerConfig.builder().port(0).build()),
					this.runner.withBean(ZinxServer.class,
							() -> new ZinxServer(ServerConfig.builder().port(0).build())))
			.forEach((replaced) -> replaced
				.withPropertyValues("zinx.max-conn=5", "zinx.payload=json", "zinx.shutdown.mode=immediate")
				.run((context) -> assertThat(output)
					.contains("a bean of type ServerConfig or ZinxServer that the application defines replaces them: "
							+ "zinx.host, zinx.max-conn, zinx.port")));
	}

	@Test
	void everySettingOfTheTableExists() {
		List<String> known = ZinxSettings.knownWithActuator().all().stream().map((setting) -> setting.name()).toList();
		assertThat(Effects.settings()).isNotEmpty()
			.allMatch((setting) -> known.stream()
				.anyMatch((name) -> name.equals(setting) || name.startsWith(setting + ".")));
	}

}

package io.zinx.boot.autoconfigure;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import io.zinx.admission.ConnectionSettings;
import io.zinx.admission.MaxConnPolicy;
import io.zinx.boot.context.ShutdownMode;
import io.zinx.boot.context.ZinxGracefulShutdownLifecycle;
import io.zinx.boot.context.ZinxServerLifecycle;
import io.zinx.boot.messaging.ZinxTemplate;
import io.zinx.boot.routing.ZinxRouter;
import io.zinx.boot.testing.ZinxApplication.EchoRouter;
import io.zinx.cluster.ZinxCluster;
import io.zinx.codec.FrameCodec;
import io.zinx.codec.LtvCodec;
import io.zinx.codec.TlvCodec;
import io.zinx.connection.ConnManager;
import io.zinx.connection.Connection;
import io.zinx.connection.ConnectionListener;
import io.zinx.connection.LateRequests;
import io.zinx.dispatch.WorkerMode;
import io.zinx.inbound.InboundSettings;
import io.zinx.message.Message;
import io.zinx.outbound.OutboundSettings;
import io.zinx.outbound.SlowConsumerPolicy;
import io.zinx.routing.RouteRegistry;
import io.zinx.server.DrainSettings;
import io.zinx.server.ServerConfig;
import io.zinx.server.ZinxServer;
import io.zinx.session.DuplicateLogin;
import io.zinx.testing.SocketClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class ZinxAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ZinxAutoConfiguration.class))
		.withPropertyValues("zinx.port=0");

	@Test
	void startsAServer() {
		this.runner.run((context) -> {
			assertThat(context).hasSingleBean(ServerConfig.class)
				.hasSingleBean(ConnManager.class)
				.hasSingleBean(RouteRegistry.class)
				.hasSingleBean(ZinxServer.class)
				.hasSingleBean(ZinxServerLifecycle.class)
				.hasSingleBean(ZinxGracefulShutdownLifecycle.class);
			ZinxServer server = context.getBean(ZinxServer.class);
			assertThat(server.isRunning()).isTrue();
			assertThat(server.connManager()).isSameAs(context.getBean(ConnManager.class));
			assertThat(server.routes()).isSameAs(context.getBean(RouteRegistry.class));
			SocketClient.connect(server.port()).close();
		});
	}

	@Test
	void defaultsAreThoseOfCore() {
		ServerConfig config = new ServerConfigFactory(new ZinxProperties(), new MockEnvironment(), null).create(null,
				Stream.of(), Stream.of());
		ServerConfig defaults = ServerConfig.builder().build();
		assertThat(config).usingRecursiveComparison().ignoringFields("codec").isEqualTo(defaults);
		assertThat(config.codec()).hasSameClassAs(defaults.codec());
	}

	@Test
	void isOffIfToldSo() {
		this.runner.withPropertyValues("zinx.enabled=false")
			.withUserConfiguration(Echo.class, Customizers.class)
			.run((context) -> assertThat(context).doesNotHaveBean(ZinxServer.class)
				.doesNotHaveBean(ServerConfig.class)
				.doesNotHaveBean(ZinxServerLifecycle.class)
				.doesNotHaveBean(ZinxGracefulShutdownLifecycle.class));
	}

	@Test
	void whatIsInjectedToSendStaysIfTheServerIsOff() {
		this.runner.withPropertyValues("zinx.enabled=false", "zinx.max-conn=9", "zinx.cluster.enabled=true")
			.run((context) -> {
				ConnManager connections = context.getBean(ConnManager.class);
				assertThat(connections.size()).isZero();
				assertThat(connections.maxConn()).isEqualTo(9);
				assertThat(context.getBean(ZinxTemplate.class).sendToAll(1, "nobody").total()).isZero();
				assertThat(context.getBean(ZinxCluster.class).status().clustered()).isFalse();
			});
	}

	@Test
	void theServerStartsWhenCodeStartsItIfToldSo() {
		this.runner.withPropertyValues("zinx.auto-startup=false").withUserConfiguration(Echo.class).run((context) -> {
			ZinxServer server = context.getBean(ZinxServer.class);
			ZinxServerLifecycle lifecycle = context.getBean(ZinxServerLifecycle.class);
			assertThat(server.isRunning()).isFalse();
			assertThat(lifecycle.isRunning()).isFalse();
			lifecycle.start();
			try (SocketClient client = SocketClient.connect(server.port())) {
				assertThat(client.send(1, "hello").receive().text()).isEqualTo("hello");
				context.close();
				client.awaitClose();
			}
			assertThat(server.isRunning()).isFalse();
		});
	}

	@Test
	void aServerThatIsStartedWithoutItsRoutersSaysSo(CapturedOutput output) {
		this.runner.withPropertyValues("zinx.auto-startup=false").withUserConfiguration(Echo.class).run((context) -> {
			context.getBean(ZinxServer.class).start();
			assertThat(output).contains("started by ZinxServer.start(), without the routers",
					ZinxServerLifecycle.class.getName());
		});
	}

	@ParameterizedTest
	@CsvSource({ "2147481599, 2147482623", "0, 2147482623", "2147483000, 2147483001", "2147483646, 2147483647",
			"-2147483647, 2147482623" })
	void thePhaseIsThatOfThePropertyAndTheShutdownBeginsBefore(int phase, int shutdown) {
		this.runner.withPropertyValues("zinx.phase=" + phase, "zinx.auto-startup=false").run((context) -> {
			assertThat(context.getBean(ZinxServerLifecycle.class).getPhase()).isEqualTo(phase);
			assertThat(context.getBean(ZinxGracefulShutdownLifecycle.class).getPhase()).isEqualTo(shutdown);
		});
	}

	@Test
	void thePhaseLeavesRoomOnBothSides() {
		for (int phase : new int[] { Integer.MIN_VALUE, Integer.MAX_VALUE }) {
			this.runner.withPropertyValues("zinx.phase=" + phase)
				.run((context) -> assertThat(context).getFailure()
					.rootCause()
					.hasMessageContaining("zinx.phase")
					.hasMessageContaining("-2147483647 to 2147483646"));
		}
		assertThat(new ZinxProperties().getPhase()).isEqualTo(ZinxServerLifecycle.PHASE);
	}

	@Test
	void isOffWithoutCore() {
		this.runner.withClassLoader(new FilteredClassLoader(ZinxServer.class))
			.run((context) -> assertThat(context).doesNotHaveBean("zinxServer"));
	}

	@ParameterizedTest
	@CsvSource({ "'', '', ZinxServerApp", "'', shop, shop", "game, shop, game", "game, '', game" })
	void aServerWithoutANameHasThatOfTheApplication(String name, String application, String expected) {
		this.runner.withPropertyValues("zinx.name=" + name, "spring.application.name=" + application)
			.run((context) -> assertThat(context.getBean(ServerConfig.class).name()).isEqualTo(expected));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " " })
	void anEmptyTextIsNotSet(String empty) {
		this.runner
			.withPropertyValues("zinx.host=" + empty, "zinx.codec=" + empty.strip(), "zinx.payload=" + empty.strip(),
					"zinx.worker-mode=" + empty.strip(), "zinx.ssl.bundle=" + empty,
					"zinx.ssl.client-auth=" + empty.strip(), "zinx.magic.bytes=" + empty.strip(),
					"zinx.first-packet.delimiter=" + empty.strip(), "zinx.heartbeat.mode=" + empty.strip(),
					"zinx.max-packet-size=" + empty.strip())
			.run((context) -> {
				ServerConfig config = context.getBean(ServerConfig.class);
				assertThat(config.transport().host()).isEqualTo("0.0.0.0");
				assertThat(config.transport().link().tls()).isNull();
				assertThat(config.codec()).isInstanceOf(TlvCodec.class);
				assertThat(config.maxPacketSize()).isEqualTo(4096);
			});
		this.runner.withPropertyValues("zinx.codec=delimiter", "zinx.delimiter.bytes=")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void everyPropertyReachesTheServer() {
		this.runner
			.withPropertyValues("zinx.name=game", "zinx.host=127.0.0.1", "zinx.max-conn=77", "zinx.max-packet-size=8KB",
					"zinx.worker-pool-size=3", "zinx.max-worker-task-len=99", "zinx.worker-mode=event-loop",
					"zinx.bind-max-threads=55", "zinx.codec=ltv", "zinx.event-loops=2", "zinx.backlog=55",
					"zinx.native-transport=false", "zinx.socket.receive-buffer=20KB", "zinx.socket.send-buffer=30KB")
			.run((context) -> {
				ServerConfig config = context.getBean(ServerConfig.class);
				assertThat(config.name()).isEqualTo("game");
				assertThat(config.transport().host()).isEqualTo("127.0.0.1");
				assertThat(config.transport().port()).isZero();
				assertThat(config.transport().eventLoops()).isEqualTo(2);
				assertThat(config.transport().backlog()).isEqualTo(55);
				assertThat(config.transport().nativeTransport()).isFalse();
				assertThat(config.transport().receiveBuffer()).isEqualTo(20480);
				assertThat(config.transport().sendBuffer()).isEqualTo(30720);
				assertThat(config.maxConn()).isEqualTo(77);
				assertThat(context.getBean(ConnManager.class).maxConn()).isEqualTo(77);
				assertThat(config.maxPacketSize()).isEqualTo(8192);
				assertThat(config.workers().poolSize()).isEqualTo(3);
				assertThat(config.workers().maxTaskLen()).isEqualTo(99);
				assertThat(config.workers().maxThreads()).isEqualTo(55);
				assertThat(config.workers().mode()).isEqualTo(WorkerMode.EVENT_LOOP);
				assertThat(config.codec()).isInstanceOf(LtvCodec.class);
				assertThat(context.getBean(ZinxServer.class).transportKind()).isEqualTo("nio");
			});
	}

	@Test
	void dynamicBindIsAnotherNameOfBind() {
		for (String name : List.of("bind", "dynamic-bind", "DynamicBind", "DYNAMIC_BIND")) {
			this.runner.withPropertyValues("zinx.worker-mode=" + name)
				.run((context) -> assertThat(context.getBean(ServerConfig.class).workers().mode())
					.isEqualTo(WorkerMode.BIND));
		}
	}

	@Test
	void virtualThreadsOfTheApplicationMakeBindTheDefaultWhereTheJdkHasThem() {
		WorkerMode expected = (Runtime.version().feature() >= 21) ? WorkerMode.BIND : WorkerMode.HASH;
		this.runner.withPropertyValues("spring.threads.virtual.enabled=true")
			.run((context) -> assertThat(context.getBean(ServerConfig.class).workers().mode()).isEqualTo(expected));
		this.runner.withPropertyValues("spring.threads.virtual.enabled=true", "zinx.worker-mode=hash")
			.run((context) -> assertThat(context.getBean(ServerConfig.class).workers().mode())
				.isEqualTo(WorkerMode.HASH));
		this.runner.run((context) -> assertThat(context.getBean(ServerConfig.class).workers().mode())
			.isEqualTo(WorkerMode.HASH));
	}

	@Test
	void everyPropertyOfReceivingReachesTheServer() {
		this.runner.withPropertyValues("zinx.inbound.max-bytes=64KB", "zinx.inbound.total-max-bytes=1MB")
			.run((context) -> assertThat(context.getBean(ServerConfig.class).inbound())
				.isEqualTo(new InboundSettings(65536, 1048576)));
	}

	@Test
	void everyPropertyOfSendingAndStoppingReachesTheServer() {
		this.runner.withPropertyValues("zinx.outbound.max-bytes=64KB", "zinx.outbound.total-max-bytes=1MB",
				"zinx.outbound.flush-timeout=2s", "zinx.outbound.high-water-mark=32KB",
				"zinx.outbound.low-water-mark=1KB", "zinx.outbound.slow-consumer-policy=block",
				"zinx.outbound.block-timeout=3s", "zinx.shutdown.goodbye.msg-id=4294967295",
				"zinx.shutdown.goodbye.text=see you", "zinx.shutdown.grace-period=7s", "zinx.shutdown.mode=immediate")
			.run((context) -> {
				ServerConfig config = context.getBean(ServerConfig.class);
				assertThat(config.outbound()).isEqualTo(new OutboundSettings(65536, 1048576, 32768, 1024,
						SlowConsumerPolicy.BLOCK, Duration.ofSeconds(3), Duration.ofSeconds(2)));
				assertThat(config.gracePeriod()).isEqualTo(Duration.ofSeconds(7));
				assertThat(config.goodbye()).usingRecursiveComparison()
					.isEqualTo(new Message(0xFFFF_FFFFL, "see you".getBytes(StandardCharsets.UTF_8)));
				assertThat(context.getBean(ZinxProperties.class).getShutdown().getMode())
					.isEqualTo(ShutdownMode.IMMEDIATE);
			});
	}

	@Test
	void everyPropertyOfPartingReachesTheServer() {
		this.runner
			.withPropertyValues("zinx.shutdown.close-window=3s", "zinx.shutdown.quiet-period=50ms",
					"zinx.shutdown.late-requests=refuse", "zinx.shutdown.refusal.msg-id=503",
					"zinx.shutdown.refusal.text=too late", "zinx.max-conn-age=1h", "zinx.max-conn-age-jitter=0.2")
			.run((context) -> assertThat(context.getBean(ServerConfig.class).drain()).usingRecursiveComparison()
				.isEqualTo(new DrainSettings(Duration.ofSeconds(3), Duration.ofMillis(50), LateRequests.REFUSE,
						new Message(503, "too late".getBytes(StandardCharsets.UTF_8)), Duration.ofHours(1), 0.2,
						null)));
	}

	@Test
	void everyPropertyOfConnectionsReachesTheServer() {
		this.runner
			.withPropertyValues("zinx.max-conn-policy=reject-message", "zinx.max-conn-reject.msg-id=503",
					"zinx.max-conn-reject.text=full", "zinx.session.duplicate-login=reject-new")
			.run((context) -> assertThat(context.getBean(ServerConfig.class).connections()).usingRecursiveComparison()
				.isEqualTo(ConnectionSettings.DEFAULTS.withDuplicateLogin(DuplicateLogin.REJECT_NEW)
					.withMaxConnReject(new Message(503, "full".getBytes(StandardCharsets.UTF_8)))));
		this.runner.withPropertyValues("zinx.max-conn-policy=wait", "zinx.session.duplicate-login=allow")
			.run((context) -> assertThat(context.getBean(ServerConfig.class).connections())
				.isEqualTo(new ConnectionSettings(DuplicateLogin.ALLOW, MaxConnPolicy.WAIT, null)));
	}

	@Test
	void everyPropertyOfLastMessagesReachesTheServer() {
		this.runner
			.withPropertyValues("zinx.session.kick.msg-id=201", "zinx.session.kick.text=thrown out",
					"zinx.session.replaced.msg-id=202", "zinx.session.replaced.text=logged in elsewhere")
			.run((context) -> assertThat(context.getBean(ServerConfig.class).connections()).usingRecursiveComparison()
				.isEqualTo(ConnectionSettings.DEFAULTS.withLastMessages(message(201, "thrown out"),
						message(202, "logged in elsewhere"))));
	}

	@Test
	void whatIsNotSaidOfTheReplacedIsThatOfTheKicked() {
		this.runner
			.withPropertyValues("zinx.session.kick.msg-id=201", "zinx.session.kick.text=thrown out",
					"zinx.session.replaced.text=logged in elsewhere")
			.run((context) -> assertThat(context.getBean(ServerConfig.class).connections().replaced())
				.usingRecursiveComparison()
				.isEqualTo(message(201, "logged in elsewhere")));
		this.runner.withPropertyValues("zinx.session.kick.text=thrown out", "zinx.session.replaced.msg-id=202")
			.run((context) -> {
				ConnectionSettings settings = context.getBean(ServerConfig.class).connections();
				assertThat(settings.kick()).isNull();
				assertThat(settings.replaced()).usingRecursiveComparison().isEqualTo(message(202, "thrown out"));
			});
	}

	private static Message message(long msgId, String text) {
		return new Message(msgId, text.getBytes(StandardCharsets.UTF_8));
	}

	@Test
	void goSpellingOfAPropertyWorks() {
		this.runner.withPropertyValues("zinx.maxConn=5")
			.run((context) -> assertThat(context.getBean(ServerConfig.class).maxConn()).isEqualTo(5));
	}

	@Test
	void badValueIsRefusedAsTyped() {
		this.runner.withPropertyValues("zinx.maxPacketSize=2GB")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidConfigurationPropertyValueException.class)
				.hasMessage("Property zinx.max-packet-size with value '2GB' is invalid: "
						+ "It should be 1 to 1073741824 bytes."));
	}

	@Test
	void customizersGoAfterPropertiesInOrder() {
		this.runner.withPropertyValues("zinx.name=property", "zinx.max-conn=9")
			.withUserConfiguration(Customizers.class)
			.run((context) -> {
				assertThat(context.getBean(ServerConfig.class).name()).isEqualTo("second");
				assertThat(context.getBean(ServerConfig.class).maxConn()).isEqualTo(9);
			});
	}

	@Test
	void codecBeanReplacesProperty() {
		this.runner.withPropertyValues("zinx.codec=tlv")
			.withBean(FrameCodec.class, LtvCodec::new)
			.run((context) -> assertThat(context.getBean(ServerConfig.class).codec())
				.isSameAs(context.getBean(FrameCodec.class)));
	}

	@Test
	void backsOffForTheUsersBeans() {
		ServerConfig config = ServerConfig.builder().port(0).maxConn(3).build();
		ConnManager connManager = new ConnManager(3);
		RouteRegistry routes = new RouteRegistry();
		this.runner.withBean("myConfig", ServerConfig.class, () -> config)
			.withBean("myConnManager", ConnManager.class, () -> connManager)
			.withBean("myRoutes", RouteRegistry.class, () -> routes)
			.run((context) -> {
				ZinxServer server = context.getBean(ZinxServer.class);
				assertThat(server.config()).isSameAs(config);
				assertThat(server.connManager()).isSameAs(connManager);
				assertThat(server.routes()).isSameAs(routes);
			});
	}

	@Test
	void usersServerIsStartedAndGetsTheRouters() {
		ZinxServer server = new ZinxServer(ServerConfig.builder().port(0).build());
		this.runner.withBean("myServer", ZinxServer.class, () -> server)
			.withUserConfiguration(Echo.class)
			.run((context) -> {
				assertThat(context.getBean(ZinxServer.class)).isSameAs(server);
				try (SocketClient client = SocketClient.connect(server.port())) {
					assertThat(client.send(1, "hello").receive().text()).isEqualTo("hello");
				}
			});
		assertThat(server.isRunning()).isFalse();
	}

	@Test
	void listenersAreCalledInOrder() {
		List<String> calls = new CopyOnWriteArrayList<>();
		this.runner.withBean("second", ConnectionListener.class, () -> new Recording(calls, "2"))
			.withBean("first", ConnectionListener.class, () -> new First(calls))
			.run((context) -> {
				try (SocketClient client = SocketClient.connect(context.getBean(ZinxServer.class).port())) {
					client.shutdownOutput().awaitClose();
				}
			});
		assertThat(calls).containsExactly("1", "2");
	}

	@Order(0)
	static class First extends Recording {

		First(List<String> calls) {
			super(calls, "1");
		}

	}

	@Order(1)
	static class Recording implements ConnectionListener {

		private final List<String> calls;

		private final String name;

		Recording(List<String> calls, String name) {
			this.calls = calls;
			this.name = name;
		}

		@Override
		public void onStart(Connection connection) {
			this.calls.add(this.name);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Customizers {

		@Bean
		@Order(2)
		ZinxServerCustomizer second() {
			return (builder) -> builder.name("second");
		}

		@Bean
		@Order(1)
		ZinxServerCustomizer first() {
			return (builder) -> builder.name("first");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Echo {

		@Bean
		@ZinxRouter(msgId = 1)
		EchoRouter echo() {
			return new EchoRouter();
		}

	}

}

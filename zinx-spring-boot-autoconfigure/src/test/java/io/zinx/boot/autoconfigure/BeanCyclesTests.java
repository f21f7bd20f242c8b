package io.zinx.boot.autoconfigure;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

import io.netty.buffer.ByteBuf;
import io.zinx.boot.autoconfigure.cluster.ZinxClusterAutoConfiguration;
import io.zinx.boot.context.ZinxServerLifecycle;
import io.zinx.boot.handler.PayloadConverter;
import io.zinx.boot.handler.PayloadFormat;
import io.zinx.boot.messaging.ZinxTemplate;
import io.zinx.boot.routing.ZinxRouteRegistrar;
import io.zinx.cluster.ClusterListener;
import io.zinx.cluster.InProcessBackplane;
import io.zinx.cluster.ZinxCluster;
import io.zinx.codec.FrameCodec;
import io.zinx.codec.FrameDecoder;
import io.zinx.codec.TlvCodec;
import io.zinx.connection.CloseReason;
import io.zinx.connection.ConnManager;
import io.zinx.connection.Connection;
import io.zinx.connection.ConnectionListener;
import io.zinx.heartbeat.HeartbeatSettings;
import io.zinx.message.Message;
import io.zinx.routing.Interceptor;
import io.zinx.routing.Request;
import io.zinx.routing.RouteRegistry;
import io.zinx.server.Goodbye;
import io.zinx.server.ServerConfig;
import io.zinx.server.ServerConfigBuilder;
import io.zinx.server.ZinxServer;
import io.zinx.testing.SocketClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.ResolvableType;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Beans that a server calls may depend on everything that sends or shows connections.
 */
class BeanCyclesTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ZinxAutoConfiguration.class, ZinxClusterAutoConfiguration.class))
		.withPropertyValues("zinx.port=0", "zinx.event-loops=1", "zinx.max-conn=7", "spring.application.name=chat");

	private final ApplicationContextRunner clustered = this.runner.withPropertyValues("zinx.cluster.enabled=true");

	@ParameterizedTest
	@ValueSource(classes = { SaysGoodbye.class, Beats.class, Customizes.class, Encodes.class, Listens.class,
			Intercepts.class, Registers.class, Converts.class })
	void mayDependOnWhatTheServerConsistsOf(Class<?> bean) {
		this.runner.withUserConfiguration(bean).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBean(ZinxServerLifecycle.class).isRunning()).isTrue();
			assertThat(context.getBean(ConnManager.class).maxConn()).isEqualTo(7);
		});
	}

	@Test
	void mayAllDoSoInACluster() {
		this.clustered
			.withUserConfiguration(SaysGoodbye.class, Beats.class, Customizes.class, Encodes.class, Listens.class,
					Intercepts.class, Registers.class, Converts.class, Plugs.class, HearsNodes.class)
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(context.getBean(ZinxCluster.class).status().connected()).isTrue();
				assertThat(context.getBean(ServerConfig.class).name()).isEqualTo("chat");
			});
	}

	@ParameterizedTest
	@ValueSource(classes = { SaysGoodbye.class, Beats.class, Encodes.class, HearsNodes.class })
	void mayDoSoInACluster(Class<?> bean) {
		this.clustered.withUserConfiguration(bean, Plugs.class).run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void theGoodbyeIsThatOfTheBean() {
		this.runner.withUserConfiguration(SaysGoodbye.class, Registers.class).run((context) -> {
			ZinxServer server = context.getBean(ZinxServer.class);
			try (SocketClient client = SocketClient.connect(server.port())) {
				assertThat(client.send(1, "hello").receive().text()).isEqualTo("hello");
				server.stop();
				assertThat(client.receive().text()).isEqualTo("1 of 7");
			}
		});
	}

	@Test
	void severalGoodbyesStopTheStart() {
		this.runner.withBean("one", Goodbye.class, () -> (connection, reason) -> null)
			.withBean("two", Goodbye.class, () -> (connection, reason) -> null)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(NoUniqueBeanDefinitionException.class)
				.hasMessageContaining("one,two"));
	}

	abstract static class NeedsAll {

		final ConnManager connections;

		NeedsAll(ZinxTemplate template, ConnManager connections, ZinxServer server, ZinxCluster cluster) {
			Objects.requireNonNull(template);
			Objects.requireNonNull(server);
			Objects.requireNonNull(cluster);
			this.connections = connections;
		}

	}

	static class SaysGoodbye extends NeedsAll implements Goodbye {

		SaysGoodbye(ZinxTemplate template, ConnManager connections, ZinxServer server, ZinxCluster cluster) {
			super(template, connections, server, cluster);
		}

		@Override
		public @Nullable Message to(Connection connection, CloseReason reason) {
			String text = this.connections.size() + " of " + this.connections.maxConn();
			return new Message(9, text.getBytes(StandardCharsets.UTF_8));
		}

	}

	static class Beats extends NeedsAll implements ZinxHeartbeatCustomizer {

		Beats(ZinxTemplate template, ConnManager connections, ZinxServer server, ZinxCluster cluster) {
			super(template, connections, server, cluster);
		}

		@Override
		public void customize(HeartbeatSettings.Builder builder) {
		}

	}

	static class Customizes extends NeedsAll implements ZinxServerCustomizer {

		Customizes(ZinxTemplate template, ConnManager connections, ZinxServer server, ZinxCluster cluster) {
			super(template, connections, server, cluster);
		}

		@Override
		public void customize(ServerConfigBuilder builder) {
		}

	}

	static class Encodes extends NeedsAll implements FrameCodec {

		private final FrameCodec tlv = new TlvCodec();

		Encodes(ZinxTemplate template, ConnManager connections, ZinxServer server, ZinxCluster cluster) {
			super(template, connections, server, cluster);
		}

		@Override
		public String name() {
			return this.tlv.name();
		}

		@Override
		public FrameDecoder newDecoder(int maxPacketSize) {
			return this.tlv.newDecoder(maxPacketSize);
		}

		@Override
		public int headLength() {
			return this.tlv.headLength();
		}

		@Override
		public void writeHead(long msgId, int bodyLength, ByteBuf out) {
			this.tlv.writeHead(msgId, bodyLength, out);
		}

	}

	static class Listens extends NeedsAll implements ConnectionListener {

		Listens(ZinxTemplate template, ConnManager connections, ZinxServer server, ZinxCluster cluster) {
			super(template, connections, server, cluster);
		}

	}

	static class Intercepts extends NeedsAll implements Interceptor {

		Intercepts(ZinxTemplate template, ConnManager connections, ZinxServer server, ZinxCluster cluster) {
			super(template, connections, server, cluster);
		}

		@Override
		public void intercept(Request request, Chain chain) throws Exception {
			chain.proceed(request);
		}

	}

	static class Registers extends NeedsAll implements ZinxRouteRegistrar {

		Registers(ZinxTemplate template, ConnManager connections, ZinxServer server, ZinxCluster cluster) {
			super(template, connections, server, cluster);
		}

		@Override
		public void register(RouteRegistry registry) {
			registry.add(1, (request) -> request.reply(1, request.body()));
		}

	}

	static class Converts extends NeedsAll implements PayloadConverter {

		Converts(ZinxTemplate template, ConnManager connections, ZinxServer server, ZinxCluster cluster) {
			super(template, connections, server, cluster);
		}

		@Override
		public PayloadFormat format() {
			return PayloadFormat.JSON;
		}

		@Override
		public Reader reader(ResolvableType type) {
			throw new IllegalArgumentException("reads nothing");
		}

		@Override
		public Writer writer(ResolvableType type) {
			throw new IllegalArgumentException("writes nothing");
		}

	}

	static class HearsNodes extends NeedsAll implements ClusterListener {

		HearsNodes(ZinxTemplate template, ConnManager connections, ZinxServer server, ZinxCluster cluster) {
			super(template, connections, server, cluster);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Plugs {

		@Bean
		InProcessBackplane backplane(ZinxTemplate template, ConnManager connections, ZinxServer server,
				ZinxCluster cluster) {
			Objects.requireNonNull(template);
			Objects.requireNonNull(connections);
			Objects.requireNonNull(server);
			Objects.requireNonNull(cluster);
			return new InProcessBackplane();
		}

	}

}

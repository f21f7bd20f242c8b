package io.zinx.boot.autoconfigure;

import io.micrometer.core.instrument.MeterRegistry;
import io.zinx.boot.messaging.ZinxTemplate;
import io.zinx.boot.metrics.ZinxMeters;
import io.zinx.boot.routing.ZinxRouter;
import io.zinx.boot.testing.ZinxApplication.EchoRouter;
import io.zinx.connection.ConnManager;
import io.zinx.server.ZinxServer;
import io.zinx.testing.SocketClient;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.bean.override.mockito.MockitoBean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.verify;

@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.NONE, properties = { "zinx.port=0",
		"management.endpoints.web.exposure.include=zinx",
		"spring.autoconfigure.exclude=org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration,"
				+ "org.springframework.boot.data.redis.autoconfigure.DataRedisReactiveAutoConfiguration" })
class MockedConnManagerTests {

	@MockitoBean
	ConnManager connections;

	@Autowired
	ZinxTemplate template;

	@Autowired
	ZinxServer server;

	@Autowired
	MeterRegistry registry;

	@Test
	void theServerWorksAndTheApplicationGetsTheMock() {
		try (SocketClient client = SocketClient.connect(this.server.port())) {
			assertThat(client.send(1, "hello").receive().text()).isEqualTo("hello");
			assertThat(
					this.registry.get(ZinxMeters.CONNECTIONS_ACTIVE.getName()).tag("transport", "tcp").gauge().value())
				.isOne();
		}
		this.template.send(7, 1, "to nobody");
		verify(this.connections).get(7);
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Echo.class)
	static class Application {

	}

	@ZinxRouter(msgId = 1)
	static class Echo extends EchoRouter {

	}

}

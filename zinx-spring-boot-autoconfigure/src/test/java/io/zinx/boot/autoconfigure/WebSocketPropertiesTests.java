package io.zinx.boot.autoconfigure;

import java.net.ServerSocket;
import java.util.List;
import java.util.Objects;

import io.micrometer.core.instrument.MeterRegistry;
import io.zinx.boot.endpoint.ConnectionDetailsDescriptor;
import io.zinx.boot.endpoint.ConnectionDetailsDescriptor.WebSocket;
import io.zinx.boot.endpoint.ZinxEndpoint;
import io.zinx.boot.health.ZinxServerHealthIndicator;
import io.zinx.boot.info.ZinxInfoContributor;
import io.zinx.boot.routing.ZinxRouter;
import io.zinx.boot.testing.FailureAnalysis;
import io.zinx.boot.testing.ZinxApplication;
import io.zinx.server.ZinxServer;
import io.zinx.testing.SocketClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.stereotype.Component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

@ExtendWith(OutputCaptureExtension.class)
class WebSocketPropertiesTests {

	private static final String ORIGIN = "Origin: https://example.org\r\n";

	private static SocketClient webSocket(int port, String path, String headers) {
		return SocketClient.connectPlain(port).webSocket(path, headers);
	}

	@Test
	void oneRouterServesBrowsersAndDevicesOnOnePort() {
		try (ConfigurableApplicationContext context = ZinxApplication.run(Echo.class, "zinx.websocket.same-port=true",
				"zinx.websocket.path=/chat", "zinx.websocket.allowed-origins=https://example.org",
				"zinx.websocket.subprotocols=v2,v1")) {
			int port = context.getBean(ZinxServer.class).port();
			try (SocketClient browser = webSocket(port, "/chat", ORIGIN + "Sec-WebSocket-Protocol: v1\r\n");
					SocketClient device = SocketClient.connectPlain(port)) {
				assertThat(browser.send(1, "hello").receive().text()).isEqualTo("hello");
				assertThat(device.send(1, "hello").receive().text()).isEqualTo("hello");
				assertThat(context.getEnvironment().getProperty("local.zinx.websocket.port")).isNull();
			}
		}
	}

	@Test
	void aPortOfItsOwnIsShown() {
		try (ConfigurableApplicationContext context = ZinxApplication.runWeb(List.of(Echo.class), "zinx.port=-1",
				"zinx.websocket.port=0", "zinx.websocket.allowed-origins=https://example.org",
				"zinx.websocket.compression=true", "management.endpoints.web.exposure.include=*")) {
			ZinxServer server = context.getBean(ZinxServer.class);
			int port = server.webSocketPort();
			assertThat(context.getEnvironment().getProperty("local.zinx.websocket.port", Integer.class))
				.isEqualTo(port);
			assertThat(context.getEnvironment().getProperty("local.zinx.server.port")).isNull();
			ZinxEndpoint endpoint = context.getBean(ZinxEndpoint.class);
			try (SocketClient browser = webSocket(port, "/",
					ORIGIN + "Sec-WebSocket-Extensions: permessage-deflate\r\n")) {
				assertThat(browser.send(1, "hello").receive().text()).isEqualTo("hello");
				ConnectionDetailsDescriptor details = (ConnectionDetailsDescriptor) Objects
					.requireNonNull(endpoint.selected("1"));
				assertThat(details.transport()).isEqualTo("ws");
				assertThat(details.webSocket()).isEqualTo(new WebSocket("/", "https://example.org", null, true));
				assertThat(endpoint.server(null, null, null, null, null, null, null).webSocketPort()).isEqualTo(port);
			}
			assertThat(new ZinxServerHealthIndicator(server).health().getDetails()).containsEntry("webSocketPort",
					port);
			Info.Builder info = new Info.Builder();
			new ZinxInfoContributor(server).contribute(info);
			assertThat(info.build().get("zinx")).asString().contains("webSocketPort=" + port);
			assertThat(context.getBean(MeterRegistry.class)
				.get("zinx.websocket.upgrades")
				.tag("result", "success")
				.functionCounter()
				.count()).isOne();
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					zinx.websocket.port               | 70000         | -1 to 65535                        | zinx.name=game
					zinx.websocket.port               | 8999          | or zinx.websocket.same-port=true   | zinx.port=8999
					zinx.websocket.path               | chat          | a path that begins with /          | zinx.websocket.port=0
					zinx.websocket.health-path        | /up?now       | a path that begins with /          | zinx.websocket.port=0
					zinx.websocket.text               | true          | false with codec tlv               | zinx.websocket.port=0
					zinx.websocket.allowed-origins    | example.org   | origins such as https://           | zinx.websocket.port=0
					zinx.websocket.subprotocols       | a b           | names without spaces               | zinx.websocket.port=0
					""")
	void whatCannotBeStopsTheStart(String property, String value, String expected, @Nullable String other,
			CapturedOutput output) {
		assertThatException().isThrownBy(
				() -> ZinxApplication.run(Echo.class, property + "=" + value, Objects.requireNonNull(other)).close());
		assertThat(FailureAnalysis.last(output)).contains("for configuration property '" + property + "'", expected);
	}

	@Test
	void aPortThatIsInUseIsNamedByItsProperty(CapturedOutput output) throws Exception {
		try (ServerSocket taken = new ServerSocket(0)) {
			assertThatException().isThrownBy(
					() -> ZinxApplication.run(Echo.class, "zinx.websocket.port=" + taken.getLocalPort()).close());
			assertThat(FailureAnalysis.last(output)).contains("port " + taken.getLocalPort(),
					"set zinx.websocket.port to another port");
		}
	}

	@Test
	void settingsWithoutWebSocketAreSaidToHaveNoEffect(CapturedOutput output) {
		try (ConfigurableApplicationContext context = ZinxApplication.run(Echo.class, "zinx.websocket.path=/chat")) {
			assertThat(context.getBean(ZinxServer.class).webSocketPort()).isEqualTo(-1);
		}
		assertThat(output).contains("zinx.websocket.path", "zinx.websocket.port or zinx.websocket.same-port=true");
	}

	@Component
	static class Echo {

		@ZinxRouter(msgId = 1)
		byte[] echo(byte[] body) {
			return body;
		}

	}

}

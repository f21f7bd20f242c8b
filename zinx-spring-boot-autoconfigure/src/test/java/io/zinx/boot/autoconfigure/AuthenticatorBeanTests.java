package io.zinx.boot.autoconfigure;

import java.io.UncheckedIOException;
import java.security.Principal;
import java.util.List;
import java.util.Objects;

import io.micrometer.core.instrument.MeterRegistry;
import io.zinx.authentication.AuthenticationResult;
import io.zinx.authentication.ConnectionAuthenticator;
import io.zinx.authentication.ConnectionRequest;
import io.zinx.boot.endpoint.ConnectionDetailsDescriptor;
import io.zinx.boot.endpoint.ZinxEndpoint;
import io.zinx.boot.messaging.ZinxTemplate;
import io.zinx.boot.routing.ZinxRouter;
import io.zinx.boot.testing.ZinxApplication;
import io.zinx.server.ZinxServer;
import io.zinx.testing.SocketClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@ExtendWith(OutputCaptureExtension.class)
class AuthenticatorBeanTests {

	@Test
	void aBeanDecidesAndHandlersKnowTheUser() {
		try (ConfigurableApplicationContext context = ZinxApplication.runWeb(List.of(Cookies.class),
				"zinx.websocket.same-port=true", "management.endpoints.web.exposure.include=*")) {
			int port = context.getBean(ZinxServer.class).port();
			try (SocketClient ann = SocketClient.connectPlain(port).webSocket("/", "Cookie: user=ann\r\n");
					SocketClient stranger = SocketClient.connectPlain(port);
					SocketClient device = SocketClient.connectPlain(port)) {
				assertThat(ann.send(1, "").receive().text()).isEqualTo("hello ann");
				assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> stranger.webSocket("/", ""))
					.withMessageContaining("HTTP/1.1 401");
				device.send(1, "").awaitClose();
				ConnectionDetailsDescriptor details = (ConnectionDetailsDescriptor) Objects
					.requireNonNull(context.getBean(ZinxEndpoint.class).selected("1"));
				assertThat(details.principal()).isEqualTo("ann");
			}
			assertThat(outcome(context, "admitted")).isOne();
			assertThat(outcome(context, "refused")).isEqualTo(2);
		}
	}

	private static double outcome(ConfigurableApplicationContext context, String outcome) {
		return context.getBean(MeterRegistry.class)
			.get("zinx.authentications")
			.tag("result", outcome)
			.functionCounter()
			.count();
	}

	@Test
	void itsSettingsHaveNoEffectWithoutIt(CapturedOutput output) {
		ZinxApplication.run(Hello.class, "zinx.authentication.threads=2").close();
		assertThat(output).contains("zinx.authentication.threads", "a bean of type ConnectionAuthenticator");
	}

	@Test
	void settingsThatItReplacesAreSaidToHaveNoEffect(CapturedOutput output) {
		ZinxApplication
			.run(Cookies.class, "zinx.websocket.same-port=true", "zinx.sniff-timeout=1s",
					"zinx.authentication.timeout=2s", "zinx.handshake.max-pending=10")
			.close();
		assertThat(output).contains("zinx.sniff-timeout")
			.doesNotContain("zinx.handshake.max-pending has", "zinx.authentication.timeout has");
	}

	@Test
	void whatCannotBeStopsTheStart(CapturedOutput output) {
		assertThatException()
			.isThrownBy(() -> ZinxApplication.run(Cookies.class, "zinx.authentication.threads=0").close());
		assertThat(output).contains("for configuration property 'zinx.authentication.threads'");
	}

	@Test
	void severalBeansStopTheStart(CapturedOutput output) {
		assertThatException().isThrownBy(() -> ZinxApplication.run(Two.class).close());
		assertThat(output).contains("required a single bean, but 2 were found", "cookies", "tokens");
	}

	@Component
	static class Hello {

		@ZinxRouter(msgId = 1)
		String hello(Principal user) {
			return "hello " + user.getName();
		}

	}

	/** Needs the template, which needs the server. */
	static class Cookies extends Hello implements ConnectionAuthenticator {

		Cookies(ZinxTemplate template) {
			assertThat(template).isNotNull();
		}

		@Override
		public AuthenticationResult authenticate(ConnectionRequest request) {
			String user = request.cookie("user");
			return (user != null) ? AuthenticationResult.admit(user) : AuthenticationResult.refuse(401, "Log in first");
		}

	}

	static class Two {

		@Bean
		ConnectionAuthenticator cookies() {
			return (request) -> AuthenticationResult.admit();
		}

		@Bean
		ConnectionAuthenticator tokens() {
			return (request) -> AuthenticationResult.admit();
		}

	}

}

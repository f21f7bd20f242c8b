package io.zinx.boot.test.app;

import java.nio.charset.Charset;
import java.time.LocalDate;

import io.zinx.boot.handler.PayloadFormat;
import io.zinx.boot.routing.ZinxRouter;
import io.zinx.boot.test.client.ReceivedMessage;
import io.zinx.boot.test.client.ZinxTestClient;
import io.zinx.boot.test.client.ZinxTestClients;
import io.zinx.connection.CloseReason;
import io.zinx.connection.ConnManager;
import io.zinx.connection.ConnectionListener;
import io.zinx.connection.Connection;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Applications that are configured in other ways.
 */
class OtherFormatsTests {

	@ParameterizedTest
	@ValueSource(strings = { "zinx.codec=tlv", "zinx.codec=ltv", "zinx.codec=htlv-crc", "zinx.magic.bytes=cafe",
			"zinx.codec=htlv-crc,zinx.magic.bytes=cafe" })
	void clientsSpeakTheServersWireFormat(String properties) {
		try (ConfigurableApplicationContext context = run(properties.split(","))) {
			ZinxTestClient client = context.getBean(ZinxTestClient.class);
			assertThat(client.exchange(1, "ping")).hasText("ping");
			assertThat(client.exchange(1, "")).isEmpty();
		}
	}

	@Test
	void valuesAreOfTheApplicationsFormat() {
		try (ConfigurableApplicationContext context = run("zinx.payload=string")) {
			assertThat(context.getBean(ZinxTestClient.class).exchange(2, 41).as(Integer.class)).isEqualTo(42);
		}
	}

	@Test
	void textIsOfTheApplicationsCharsetAndDatesAreIso() {
		try (ConfigurableApplicationContext context = run("zinx.payload-charset=GBK", "zinx.payload=string")) {
			ZinxTestClient client = context.getBean(ZinxTestClient.class);
			ReceivedMessage received = client.exchange(1, "温度");
			assertThat(received).hasText("温度").hasBody("温度".getBytes(Charset.forName("GBK")));
			assertThat(received.text(Charset.forName("GBK"))).isEqualTo("温度");
			assertThat(client.exchange(3, LocalDate.of(1986, 4, 25))).hasText("1986-04-26")
				.hasPayload(LocalDate.of(1986, 4, 26));
		}
	}

	@Test
	void clientsSeeThatTheServerIsFull() {
		try (ConfigurableApplicationContext context = run("zinx.max-conn=1")) {
			ZinxTestClients clients = context.getBean(ZinxTestClients.class);
			ZinxTestClient first = clients.connect();
			clients.connect().expectClose(CloseReason.REJECTED);
			first.exchange(1, "ping");
			first.close();
			Awaitility.await().until(() -> first.connection().closeReason() != null);
		}
	}

	@Test
	void clientsThatWaitOutsideAreAdmittedLater() {
		try (ConfigurableApplicationContext context = run("zinx.max-conn=1", "zinx.max-conn-policy=wait")) {
			ZinxTestClients clients = context.getBean(ZinxTestClients.class);
			ZinxTestClient first = clients.connect();
			ZinxTestClient second = clients.connect();
			first.close();
			assertThat(second.exchange(1, "ping")).hasText("ping");
		}
	}

	@Test
	void theClientThatFillsAServerIsAdmittedLikeAnyOther() {
		try (ConfigurableApplicationContext context = run("zinx.max-conn=1", "zinx.max-conn-policy=wait")) {
			ZinxTestClients clients = context.getBean(ZinxTestClients.class);
			ConnManager connections = context.getBean(ConnManager.class);
			for (int i = 0; i < 50; i++) {
				ZinxTestClient only = clients.connect();
				assertThat(only.connection().isOpen()).isTrue();
				only.close();
				Awaitility.await().until(() -> connections.size() == 0);
			}
		}
	}

	@Test
	void seesWhyAListenerClosedAtOnce() {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Echo.class, Bouncer.class)
			.run("--zinx.port=0")) {
			ZinxTestClients clients = context.getBean(ZinxTestClients.class);
			for (int i = 0; i < 20; i++) {
				clients.connect().expectClose(CloseReason.KICKED);
			}
			assertThat(context.getBean(ConnectionListener.class)).isInstanceOf(Bouncer.class);
		}
	}

	private static ConfigurableApplicationContext run(String... properties) {
		return new SpringApplicationBuilder(Echo.class).properties(properties).run("--zinx.port=0");
	}

	@EnableAutoConfiguration
	static class Echo {

		@ZinxRouter(msgId = 1)
		byte[] echo(byte[] body) {
			return body;
		}

		@ZinxRouter(msgId = 2, payload = PayloadFormat.STRING)
		int next(int number) {
			return number + 1;
		}

		@ZinxRouter(msgId = 3, payload = PayloadFormat.STRING)
		LocalDate tomorrow(LocalDate today) {
			return today.plusDays(1);
		}

	}

	static class Bouncer implements ConnectionListener {

		@Override
		public void onStart(Connection connection) {
			connection.close(CloseReason.KICKED);
		}

	}

}

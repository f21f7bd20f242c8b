package io.zinx.boot.payload.protobuf;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import com.google.protobuf.Int32Value;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.StringValue;
import io.zinx.boot.autoconfigure.ZinxAutoConfiguration;
import io.zinx.boot.autoconfigure.json.ZinxJsonAutoConfiguration;
import io.zinx.boot.autoconfigure.protobuf.ZinxProtobufAutoConfiguration;
import io.zinx.boot.handler.InvalidHandlerMethodException;
import io.zinx.boot.handler.PayloadConverter;
import io.zinx.boot.handler.PayloadException;
import io.zinx.boot.handler.PayloadFormat;
import io.zinx.boot.handler.ZinxExceptionHandler;
import io.zinx.boot.payload.json.JsonPayloadConverter;
import io.zinx.boot.routing.ZinxRouter;
import io.zinx.boot.testing.ZinxApplication;
import io.zinx.server.ZinxServer;
import io.zinx.testing.SocketClient;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ProtobufTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ZinxAutoConfiguration.class, ZinxJsonAutoConfiguration.class,
				ZinxProtobufAutoConfiguration.class))
		.withPropertyValues("zinx.port=0");

	@Test
	void messagesGoInAndOut() throws InvalidProtocolBufferException {
		try (ConfigurableApplicationContext context = ZinxApplication.run(Handlers.class, "zinx.payload=protobuf");
				SocketClient client = ZinxApplication.connect(context)) {
			byte[] reply = client.sendRaw(SocketClient.frame(1, StringValue.of("tea").toByteArray())).receive().body();
			assertThat(Int32Value.parseFrom(reply).getValue()).isEqualTo(3);
			assertThat(client.send(1, "").receive().body()).isEmpty();
			byte[] garbage = "\0garbage".getBytes(StandardCharsets.UTF_8);
			assertThat(client.sendRaw(SocketClient.frame(1, garbage)).receive().text()).startsWith(
					"Body of message 1 (8 bytes) from connection 1 is not a valid com.google.protobuf.StringValue");
			assertThat(client.send(2, "{\"a\":1}").receive().text()).isEqualTo("1");
		}
	}

	@Test
	void whatIsNoMessageStopsTheStart() {
		assertThatExceptionOfType(InvalidHandlerMethodException.class)
			.isThrownBy(() -> ZinxApplication.run(NoMessage.class).close())
			.withMessageContaining("NoMessage.onMessage has a parameter 'text' of type java.lang.StringBuilder")
			.withMessageContaining("it is not a Protobuf message");
	}

	@Test
	void convertersAreThereWithTheirLibraries() {
		this.runner.run((context) -> assertThat(context).hasSingleBean(ProtobufPayloadConverter.class)
			.hasSingleBean(JsonPayloadConverter.class));
		this.runner.withClassLoader(new FilteredClassLoader(JsonMapper.class, MessageLite.class))
			.run((context) -> assertThat(context).hasSingleBean(ZinxServer.class)
				.doesNotHaveBean(PayloadConverter.class));
		this.runner.withPropertyValues("zinx.enabled=false")
			.run((context) -> assertThat(context).hasSingleBean(ProtobufPayloadConverter.class)
				.hasSingleBean(JsonPayloadConverter.class)
				.doesNotHaveBean(ZinxServer.class));
	}

	static class Handlers {

		@ZinxRouter(msgId = 1)
		Int32Value length(StringValue text) {
			return Int32Value.of(text.getValue().length());
		}

		@ZinxRouter(msgId = 2, payload = PayloadFormat.JSON)
		int json(Map<String, Integer> numbers) {
			return numbers.values().iterator().next();
		}

		@ZinxExceptionHandler
		String onBadPayload(PayloadException ex) {
			return "" + ex.getMessage();
		}

	}

	static class NoMessage {

		@ZinxRouter(msgId = 1, payload = PayloadFormat.PROTOBUF)
		void onMessage(StringBuilder text) {
		}

	}

}

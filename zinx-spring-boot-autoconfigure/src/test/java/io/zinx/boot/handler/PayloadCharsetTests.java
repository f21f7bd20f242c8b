package io.zinx.boot.handler;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.zinx.boot.messaging.ZinxTemplate;
import io.zinx.boot.routing.ZinxRouter;
import io.zinx.boot.testing.FailureAnalysis;
import io.zinx.boot.testing.ZinxApplication;
import io.zinx.boot.testing.ZinxApplication.EchoRouter;
import io.zinx.connection.Connection;
import io.zinx.routing.Request;
import io.zinx.testing.SocketClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@ExtendWith(OutputCaptureExtension.class)
class PayloadCharsetTests {

	private static final Charset GBK = Charset.forName("GBK");

	private static final Charset BIG5 = Charset.forName("Big5");

	private static final String TEXT = "温度 36";

	private static ConfigurableApplicationContext context;

	@BeforeAll
	static void start() {
		context = ZinxApplication.run(Devices.class, "zinx.payload-charset=GBK");
	}

	@AfterAll
	static void stop() {
		context.close();
	}

	@Test
	void textIsReadAndWrittenInTheCharsetOfTheApplication() {
		assertThat(exchange(1, TEXT, GBK)).isEqualTo("re: " + TEXT);
		assertThat(exchange(2, TEXT, GBK)).isEqualTo("later: " + TEXT);
		assertThat(exchange(3, TEXT, GBK)).isEqualTo("out: " + TEXT);
		assertThat(exchange(4, "热,冷", GBK)).isEqualTo("[热, 冷],2");
	}

	@Test
	void aMethodMayHaveACharsetOfItsOwn() {
		assertThat(exchange(11, "溫度", BIG5)).isEqualTo("溫度");
		assertThat(exchange(12, "grüße 😀", StandardCharsets.UTF_8)).isEqualTo("grüße 😀");
	}

	@Test
	void jsonStaysUtf8() {
		assertThat(exchange(5, "{\"name\":\"温度\"}", StandardCharsets.UTF_8)).isEqualTo("{\"name\":\"温度\"}");
	}

	@Test
	void whatIsNoTextIsAPayloadException() {
		try (SocketClient client = ZinxApplication.connect(context)) {
			byte[] malformed = { 'a', 'b', (byte) 0xFF, 'c' };
			assertThat(text(client.sendRaw(SocketClient.frame(1, malformed)), GBK))
				.startsWith("PayloadException: Body of message 1 (4 bytes)")
				.endsWith("is not a valid java.lang.String: the text is not in GBK from byte 2 on");
			assertThat(text(client.sendRaw(SocketClient.frame(4, malformed)), GBK)).contains("not in GBK from byte 2");
			assertThat(text(client.sendRaw(SocketClient.frame(12, malformed)), StandardCharsets.UTF_8))
				.contains("not in UTF-8 from byte 2");
		}
	}

	@Test
	void theReplacementCharacterItselfIsText() {
		assertThat(exchange(12, "a\uFFFDb", StandardCharsets.UTF_8)).isEqualTo("a\uFFFDb");
	}

	@Test
	void whatTheCharsetDoesNotHaveIsNotSent() {
		try (SocketClient client = ZinxApplication.connect(context)) {
			assertThat(text(client.send(6, ""), GBK))
				.isEqualTo("IllegalArgumentException: text: the character U+1F600 at index 3 is not in GBK");
		}
		ZinxTemplate template = context.getBean(ZinxTemplate.class);
		assertThatIllegalArgumentException().isThrownBy(() -> template.sendToAll(1, "hi 😀"))
			.withMessage("text: the character U+1F600 at index 3 is not in GBK");
	}

	@Test
	void aTemplateSendsInTheCharsetOfTheApplicationOrAnother() {
		ZinxTemplate template = context.getBean(ZinxTemplate.class);
		try (SocketClient client = ZinxApplication.connect(context)) {
			client.send(7, "").receive();
			template.sendToKey("device", 1, TEXT);
			assertThat(new String(client.receive().body(), GBK)).isEqualTo(TEXT);
			template.withCharset(BIG5).withFormat(PayloadFormat.STRING).sendToKey("device", 1, "溫度");
			assertThat(new String(client.receive().body(), BIG5)).isEqualTo("溫度");
		}
	}

	@Test
	void aRouterReadsTheBodyInAnyCharset() {
		assertThat(exchange(8, TEXT, GBK)).isEqualTo(TEXT);
	}

	@Test
	void utf8IsTheDefaultAndIsReadStrictly() {
		try (ConfigurableApplicationContext plain = ZinxApplication.run(Devices.class);
				SocketClient client = ZinxApplication.connect(plain)) {
			assertThat(client.send(1, TEXT).receive().text()).isEqualTo("re: " + TEXT);
			assertThat(text(client.sendRaw(SocketClient.frame(1, TEXT.getBytes(GBK))), StandardCharsets.UTF_8))
				.endsWith("the text is not in UTF-8 from byte 0 on");
		}
	}

	@Test
	void aCharsetThatThereIsNotStopsTheStart(CapturedOutput output) {
		fails(Devices.class, "zinx.payload-charset=GKB");
		assertThat(FailureAnalysis.last(output)).contains("zinx.payload-charset", "GKB", "java.nio.charset.Charset");
		fails(Devices.class, "zinx.payload-charset=x-JISAutoDetect");
		assertThat(FailureAnalysis.last(output))
			.contains("Invalid value 'x-JISAutoDetect' for configuration property 'zinx.payload-charset'");
		fails(Misspelt.class);
		assertThat(FailureAnalysis.last(output))
			.contains("Misspelt.method sets the charset 'GKB', which this JVM does");
	}

	@Test
	void aCharsetWithoutEffectStopsTheStart(CapturedOutput output) {
		fails(WithoutText.class);
		assertThat(FailureAnalysis.last(output))
			.contains("WithoutText.method sets the charset GBK, which has no effect", "JSON is UTF-8");
		fails(OnARouter.class);
		assertThat(FailureAnalysis.last(output)).contains("with reply, payload or charset, but is a Router");
	}

	private static void fails(Class<?> configuration, String... properties) {
		assertThatExceptionOfType(Exception.class)
			.isThrownBy(() -> ZinxApplication.run(configuration, properties).close());
	}

	private static String exchange(long msgId, String text, Charset charset) {
		try (SocketClient client = ZinxApplication.connect(context)) {
			return text(client.sendRaw(SocketClient.frame(msgId, text.getBytes(charset))), charset);
		}
	}

	private static String text(SocketClient client, Charset charset) {
		return new String(client.receive().body(), charset);
	}

	record Sensor(String name) {

	}

	static class Devices {

		@ZinxRouter(msgId = 1)
		String reply(String text) {
			return "re: " + text;
		}

		@ZinxRouter(msgId = 2)
		CompletionStage<String> later(String text) {
			return CompletableFuture.completedFuture("later: " + text);
		}

		@ZinxRouter(msgId = 3)
		Outgoing outgoing(String text) {
			return Outgoing.reply("out: " + text);
		}

		@ZinxRouter(msgId = 4, payload = PayloadFormat.STRING)
		String[] converted(List<String> texts) {
			return new String[] { texts.toString(), "" + texts.size() };
		}

		@ZinxRouter(msgId = 5)
		Sensor json(Sensor sensor) {
			return sensor;
		}

		@ZinxRouter(msgId = 6)
		String unmappable() {
			return "hi 😀";
		}

		@ZinxRouter(msgId = 7)
		String login(Connection connection) {
			connection.bind("device");
			return "";
		}

		@ZinxRouter(msgId = 8)
		byte[] byHand(Request request) {
			return request.bodyAsString(GBK).getBytes(GBK);
		}

		@ZinxRouter(msgId = 11, charset = "Big5")
		String big5(String text) {
			return text;
		}

		@ZinxRouter(msgId = 12, charset = "utf-8")
		String utf8(String text) {
			return text;
		}

		@ZinxExceptionHandler
		String failed(Exception ex) {
			return ex.getClass().getSimpleName() + ": " + ex.getMessage();
		}

	}

	static class Misspelt {

		@ZinxRouter(msgId = 1, charset = "GKB")
		String method(String text) {
			return text;
		}

	}

	static class WithoutText {

		@ZinxRouter(msgId = 1, charset = "GBK")
		Sensor method(Sensor sensor) {
			return sensor;
		}

	}

	@ZinxRouter(msgId = 1, charset = "GBK")
	static class OnARouter extends EchoRouter {

	}

}

package io.zinx.boot.handler;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

import io.zinx.boot.routing.ZinxRouter;
import io.zinx.boot.testing.FailureAnalysis;
import io.zinx.boot.testing.ZinxApplication;
import io.zinx.boot.testing.ZinxApplication.EchoRouter;
import io.zinx.connection.Connection;
import jakarta.validation.Valid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Scope;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

@ExtendWith(OutputCaptureExtension.class)
class HandlerMethodFailureTests {

	@Test
	void twoPayloads(CapturedOutput output) {
		fails(TwoPayloads.class);
		assertThat(FailureAnalysis.last(output)).contains(
				"The Zinx handler method " + TwoPayloads.class.getName()
						+ ".onMessage has a parameter 'second' of type "
						+ "byte[] that could be the payload, and so could 'first'",
				"Annotate the payload with @Payload", "@MsgId");
	}

	@Test
	void messageNumberThatIsNoNumber(CapturedOutput output) {
		fails(TextMsgId.class);
		assertThat(FailureAnalysis.last(output)).contains("TextMsgId.onMessage", "'msgId' of type java.lang.String",
				"is not a long or an int");
	}

	@Test
	void keyThatIsNoText(CapturedOutput output) {
		fails(IntKey.class);
		assertThat(FailureAnalysis.last(output)).contains("IntKey.onMessage", "'key' of type int",
				"is not a String or Set<String>");
	}

	@Test
	void payloadThatIsSomethingElse(CapturedOutput output) {
		fails(ConnectionPayload.class);
		assertThat(FailureAnalysis.last(output)).contains("ConnectionPayload.onMessage", "'connection'",
				"also has another meaning");
	}

	@Test
	void replyOfAMethodThatReturnsNothing(CapturedOutput output) {
		fails(NoReply.class);
		assertThat(FailureAnalysis.last(output)).contains("NoReply.onMessage",
				"replies with message 8, but returns nothing");
	}

	@Test
	void replyThatIsNoMessageNumber(CapturedOutput output) {
		fails(BadReply.class);
		assertThat(FailureAnalysis.last(output)).contains("BadReply.onMessage", "replies with message -1",
				"from 0 to 4294967295");
	}

	@Test
	void resultsThatAreNotOneReply(CapturedOutput output) {
		fails(Many.class);
		assertThat(FailureAnalysis.last(output)).contains("Many.onMessage", "Flux<java.lang.String>",
				"is not a single reply");
		fails(PlainFuture.class);
		assertThat(FailureAnalysis.last(output)).contains("PlainFuture.onMessage", "Future<java.lang.String>",
				"CompletionStage");
	}

	@Test
	void typesThatTheFormatCannotExpress(CapturedOutput output) {
		fails(Json.class, "zinx.payload=bytes");
		assertThat(FailureAnalysis.last(output)).contains("Json.onMessage",
				"'numbers' of type java.util.List<java.lang.Integer>", "its format is bytes",
				"@ZinxRouter(payload = …) or zinx.payload");
		fails(TextOfMapper.class);
		assertThat(FailureAnalysis.last(output)).contains("TextOfMapper.onMessage",
				"cannot convert java.lang.String to " + "tools.jackson.databind.json.JsonMapper", "ConversionService");
		fails(ResultInBytes.class);
		assertThat(FailureAnalysis.last(output)).contains("ResultInBytes.onMessage",
				"returns a java.util.List<java.lang.Integer>", "its format is bytes");
	}

	@Test
	void noMapperThatCouldReadJson(CapturedOutput output) {
		fails(Json.class, "spring.autoconfigure.exclude=org.springframework.boot.jackson.autoconfigure."
				+ "JacksonAutoConfiguration");
		assertThat(FailureAnalysis.last(output)).contains("Json.onMessage",
				"there is no bean of type " + JsonMapper.class.getName(), "spring-boot-starter-jackson");
	}

	@Test
	void twoMappersOfWhichNoneIsPrimary(CapturedOutput output) {
		fails(List.of(Json.class, TwoMappers.class),
				"spring.autoconfigure.exclude=org.springframework.boot.http.converter.autoconfigure."
						+ "HttpMessageConvertersAutoConfiguration");
		assertThat(FailureAnalysis.last(output))
			.contains("Json.onMessage", "there are several beans of type " + JsonMapper.class.getName(), "[one, two]",
					"Annotate one of these beans with @Primary.")
			.doesNotContain("spring-boot-starter-jackson");
	}

	@Test
	void formatThatIsNone(CapturedOutput output) {
		fails(Json.class, "zinx.payload=default");
		assertThat(FailureAnalysis.last(output)).contains(
				"Invalid value 'default' for configuration property 'zinx.payload'", "json, protobuf, string or bytes");
	}

	@Test
	void sameMessageAsAClassAndAsAnotherMethod(CapturedOutput output) {
		fails(List.of(Router.class, Taken.class));
		assertThat(FailureAnalysis.last(output)).contains("Message 1 has two Zinx routers",
				"'handlerMethodFailureTests.Router'", "'handlerMethodFailureTests.Taken#onMessage()' (");
		fails(Twice.class);
		assertThat(FailureAnalysis.last(output)).contains("Message 1 has two Zinx routers", "Twice#onMessage(String)'",
				"Twice#onMessage(byte[])'");
	}

	@Test
	void noMessage(CapturedOutput output) {
		fails(NoMessage.class);
		assertThat(FailureAnalysis.last(output)).contains("'handlerMethodFailureTests.NoMessage#onMessage()'",
				"for no message");
	}

	@Test
	void routerThatReturnsNoReply(CapturedOutput output) {
		fails(ReplyOfRouter.class);
		assertThat(FailureAnalysis.last(output)).contains("'handlerMethodFailureTests.ReplyOfRouter'",
				"with reply, payload or charset");
	}

	@Test
	void prototype(CapturedOutput output) {
		fails(Prototype.class);
		assertThat(FailureAnalysis.last(output)).contains("'handlerMethodFailureTests.Prototype'",
				"has methods annotated with @ZinxRouter, but is not a singleton", "remove its scope");
		fails(LazyPrototype.class);
		assertThat(FailureAnalysis.last(output)).contains("'handlerMethodFailureTests.LazyPrototype'",
				"is not a singleton");
	}

	@Test
	void methodsThatAProxyCannotPassOn(CapturedOutput output) {
		fails(List.of(Proxies.class, Final.class));
		assertThat(FailureAnalysis.last(output)).contains("Final.onMessage", "is final, so that the proxy",
				"Remove 'final'");
		fails(List.of(Proxies.class, Private.class));
		assertThat(FailureAnalysis.last(output)).contains("Private.onMessage",
				"cannot be called on the proxy of its bean");
		fails(List.of(Proxies.class, NotOfInterface.class), "spring.aop.proxy-target-class=false");
		assertThat(FailureAnalysis.last(output)).contains("NotOfInterface.onMessage", "not found in any interface");
	}

	@Test
	void exceptionHandlersThatCannotBeCalled(CapturedOutput output) {
		fails(OfNoException.class);
		assertThat(FailureAnalysis.last(output)).contains("OfNoException.onFailure", "names no exception");
		fails(WithPayload.class);
		assertThat(FailureAnalysis.last(output)).contains("WithPayload.onFailure", "'text' of type java.lang.String",
				"Allowed parameters: the exception; Connection");
		fails(TooNarrow.class);
		assertThat(FailureAnalysis.last(output)).contains("TooNarrow.onFailure", "'ex' of type java.io.IOException");
		fails(Ambiguous.class);
		assertThat(FailureAnalysis.last(output)).contains("Ambiguous.",
				"handles java.lang.Exception, and so does another method");
		fails(Later.class);
		assertThat(FailureAnalysis.last(output)).contains("Later.onFailure", "returns an asynchronous result");
	}

	@Test
	void payloadThatNobodyCanValidate(CapturedOutput output) {
		fails(Validated.class, "spring.autoconfigure.exclude=org.springframework.boot.validation.autoconfigure."
				+ "ValidationAutoConfiguration");
		assertThat(FailureAnalysis.last(output)).contains("Validated.onMessage",
				"must be validated, but there is no validator", "spring-boot-starter-validation");
	}

	private static void fails(Class<?> configuration, String... properties) {
		fails(List.of(configuration), properties);
	}

	private static void fails(List<Class<?>> classes, String... properties) {
		assertThatException().as(Arrays.toString(properties))
			.isThrownBy(() -> ZinxApplication.run(classes, properties).close());
	}

	@Configuration(proxyBeanMethods = false)
	static class TwoMappers {

		@Bean
		JsonMapper one() {
			return new JsonMapper();
		}

		@Bean
		JsonMapper two() {
			return new JsonMapper();
		}

	}

	static class TwoPayloads {

		@ZinxRouter(msgId = 1)
		void onMessage(String first, Connection connection, byte[] second) {
		}

	}

	static class TextMsgId {

		@ZinxRouter(msgId = 1)
		void onMessage(@MsgId String msgId) {
		}

	}

	static class IntKey {

		@ZinxRouter(msgId = 1)
		void onMessage(@ConnKey int key) {
		}

	}

	static class ConnectionPayload {

		@ZinxRouter(msgId = 1)
		void onMessage(@Payload Connection connection) {
		}

	}

	static class NoReply {

		@ZinxRouter(msgId = 1, reply = 8)
		void onMessage() {
		}

	}

	static class BadReply {

		@ZinxRouter(msgId = 1, reply = -1)
		String onMessage() {
			return "";
		}

	}

	static class Many {

		@ZinxRouter(msgId = 1)
		Flux<String> onMessage() {
			return Flux.empty();
		}

	}

	static class PlainFuture {

		@ZinxRouter(msgId = 1)
		Future<String> onMessage() {
			return new FutureTask<>(() -> "");
		}

	}

	static class Json {

		@ZinxRouter(msgId = 1)
		void onMessage(List<Integer> numbers) {
		}

	}

	static class TextOfMapper {

		@ZinxRouter(msgId = 1, payload = PayloadFormat.STRING)
		void onMessage(@Payload JsonMapper mapper) {
		}

	}

	static class ResultInBytes {

		@ZinxRouter(msgId = 1, payload = PayloadFormat.BYTES)
		List<Integer> onMessage() {
			return List.of();
		}

	}

	@ZinxRouter(msgId = 1)
	static class Router extends EchoRouter {

	}

	static class Taken {

		@ZinxRouter(msgId = 1)
		void onMessage() {
		}

	}

	static class Twice {

		@ZinxRouter(msgId = 1)
		void onMessage(String text) {
		}

		@ZinxRouter(msgId = 1)
		void onMessage(byte[] bytes) {
		}

	}

	static class NoMessage {

		@ZinxRouter
		void onMessage() {
		}

	}

	@ZinxRouter(msgId = 1, reply = 2)
	static class ReplyOfRouter extends EchoRouter {

	}

	@Scope("prototype")
	static class Prototype {

		@ZinxRouter(msgId = 1)
		void onMessage() {
		}

	}

	@Lazy
	@Scope("prototype")
	static class LazyPrototype extends Prototype {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAsync
	static class Proxies {

	}

	static class Final {

		@Async
		public void audit() {
		}

		@ZinxRouter(msgId = 1)
		final void onMessage() {
		}

	}

	static class Private {

		@Async
		public void audit() {
		}

		@SuppressWarnings("UnusedMethod")
		@ZinxRouter(msgId = 1)
		private void onMessage() {
		}

	}

	interface Auditing {

		@Async
		void audit();

	}

	static class NotOfInterface implements Auditing {

		@Override
		public void audit() {
		}

		@ZinxRouter(msgId = 1)
		public void onMessage() {
		}

	}

	static class OfNoException extends Taken {

		@ZinxExceptionHandler
		void onFailure() {
		}

	}

	static class WithPayload extends Taken {

		@ZinxExceptionHandler(Exception.class)
		void onFailure(String text) {
		}

	}

	static class TooNarrow extends Taken {

		@ZinxExceptionHandler(Exception.class)
		void onFailure(IOException ex) {
		}

	}

	static class Ambiguous extends Taken {

		@ZinxExceptionHandler
		void onFailure(Exception ex) {
		}

		@ZinxExceptionHandler(Exception.class)
		void onOther() {
		}

	}

	static class Later extends Taken {

		@ZinxExceptionHandler
		Mono<String> onFailure(Exception ex) {
			return Mono.empty();
		}

	}

	static class Validated {

		@ZinxRouter(msgId = 1)
		void onMessage(@Valid @Payload List<Integer> numbers) {
		}

	}

}

package io.zinx.boot.handler;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.zinx.boot.routing.ZinxRouter;
import io.zinx.boot.testing.ZinxApplication;
import io.zinx.connection.ConnManager;
import io.zinx.connection.Connection;
import io.zinx.message.Message;
import io.zinx.metrics.HandlerCounters;
import io.zinx.metrics.HandlerOutcome;
import io.zinx.routing.Request;
import io.zinx.testing.SocketClient;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.validation.annotation.Validated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@ExtendWith(OutputCaptureExtension.class)
class ExceptionHandlerTests {

	@Test
	void theNearestHandlerOfTheBeanAnswers() {
		try (ConfigurableApplicationContext context = ZinxApplication.run(List.of(Failing.class, LastAdvice.class));
				SocketClient client = ZinxApplication.connect(context)) {
			assertThat(client.send(1, "").receive()).hasToString("message 99 \"illegal argument of 1\"");
			assertThat(client.send(2, "").receive()).hasToString("message 20 \"runtime 1 2 2\"");
			assertThat(client.send(3, "").receive()).hasToString("message 3 \"last: checked\"");
			assertThat(client.send(4, "").receive()).hasToString("message 4 \"last: late\"");
			assertThat(client.send(5, "").receive()).hasToString("message 5 \"last: mono\"");
			assertThat(client.send(6, "").receive()).hasToString("message 6 \"last: error\"");
			assertThat(metricsOfFailures(context)).isZero();
		}
	}

	@Test
	void adviceIsAskedInOrder() {
		try (ConfigurableApplicationContext context = ZinxApplication
			.run(List.of(LastAdvice.class, AdviceByMethod.class, Failing.class));
				SocketClient client = ZinxApplication.connect(context)) {
			assertThat(client.send(3, "").receive()).hasToString("message 3 \"first: checked\"");
			assertThat(client.send(6, "").receive()).hasToString("message 6 \"last: error\"");
			assertThat(client.send(1, "").receive()).hasToString("message 99 \"illegal argument of 1\"");
		}
	}

	@Test
	void whatNobodyHandlesIsLoggedAndCounted(CapturedOutput output) {
		try (ConfigurableApplicationContext context = ZinxApplication.run(Failing.class);
				SocketClient client = ZinxApplication.connect(context)) {
			client.send(3, "").send(4, "");
			assertThat(client.send(2, "").receive().msgId()).isEqualTo(20);
			assertThat(metricsOfFailures(context)).isEqualTo(2);
			assertThat(output).contains("Router exceptionHandlerTests.Failing#checked() failed on message 3",
					"java.io.IOException: checked");
		}
	}

	@Test
	void whatAMethodHasHandledIsAnOutcomeOfItsOwnAndALineAtLevelDebug(CapturedOutput output) {
		try (ConfigurableApplicationContext context = ZinxApplication.run(List.of(Failing.class, LastAdvice.class),
				"logging.level.io.zinx.boot.handler.ZinxExceptionHandler=debug", "zinx.metrics.timing=all");
				SocketClient client = ZinxApplication.connect(context)) {
			client.send(1, "").send(4, "").receive();
			client.receive();
			HandlerCounters counters = Objects.requireNonNull(context.getBean(ConnManager.class).metrics().handlers());
			for (long msgId : List.of(1L, 4L)) {
				await().untilAsserted(() -> assertThat(counters.handled(msgId, HandlerOutcome.HANDLED)).isOne());
				assertThat(counters.measured(msgId, HandlerOutcome.HANDLED)).isOne();
				assertThat(counters.handled(msgId)).isOne();
			}
			await().untilAsserted(() -> assertThat(output.toString().lines())
				.filteredOn((line) -> line.contains("has handled message"))
				.hasSize(2)
				.allMatch((line) -> line.contains("DEBUG") && line.contains(".ZinxExceptionHandler "))
				.anyMatch((line) -> line.contains("LastAdvice.")
						&& line.contains("has handled message 4 of Connection 1 of") && line.endsWith("late")));
		}
	}

	@Test
	void whatAnExceptionHandlerThrowsIsLoggedWithWhatItWasThereFor(CapturedOutput output) {
		try (ConfigurableApplicationContext context = ZinxApplication.run(FailingTwice.class);
				SocketClient client = ZinxApplication.connect(context)) {
			client.send(1, "");
			assertThat(client.send(2, "").receive().text()).isEqualTo("alive");
			assertThat(output).contains("java.lang.IllegalArgumentException: again",
					"Suppressed: java.lang.IllegalStateException: first");
			assertThat(metricsOfFailures(context)).isOne();
		}
	}

	@Test
	void aBodyThatCannotBeReadIsAPayloadException(CapturedOutput output) {
		try (ConfigurableApplicationContext context = ZinxApplication.run(Orders.class);
				SocketClient client = ZinxApplication.connect(context)) {
			assertThat(client.send(1, "{\"item\":").receive().text())
				.startsWith("400 PayloadException Body of message 1 (8 bytes) from connection 1 is not a valid "
						+ Purchase.class.getName());
			assertThat(client.send(1, "").receive().text())
				.startsWith("400 PayloadException Body of message 1 (0 bytes)");
			assertThat(client.send(1, "null").receive().text())
				.endsWith("does not contain a " + Purchase.class.getName());
			assertThat(client.send(2, "x").receive().text()).startsWith("400 PayloadException");
			assertThat(client.send(1, "{\"item\":\"tea\",\"count\":1}").receive().text()).isEqualTo("tea");
			assertThat(output).doesNotContain("ERROR");
		}
	}

	@Test
	void invalidPayloadsAreRefused() {
		try (ConfigurableApplicationContext context = ZinxApplication.run(Orders.class);
				SocketClient client = ZinxApplication.connect(context)) {
			assertThat(client.send(3, "{\"item\":\" \",\"count\":1}").receive().text())
				.isEqualTo("400 InvalidPayloadException [item]");
			assertThat(client.send(3, "{\"item\":\"tea\",\"count\":1}").receive().text()).isEqualTo("tea");
			assertThat(client.send(3, "{\"item\":\"tea\",\"count\":100}").receive().text()).isEqualTo("tea");
			assertThat(client.send(4, "{\"item\":\"tea\",\"count\":100}").receive().text())
				.isEqualTo("400 InvalidPayloadException [count]");
		}
	}

	/**
	 * JSON, text and a validator's message hold what the client wrote, on their way into
	 * the log, into the exception and into the one it was caused by.
	 */
	@Test
	void whatAClientWroteBeginsNoLineOfTheLog(CapturedOutput output) {
		String hostile = "x\\nFAKE LINE\\u001b[31m" + "y".repeat(3000);
		String text = "x\nFAKE LINE\u001b[31m";
		try (ConfigurableApplicationContext context = ZinxApplication.run(Colours.class);
				SocketClient client = ZinxApplication.connect(context)) {
			client.send(1, "\"" + hostile + "\"").send(2, text).send(3, "{\"name\":\"" + hostile + "\"}");
			assertThat(client.send(9, "").receive().text()).isEqualTo("alive");
			assertThat(output).contains("x\\nFAKE LINE\\u001b[31m").doesNotContain("\u001b[31m");
			assertThat(output.toString().lines()).noneMatch((line) -> line.startsWith("FAKE LINE"))
				.filteredOn((line) -> line.contains("PayloadException"))
				.hasSizeGreaterThanOrEqualTo(3)
				.allMatch((line) -> line.length() < 5000);
			PayloadException thrown = Objects.requireNonNull(context.getBean(Colours.class).thrown);
			assertThat(thrown).hasMessageContaining("x\\nFAKE LINE").hasMessageNotContaining("\n");
			assertThat(thrown.getCause()).hasMessageNotContaining("\n");
			assertThat(thrown.original()).isInstanceOf(JacksonException.class).hasMessageContaining("\n");
		}
	}

	@Test
	void aWebApplicationHasOneValidatorForBoth() {
		try (ConfigurableApplicationContext context = ZinxApplication.runWeb(List.of(Orders.class));
				SocketClient client = ZinxApplication.connect(context)) {
			assertThat(client.send(3, "{\"item\":\" \",\"count\":1}").receive().text())
				.isEqualTo("400 InvalidPayloadException [item]");
		}
	}

	@Test
	void aResultThatCannotBeWrittenIsAFailure() {
		try (ConfigurableApplicationContext context = ZinxApplication.run(List.of(Unwritable.class, LastAdvice.class));
				SocketClient client = ZinxApplication.connect(context)) {
			assertThat(client.send(1, "").receive().text()).startsWith("last: A result of type java.lang.Integer");
			assertThat(client.send(2, "").receive().text()).startsWith("last: A result of type java.lang.Integer");
		}
	}

	/**
	 * The client waits for it in vain, unless an exception handler tells it so.
	 */
	@Test
	void aResultThatIsTooLargeToSendIsAFailure(CapturedOutput output) {
		try (ConfigurableApplicationContext context = ZinxApplication.run(List.of(Large.class, LastAdvice.class),
				"zinx.outbound.max-bytes=64KB"); SocketClient client = ZinxApplication.connect(context)) {
			for (long msgId = 1; msgId <= 8; msgId++) {
				assertThat(client.send(msgId, "").receive().text())
					.startsWith("last: Message " + msgId + " cannot be sent to Connection 1")
					.contains("outbound.max-bytes");
			}
			assertThat(metricsOfFailures(context)).isZero();
		}
		try (ConfigurableApplicationContext context = ZinxApplication.run(Large.class, "zinx.outbound.max-bytes=64KB");
				SocketClient client = ZinxApplication.connect(context)) {
			for (long msgId = 1; msgId <= 8; msgId++) {
				client.send(msgId, "");
			}
			assertThat(client.send(9, "").receive().text()).isEqualTo("small");
			assertThat(metricsOfFailures(context)).isEqualTo(8);
			assertThat(output).contains("Router exceptionHandlerTests.Large#text() failed on message 1");
		}
	}

	private static long metricsOfFailures(ConfigurableApplicationContext context) {
		return context.getBean(ConnManager.class).metrics().handlerFailures();
	}

	static class Failing {

		@ZinxRouter(msgId = 1)
		void illegalArgument() {
			throw new NumberFormatException("argument");
		}

		@ZinxRouter(msgId = 2, reply = 20)
		String illegalState() {
			throw new IllegalStateException("state");
		}

		@ZinxRouter(msgId = 3)
		void checked() throws IOException {
			throw new IOException("checked");
		}

		@ZinxRouter(msgId = 4)
		CompletionStage<String> late() {
			return CompletableFuture.supplyAsync(() -> "").thenCompose((text) -> {
				return CompletableFuture.failedFuture(new IOException("late"));
			});
		}

		@ZinxRouter(msgId = 5)
		Mono<String> mono() {
			return Mono.error(new IOException("mono"));
		}

		@ZinxRouter(msgId = 6)
		void error() {
			throw new StackOverflowError("error");
		}

		@ZinxExceptionHandler(value = IllegalArgumentException.class, reply = 99)
		String onIllegalArgument(@MsgId long msgId) {
			return "illegal argument of " + msgId;
		}

		@ZinxExceptionHandler
		String onRuntime(Connection connection, RuntimeException ex, Request request, @MsgId long msgId) {
			return "runtime " + connection.connId() + " " + msgId + " " + request.msgId();
		}

	}

	@ZinxAdvice
	@Order(2)
	static class LastAdvice {

		@ZinxExceptionHandler({ Exception.class, StackOverflowError.class })
		String onAny(Throwable ex) {
			return "last: " + ex.getMessage();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class AdviceByMethod {

		@Bean
		@Order(1)
		FirstAdvice firstAdvice() {
			return new FirstAdvice();
		}

	}

	@ZinxAdvice
	static class FirstAdvice {

		@SuppressWarnings("UnusedMethod")
		@ZinxExceptionHandler
		private String onAny(Exception ex) {
			return "first: " + ex.getMessage();
		}

	}

	static class FailingTwice {

		@ZinxRouter(msgId = 1)
		void fail() {
			throw new IllegalStateException("first");
		}

		@ZinxRouter(msgId = 2)
		String answer() {
			return "alive";
		}

		@ZinxExceptionHandler
		void onFailure(IllegalStateException ex) {
			throw new IllegalArgumentException("again");
		}

	}

	interface Checked {

	}

	record Purchase(@NotBlank String item, @Max(value = 99, groups = Checked.class) int count) {

	}

	static class Orders {

		@ZinxRouter(msgId = 1)
		String order(Purchase order) {
			return order.item();
		}

		@ZinxRouter(msgId = 2, payload = PayloadFormat.STRING)
		String number(int number) {
			return "" + number;
		}

		@ZinxRouter(msgId = 3)
		String valid(@Valid Purchase order) {
			return order.item();
		}

		@ZinxRouter(msgId = 4)
		String checked(@Validated(Checked.class) Purchase order) {
			return order.item();
		}

		@ZinxExceptionHandler
		String onBadPayload(PayloadException ex) {
			return "400 " + ex.getClass().getSimpleName() + " " + ex.getMessage();
		}

		@ZinxExceptionHandler
		String onInvalidPayload(InvalidPayloadException ex) {
			return "400 " + ex.getClass().getSimpleName() + " "
					+ ex.errors().getFieldErrors().stream().map((error) -> error.getField()).toList();
		}

	}

	enum Colour {

		RED

	}

	record Named(@Pattern(regexp = "[a-z]{0,9}", message = "must not be ${validatedValue}") String name) {

	}

	static class Colours {

		private volatile @Nullable PayloadException thrown;

		@ZinxRouter(msgId = 1)
		void colour(Colour colour) {
		}

		@ZinxRouter(msgId = 2, payload = PayloadFormat.STRING)
		void text(Colour colour) {
		}

		@ZinxRouter(msgId = 3)
		void named(@Valid Named named) {
		}

		@ZinxRouter(msgId = 9, payload = PayloadFormat.STRING)
		String alive() {
			return "alive";
		}

		@ZinxExceptionHandler
		void onBadPayload(PayloadException ex) {
			if (ex.msgId() == 1) {
				this.thrown = ex;
			}
			throw ex;
		}

	}

	static class Unwritable {

		@ZinxRouter(msgId = 1, payload = PayloadFormat.BYTES)
		Object number() {
			return 1;
		}

		@ZinxRouter(msgId = 2, payload = PayloadFormat.BYTES)
		CompletionStage<Object> later() {
			return CompletableFuture.supplyAsync(() -> 1);
		}

	}

	static class Large {

		private static final String TEXT = "x".repeat(64 * 1024);

		@ZinxRouter(msgId = 1)
		String text() {
			return TEXT;
		}

		@ZinxRouter(msgId = 2)
		byte[] bytes() {
			return TEXT.getBytes(StandardCharsets.UTF_8);
		}

		@ZinxRouter(msgId = 3)
		List<String> json() {
			return List.of(TEXT);
		}

		@ZinxRouter(msgId = 4)
		Message message() {
			return new Message(4, bytes());
		}

		@ZinxRouter(msgId = 5)
		Optional<String> optional() {
			return Optional.of(TEXT);
		}

		@ZinxRouter(msgId = 6)
		CompletionStage<String> later() {
			return CompletableFuture.supplyAsync(() -> TEXT);
		}

		@ZinxRouter(msgId = 7)
		Outgoing outgoing() {
			return Outgoing.reply(TEXT);
		}

		@ZinxRouter(msgId = 8)
		Outgoing toOthers() {
			return Outgoing.toAll(TEXT);
		}

		@ZinxRouter(msgId = 9)
		String small() {
			return "small";
		}

	}

}

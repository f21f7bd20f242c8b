package io.zinx.boot.observation;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;

import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import io.zinx.boot.handler.ZinxExceptionHandler;
import io.zinx.boot.routing.ZinxRouter;
import io.zinx.boot.testing.ZinxApplication;
import io.zinx.boot.testing.ZinxApplication.EchoRouter;
import io.zinx.routing.Interceptor;
import io.zinx.routing.Request;
import io.zinx.routing.Router;
import io.zinx.testing.SocketClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class ZinxObservationTests {

	private static final String ENABLED = "zinx.observation.enabled=true";

	@Test
	void observesEachMessage() {
		try (ConfigurableApplicationContext context = ZinxApplication.run(List.of(Routers.class, Registry.class),
				ENABLED, "zinx.name=game"); SocketClient client = ZinxApplication.connect(context)) {
			TestObservationRegistry registry = context.getBean(TestObservationRegistry.class);
			client.send(1, "hello").receive();
			await().untilAsserted(() -> TestObservationRegistryAssert.assertThat(registry)
				.hasSingleObservationThat()
				.hasNameEqualTo("zinx.server.request")
				.hasContextualNameEqualTo("zinx 1")
				.hasLowCardinalityKeyValue("server", "game")
				.hasLowCardinalityKeyValue("msg.id", "1")
				.hasLowCardinalityKeyValue("outcome", "success")
				.hasLowCardinalityKeyValue("error", "none")
				.hasHighCardinalityKeyValue("zinx.conn.id", "1")
				.hasBeenStarted()
				.hasBeenStopped());
		}
	}

	@Test
	void observesFailuresAndNamesNoNumberThatAClientHasChosen() {
		try (ConfigurableApplicationContext context = ZinxApplication.run(List.of(Routers.class, Registry.class),
				ENABLED); SocketClient client = ZinxApplication.connect(context)) {
			TestObservationRegistry registry = context.getBean(TestObservationRegistry.class);
			client.send(3, "fails").send(777, "unknown").send(1, "").receive();
			await().untilAsserted(() -> TestObservationRegistryAssert.assertThat(registry)
				.hasNumberOfObservationsEqualTo(3)
				.hasAnObservationWithAKeyValue("error", "IllegalStateException")
				.hasAnObservationWithAKeyValue("msg.id", "unknown"));
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 21, 22 })
	void anExceptionThatWasHandledIsObservedWithAnOutcomeOfItsOwn(int msgId) {
		try (ConfigurableApplicationContext context = ZinxApplication
			.run(List.of(Routers.class, Registry.class, Handled.class), ENABLED);
				SocketClient client = ZinxApplication.connect(context)) {
			Recorder recorder = Recorder.of(context);
			assertThat(client.send(msgId, "").receive().text()).isEqualTo("handled");
			await().until(() -> recorder.events.contains("stop " + msgId + " handled IllegalStateException"));
			TestObservationRegistryAssert.assertThat(context.getBean(TestObservationRegistry.class))
				.hasAnObservation((observation) -> observation.hasError().thenError().hasMessage("of " + msgId));
		}
	}

	@Test
	void whatAClientWroteIntoAFailureIsEscapedThere() {
		try (ConfigurableApplicationContext context = ZinxApplication.run(List.of(Routers.class, Registry.class),
				ENABLED); SocketClient client = ZinxApplication.connect(context)) {
			TestObservationRegistry registry = context.getBean(TestObservationRegistry.class);
			client.send(3, "x\nFAKE LINE").send(1, "").receive();
			await().untilAsserted(() -> TestObservationRegistryAssert.assertThat(registry)
				.hasAnObservation((observation) -> observation.hasError()
					.thenError()
					.hasMessage("java.lang.IllegalStateException: x\\nFAKE LINE")
					.backToContext()
					.hasLowCardinalityKeyValue("error", "IllegalStateException")));
		}
	}

	@Test
	void asksTheCarrierForTheTrace() {
		try (ConfigurableApplicationContext context = ZinxApplication
			.run(List.of(Routers.class, Registry.class, Carrier.class), ENABLED);
				SocketClient client = ZinxApplication.connect(context)) {
			Tracer tracer = new Tracer();
			context.getBean(TestObservationRegistry.class).observationConfig().observationHandler(tracer);
			client.send(1, "00-abc").receive();
			assertThat(tracer.found).containsExactly("traceparent=00-abc");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "hash", "bind", "event-loop" })
	void lastsUntilTheAnswerThatComesLater(String mode) throws InterruptedException {
		try (ConfigurableApplicationContext context = ZinxApplication
			.run(List.of(Routers.class, Registry.class, Later.class), ENABLED, "zinx.worker-mode=" + mode);
				SocketClient client = ZinxApplication.connect(context)) {
			Recorder recorder = Recorder.of(context);
			BlockingQueue<CompletableFuture<String>> answers = context.getBean(Later.class).answers;
			client.send(9, "").send(1, "");
			CompletableFuture<String> first = answers.take();
			await().until(() -> recorder.events.contains("scope closed"));
			assertThat(recorder.events).containsExactly("start 9", "scope opened", "scope closed");
			first.complete("answer");
			client.receive();
			await().until(() -> recorder.events.contains("stop 1 success none"));
			assertThat(recorder.events).containsOnlyOnce("stop 9 success none");
			client.send(9, "");
			answers.take().completeExceptionally(new IllegalStateException("fails later"));
			await().until(() -> recorder.events.contains("stop 9 failure IllegalStateException"));
			assertThat(recorder.scopesOfOtherThreads).isEmpty();
		}
	}

	@Test
	void endsWhenTheAnswerDoesNotComeInTime() {
		try (ConfigurableApplicationContext context = ZinxApplication
			.run(List.of(Routers.class, Registry.class, Later.class), ENABLED, "zinx.async-timeout=100ms");
				SocketClient client = ZinxApplication.connect(context)) {
			Recorder recorder = Recorder.of(context);
			client.send(9, "").send(1, "").receive();
			await().until(() -> recorder.events.contains("stop 9 failure TimeoutException"));
			assertThat(recorder.scopesOfOtherThreads).isEmpty();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "hash", "bind", "event-loop" })
	void endsWhenTheServerStops(String mode) throws InterruptedException {
		Recorder recorder;
		try (ConfigurableApplicationContext context = ZinxApplication.run(
				List.of(Routers.class, Registry.class, Later.class), ENABLED, "zinx.worker-mode=" + mode,
				"zinx.shutdown.grace-period=100ms"); SocketClient client = ZinxApplication.connect(context)) {
			recorder = Recorder.of(context);
			client.send(9, "");
			context.getBean(Later.class).answers.take();
		}
		assertThat(recorder.events).containsExactly("start 9", "scope opened", "scope closed",
				"stop 9 failure TimeoutException");
	}

	@Test
	void isOffUnlessAskedFor() {
		try (ConfigurableApplicationContext context = ZinxApplication.run(List.of(Routers.class, Registry.class))) {
			assertThat(context.getBeansOfType(Interceptor.class)).isEmpty();
		}
	}

	static class Routers {

		@Bean
		@ZinxRouter(msgId = 1)
		Router echo() {
			return new EchoRouter();
		}

		@Bean
		@ZinxRouter(msgId = 3)
		Router failing() {
			return (request) -> {
				throw new IllegalStateException(request.bodyAsString());
			};
		}

	}

	static class Registry {

		@Bean
		TestObservationRegistry observationRegistry() {
			return TestObservationRegistry.create();
		}

	}

	/**
	 * Finds the trace in the body.
	 */
	static class Carrier implements ZinxObservationCarrier {

		@Override
		public String get(Request request, String key) {
			return key + "=" + request.bodyAsString();
		}

	}

	/**
	 * Answers when the test says so.
	 */
	@ZinxRouter(msgId = 9)
	static class Later implements Router {

		private final BlockingQueue<CompletableFuture<String>> answers = new LinkedBlockingQueue<>();

		@Override
		public void handle(Request request) {
			CompletableFuture<String> answer = new CompletableFuture<>();
			request.answerLater(answer);
			this.answers.add(answer);
		}

	}

	static class Handled {

		@ZinxRouter(msgId = 21)
		String atOnce() {
			throw new IllegalStateException("of 21");
		}

		@ZinxRouter(msgId = 22)
		CompletableFuture<String> later() {
			return CompletableFuture.supplyAsync(() -> {
				throw new IllegalStateException("of 22");
			});
		}

		@ZinxExceptionHandler
		String handled(IllegalStateException ex) {
			return "handled";
		}

	}

	/**
	 * Notes what happens to observations.
	 */
	private static final class Recorder implements ObservationHandler<ZinxServerObservationContext> {

		private final List<String> events = new CopyOnWriteArrayList<>();

		private final List<Thread> scopesOfOtherThreads = new CopyOnWriteArrayList<>();

		private final ThreadLocal<Boolean> started = new ThreadLocal<>();

		static Recorder of(ConfigurableApplicationContext context) {
			Recorder recorder = new Recorder();
			context.getBean(TestObservationRegistry.class).observationConfig().observationHandler(recorder);
			return recorder;
		}

		@Override
		public void onStart(ZinxServerObservationContext context) {
			this.events.add("start " + context.request().msgId());
			this.started.set(true);
		}

		@Override
		public void onScopeOpened(ZinxServerObservationContext context) {
			scope("opened");
		}

		@Override
		public void onScopeClosed(ZinxServerObservationContext context) {
			scope("closed");
		}

		private void scope(String what) {
			this.events.add("scope " + what);
			if (this.started.get() == null) {
				this.scopesOfOtherThreads.add(Thread.currentThread());
			}
		}

		private static String value(ZinxServerObservationContext context, String key) {
			KeyValue tag = context.getLowCardinalityKeyValue(key);
			return (tag != null) ? " " + tag.getValue() : "";
		}

		@Override
		public void onStop(ZinxServerObservationContext context) {
			this.events.add("stop " + context.request().msgId() + value(context, "outcome") + value(context, "error"));
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return context instanceof ZinxServerObservationContext;
		}

	}

	/**
	 * Asks for the trace as a tracer does.
	 */
	private static final class Tracer implements ObservationHandler<ZinxServerObservationContext> {

		private final List<String> found = new CopyOnWriteArrayList<>();

		@Override
		public void onStart(ZinxServerObservationContext context) {
			this.found.add(String.valueOf(context.getGetter().get(context.request(), "traceparent")));
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return context instanceof ZinxServerObservationContext;
		}

	}

}

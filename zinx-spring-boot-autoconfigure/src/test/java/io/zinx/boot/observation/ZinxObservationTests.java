package io.zinx.boot.observation;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import io.zinx.boot.routing.ZinxRouter;
import io.zinx.boot.testing.ZinxApplication;
import io.zinx.boot.testing.ZinxApplication.EchoRouter;
import io.zinx.routing.Interceptor;
import io.zinx.routing.Request;
import io.zinx.routing.Router;
import io.zinx.testing.SocketClient;
import org.junit.jupiter.api.Test;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class ZinxObservationTests {

	private static final String ENABLED = "zinx.observation.enabled=true";

	@Test
	void observesEachMessage() {
		try (ConfigurableApplicationContext context = ZinxApplication.run(List.of(Routers.class, Registry.class),
				ENABLED); SocketClient client = ZinxApplication.connect(context)) {
			TestObservationRegistry registry = context.getBean(TestObservationRegistry.class);
			client.send(1, "hello").receive();
			await().untilAsserted(() -> TestObservationRegistryAssert.assertThat(registry)
				.hasSingleObservationThat()
				.hasNameEqualTo("zinx.server.request")
				.hasContextualNameEqualTo("zinx 1")
				.hasLowCardinalityKeyValue("zinx.msg.id", "1")
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
				.hasAnObservationWithAKeyValue("zinx.msg.id", "unknown"));
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
				throw new IllegalStateException("fails");
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

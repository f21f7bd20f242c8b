package io.zinx.boot.routing;

import java.util.List;

import io.zinx.boot.testing.ZinxApplication;
import io.zinx.routing.Interceptor;
import io.zinx.routing.Request;
import io.zinx.routing.RouterFunction;
import io.zinx.server.ZinxServer;
import io.zinx.testing.SocketClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;
import org.springframework.core.annotation.Order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

@ExtendWith(OutputCaptureExtension.class)
class ZinxInterceptTests {

	@Test
	void interceptorsAndMiddlewareRunForTheirRangesInTheirOrder() {
		try (ConfigurableApplicationContext context = ZinxApplication.run(Chain.class);
				SocketClient client = ZinxApplication.connect(context)) {
			assertThat(client.send(99, "").receive().text()).isEqualTo("annotated-all all registrar");
			assertThat(client.send(100, "").receive().text())
				.isEqualTo("early annotated-all late early-function all registrar");
			assertThat(client.send(199, "").receive().text())
				.isEqualTo("early annotated-all late early-function all registrar");
			assertThat(client.send(200, "").receive().text()).isEqualTo("annotated-all all registrar");
			assertThat(context.getBean(ZinxServer.class).routes().snapshot().interceptorNames().get(0))
				.endsWith(" for 100 to 199");
		}
	}

	@Test
	void aRangeHoldsAlsoIfTheBeanIsInAParentContext() {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(InParent.class)
			.web(WebApplicationType.NONE)
			.child(ZinxApplication.autoConfigured(), Ways.class)
			.properties("zinx.port=0")
			.run(); SocketClient client = ZinxApplication.connect(context)) {
			assertThat(client.send(99, "").receive().text()).isEqualTo("null");
			assertThat(client.send(100, "").receive().text()).isEqualTo("early");
		}
	}

	@Test
	void annotatedBeanThatIsNeither(CapturedOutput output) {
		fails(Neither.class);
		assertThat(output).contains("APPLICATION FAILED TO START", "'zinxInterceptTests.Neither'",
				"is neither an Interceptor nor a RouterFunction");
	}

	@Test
	void rangeThatIsNone(CapturedOutput output) {
		fails(NoRange.class);
		assertThat(output).contains("APPLICATION FAILED TO START", "bean method 'backwards'",
				"from 200 to 100, which is not a valid range", "the smaller one first");
	}

	@Test
	void annotatedPrototype(CapturedOutput output) {
		fails(Prototype.class);
		assertThat(output).contains("APPLICATION FAILED TO START", "@ZinxIntercept, but is not a singleton");
	}

	private static void fails(Class<?> configuration) {
		assertThatException().isThrownBy(() -> ZinxApplication.run(configuration).close());
	}

	private static void note(Request request, String name) {
		Object before = request.attribute("way");
		request.setAttribute("way", (before != null) ? before + " " + name : name);
	}

	private static Interceptor interceptor(String name) {
		return (request, chain) -> {
			note(request, name);
			chain.proceed(request);
		};
	}

	@Configuration(proxyBeanMethods = false)
	static class Chain {

		@Bean
		@Order(3)
		@ZinxIntercept(from = 100, to = 199)
		Interceptor late() {
			return interceptor("late");
		}

		@Bean
		@Order(2)
		Interceptor all() {
			return interceptor("annotated-all");
		}

		@Bean
		@Order(1)
		@ZinxIntercept(from = 100, to = 199)
		Interceptor early() {
			return interceptor("early");
		}

		@Bean
		@Order(2)
		@ZinxIntercept
		RouterFunction allFunction() {
			return (request) -> note(request, "all");
		}

		@Bean
		@Order(1)
		@ZinxIntercept(from = 100, to = 199)
		RouterFunction earlyFunction() {
			return (request) -> note(request, "early-function");
		}

		@Bean
		RouterFunction ofNobodysBusiness() {
			return (request) -> note(request, "not called");
		}

		@Bean
		ZinxRouteRegistrar registrar() {
			return (routes) -> routes.use((request) -> note(request, "registrar"));
		}

		@ZinxRouter(from = 99, to = 199)
		String range(Request request) {
			return "" + request.attribute("way");
		}

		@ZinxRouter(msgId = 200)
		String outside(Request request) {
			return "" + request.attribute("way");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class InParent {

		@Bean
		@ZinxIntercept(from = 100, to = 199)
		Interceptor early() {
			return interceptor("early");
		}

	}

	static class Ways {

		@ZinxRouter(fallback = true)
		String way(Request request) {
			return "" + request.attribute("way");
		}

	}

	@ZinxIntercept
	static class Neither {

		List<String> names() {
			return List.of();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class NoRange {

		@Bean
		@ZinxIntercept(from = 200, to = 100)
		Interceptor backwards() {
			return interceptor("backwards");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Prototype {

		@Bean
		@Scope("prototype")
		@ZinxIntercept(from = 1)
		Interceptor each() {
			return interceptor("each");
		}

	}

}

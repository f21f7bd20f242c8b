package io.zinx.boot.routing;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

import io.zinx.boot.autoconfigure.ZinxAutoConfiguration;
import io.zinx.boot.handler.InvalidHandlerMethodException;
import io.zinx.boot.handler.ZinxAdvice;
import io.zinx.boot.handler.ZinxExceptionHandler;
import io.zinx.boot.messaging.ZinxTemplate;
import io.zinx.routing.DuplicateRouteException;
import io.zinx.routing.Interceptor;
import io.zinx.routing.Router;
import io.zinx.server.ZinxServer;
import org.junit.jupiter.api.Test;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.beans.factory.aot.AotServices;
import org.springframework.beans.factory.aot.BeanFactoryInitializationAotProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.LifecycleProcessor;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Scope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.Mockito.mock;

/**
 * Mistakes in the declarations of routers, in contexts whose server does not start.
 */
class RouteChecksTests {

	private final ApplicationContextRunner notStarted = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ZinxAutoConfiguration.class))
		.withBean("lifecycleProcessor", LifecycleProcessor.class, () -> mock(LifecycleProcessor.class));

	@Test
	void aHandlerMethodIsCheckedWithoutAServer() {
		for (Class<?> mistake : List.of(Wrong.class, LazyWrong.class, WrongExceptionHandler.class)) {
			this.notStarted.withUserConfiguration(mistake)
				.run((context) -> assertThat(context).getFailure()
					.as(mistake.getSimpleName())
					.isInstanceOf(InvalidHandlerMethodException.class));
		}
		this.notStarted.withUserConfiguration(Wrong.class)
			.withPropertyValues("spring.main.lazy-initialization=true")
			.run((context) -> assertThat(context).getFailure().isInstanceOf(InvalidHandlerMethodException.class));
	}

	@Test
	void twoRoutersForOneMessageAreSeenWithoutAServer() {
		this.notStarted.withUserConfiguration(Right.class, Same.class)
			.run((context) -> assertThat(context).getFailure().isInstanceOf(DuplicateRouteException.class));
		this.notStarted.withUserConfiguration(WrongRange.class)
			.run((context) -> assertThat(context).getFailure().isInstanceOf(InvalidRouterBeanException.class));
	}

	@Test
	void registrarsAreCalledWhenTheServerStarts() {
		AtomicBoolean called = new AtomicBoolean();
		this.notStarted.withUserConfiguration(Right.class)
			.withBean(ZinxRouteRegistrar.class, () -> (registry) -> called.set(true))
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(called).isFalse();
				assertThat(context.getBean(ZinxServer.class).routes().snapshot().all()).isEmpty();
			});
	}

	@Test
	void processingAheadOfTimeFailsWithTheMistake() {
		assertThatExceptionOfType(InvalidHandlerMethodException.class).isThrownBy(() -> process(Wrong.class))
			.withMessageContainingAll("Wrong.onMessage", "ZinxTemplate", "Inject it");
		Map<Class<?>, Class<? extends Throwable>> mistakes = Map.of(LazyWrong.class,
				InvalidHandlerMethodException.class, WrongExceptionHandler.class, InvalidHandlerMethodException.class,
				WrongAdvice.class, InvalidHandlerMethodException.class, NoMessage.class,
				InvalidRouterBeanException.class, Prototype.class, InvalidRouterBeanException.class, TwoOfOne.class,
				DuplicateRouteException.class);
		mistakes.forEach((mistake, thrown) -> assertThatExceptionOfType(thrown).as(mistake.getSimpleName())
			.isThrownBy(() -> process(mistake)));
	}

	@Test
	void aRightApplicationIsProcessedAheadOfTime() {
		assertThatCode(() -> process(Right.class, Proxied.class, Routers.class)).doesNotThrowAnyException();
	}

	@Test
	void whatIsOffIsNotChecked() {
		TestPropertyValues off = TestPropertyValues.of("zinx.enabled=false");
		assertThatCode(() -> process(off, Wrong.class)).doesNotThrowAnyException();
		this.notStarted.withUserConfiguration(Wrong.class)
			.withPropertyValues("zinx.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	private static void process(Class<?>... classes) {
		process(TestPropertyValues.empty(), classes);
	}

	private static void process(TestPropertyValues properties, Class<?>... classes) {
		AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
		properties.applyTo(context);
		context.register(ZinxAutoConfiguration.class);
		context.register(classes);
		context.refreshForAotProcessing(new RuntimeHints());
		AotServices.factories()
			.load(BeanFactoryInitializationAotProcessor.class)
			.stream()
			.filter(RouteDeclarations.class::isInstance)
			.forEach((processor) -> processor.processAheadOfTime(context.getBeanFactory()));
	}

	static class Wrong {

		@ZinxRouter(msgId = 1)
		void onMessage(ZinxTemplate template) {
		}

	}

	@Lazy
	static class LazyWrong extends Wrong {

	}

	static class WrongExceptionHandler extends Right {

		@ZinxExceptionHandler
		void onFailure() {
		}

	}

	@ZinxAdvice
	static class WrongAdvice {

		@ZinxExceptionHandler(IllegalStateException.class)
		void onFailure(String text) {
		}

	}

	static class Right {

		@ZinxRouter(msgId = 1)
		String onMessage(String text) {
			return text;
		}

	}

	static class Same {

		@ZinxRouter(msgId = 1)
		void onOther() {
		}

	}

	static class TwoOfOne extends Right {

		@ZinxRouter(msgId = { 2, 1 })
		void onOther() {
		}

	}

	@Scope("prototype")
	static class Prototype extends Right {

	}

	static class NoMessage {

		@ZinxRouter
		void onMessage() {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class WrongRange {

		@Bean
		@ZinxIntercept(from = 9, to = 1)
		Interceptor interceptor() {
			return (request, chain) -> chain.proceed(request);
		}

	}

	@Configuration
	static class Proxied {

		@ZinxRouter(msgId = 2)
		String onMessage(String text) {
			return text;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Routers {

		@Bean
		@ZinxRouter(msgId = 3)
		Router router() {
			return (request) -> request.reply(3, "");
		}

	}

}

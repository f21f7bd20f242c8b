package io.zinx.boot.routing;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.zinx.boot.autoconfigure.ZinxAutoConfiguration;
import io.zinx.boot.handler.ZinxAdvice;
import io.zinx.boot.handler.ZinxExceptionHandler;
import io.zinx.boot.testing.ZinxApplication.EchoRouter;
import io.zinx.connection.ConnectionListener;
import io.zinx.routing.RouteRegistry;
import io.zinx.routing.Router;
import io.zinx.routing.RouterFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.handler.annotation.MessageMapping;
import org.springframework.messaging.handler.annotation.SendTo;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Lines in the log at the start about what has no effect.
 */
class RoutingNotesTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ZinxAutoConfiguration.class))
		.withPropertyValues("zinx.port=0", "zinx.event-loops=1");

	private final Logger logger = (Logger) LoggerFactory.getLogger("io.zinx.boot");

	private final ListAppender<ILoggingEvent> notes = new ListAppender<>();

	@BeforeEach
	void collectNotes() {
		this.notes.start();
		this.logger.addAppender(this.notes);
		this.logger.setLevel(Level.INFO);
	}

	@AfterEach
	void endCollecting() {
		this.logger.detachAppender(this.notes);
		this.logger.setLevel(null);
	}

	@Test
	void anApplicationWithoutMistakesGetsNoNote() {
		starts(Handlers.class, Advice.class, UsedRouter.class);
		assertThat(this.notes.list).isEmpty();
	}

	@Test
	void anApplicationWithoutRouters() {
		starts();
		assertNote(Level.WARN, "The application has no Zinx router");
	}

	@Test
	void anApplicationWithoutRoutersThatMayOnlySend() {
		starts(Listener.class);
		assertNote(Level.INFO, "The application has no Zinx router");
	}

	@Test
	void routersWithoutAnnotation() {
		starts(Handlers.class, Unannotated.class);
		assertNote(Level.WARN, "Router beans without @ZinxRouter", "[forgotten]");
		assertNote(Level.WARN, "RouterFunction beans without @ZinxIntercept", "[middleware]");
	}

	@Test
	void routersWithoutAnnotationWhereCodeMayRegisterThem() {
		starts(Handlers.class, Unannotated.class, Registrar.class);
		assertNote(Level.INFO, "Router beans without @ZinxRouter", "[forgotten]");
		assertNote(Level.INFO, "RouterFunction beans without @ZinxIntercept", "[middleware]");
	}

	@Test
	void routersThatARegistrarLooksUp() {
		starts(Handlers.class, LooksUp.class);
		assertThat(this.notes.list).isEmpty();
	}

	@Test
	void exceptionHandlersOfABeanWithoutHandlerMethods() {
		starts(Handlers.class, LonelyExceptionHandler.class);
		assertNote(Level.WARN, "Exception handlers of these beans are never called",
				"[routingNotesTests.LonelyExceptionHandler]", "@ZinxAdvice");
	}

	@Test
	void adviceWhereThereIsNoHandlerMethod() {
		starts(Annotated.class, Advice.class);
		assertNote(Level.INFO, "The exception handlers of [routingNotesTests.Advice] are never called");
	}

	@Test
	void adviceThatHandlesNothing() {
		starts(Handlers.class, EmptyAdvice.class);
		assertNote(Level.WARN, "but have no method with @ZinxExceptionHandler", "[routingNotesTests.EmptyAdvice]");
	}

	@Test
	void annotationsOfSpringMessaging() {
		starts(Stomp.class);
		assertNote(Level.WARN, "Annotations of Spring's messaging have no effect",
				"@SendTo on routingNotesTests.Stomp#hello(String)",
				"@MessageMapping on routingNotesTests.Stomp#hello(String)");
	}

	@ParameterizedTest
	@ValueSource(classes = { Handlers.class, Annotated.class, Advice.class, Listener.class, Registrar.class })
	void beansInAChildOfTheContextWithTheServer(Class<?> bean) {
		this.runner.withUserConfiguration(Handlers.class).run((context) -> {
			try (AnnotationConfigApplicationContext child = new AnnotationConfigApplicationContext()) {
				child.setParent(context);
				child.setDisplayName("the child");
				child.register(bean);
				child.refresh();
			}
		});
		assertNote(Level.WARN, "The Zinx server does not see beans of the child", bean.getSimpleName());
	}

	@Test
	void aChildWithoutBeansForTheServer() {
		this.runner.withUserConfiguration(Handlers.class).run((context) -> {
			try (AnnotationConfigApplicationContext child = new AnnotationConfigApplicationContext()) {
				child.setParent(context);
				child.registerBean(String.class, () -> "nothing of ours");
				child.refresh();
			}
		});
		assertThat(this.notes.list).isEmpty();
	}

	@Test
	void routersInAParentOfTheContextWithTheServer() {
		try (AnnotationConfigApplicationContext parent = new AnnotationConfigApplicationContext(Handlers.class)) {
			this.runner.withParent(parent)
				.withUserConfiguration(Annotated.class)
				.run((context) -> assertThat(context).hasNotFailed());
		}
		assertNote(Level.WARN, "in a parent of the context with the server", "[routingNotesTests.Handlers]");
	}

	@Test
	void switchesThatHaveNoEffect() {
		this.runner.withUserConfiguration(Handlers.class)
			.withPropertyValues("zinx.observation.enabled=true", "zinx.logging.mdc=true")
			.run((context) -> assertThat(context).hasNotFailed());
		assertNote(Level.WARN, "zinx.observation.enabled=true has no effect", "ObservationRegistry",
				"spring-boot-starter-actuator");
		assertNote(Level.WARN, "zinx.logging.mdc=true has no effect", "ahead of time");
	}

	private void starts(Class<?>... classes) {
		this.runner.withUserConfiguration(classes).run((context) -> assertThat(context).hasNotFailed());
	}

	private void assertNote(Level level, String... words) {
		assertThat(this.notes.list).filteredOn((event) -> event.getFormattedMessage().contains(words[0]))
			.singleElement()
			.satisfies((event) -> {
				assertThat(event.getLevel()).isEqualTo(level);
				assertThat(event.getFormattedMessage()).contains(words);
			});
	}

	static class Handlers {

		@ZinxRouter(msgId = 1)
		String echo(String text) {
			return text;
		}

	}

	@ZinxRouter(msgId = 2)
	static class Annotated extends EchoRouter {

	}

	static class Listener implements ConnectionListener {

	}

	@Configuration(proxyBeanMethods = false)
	static class Unannotated {

		@Bean
		Router forgotten() {
			return new EchoRouter();
		}

		@Bean
		RouterFunction middleware() {
			return (request) -> {
			};
		}

	}

	static class Registrar implements ZinxRouteRegistrar {

		@Override
		public void register(RouteRegistry registry) {
			registry.add(3, (request) -> request.reply(3, request.body()));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class UsedRouter {

		@Bean
		EchoRouter used() {
			return new EchoRouter();
		}

		@Bean
		ZinxRouteRegistrar registrar(EchoRouter used) {
			return (registry) -> registry.use((request) -> {
			}).add(4, used);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class LooksUp {

		@Bean
		EchoRouter used() {
			return new EchoRouter();
		}

		@Bean
		ZinxRouteRegistrar registrar(ObjectProvider<Router> routers) {
			return (registry) -> routers.forEach((router) -> registry.add(5, router, "looked up"));
		}

	}

	static class LonelyExceptionHandler {

		@ZinxExceptionHandler
		void onFailure(IllegalStateException ex) {
		}

	}

	@ZinxAdvice
	static class Advice {

		@ZinxExceptionHandler
		void onFailure(IllegalStateException ex) {
		}

	}

	@ZinxAdvice
	static class EmptyAdvice {

	}

	static class Stomp {

		@ZinxRouter(msgId = 6)
		@MessageMapping("/hello")
		@SendTo("/topic/greetings")
		String hello(String text) {
			return text;
		}

	}

}

package io.zinx.boot.handler;

import java.io.InputStream;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import io.zinx.boot.handler.invoke.HandlerMethods;
import io.zinx.boot.messaging.ZinxTemplate;
import io.zinx.boot.payload.PayloadFormats;
import io.zinx.boot.payload.json.JsonPayloadConverter;
import io.zinx.boot.routing.ZinxRouter;
import io.zinx.connection.ConnManager;
import io.zinx.connection.Connection;
import io.zinx.message.Message;
import io.zinx.server.ZinxServer;
import jakarta.servlet.http.HttpServletRequest;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.description.annotation.AnnotationDescription;
import net.bytebuddy.description.modifier.Visibility;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.implementation.StubMethod;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.BeanUtils;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.context.ApplicationContext;
import org.springframework.http.ResponseEntity;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;
import org.springframework.validation.BindingResult;
import org.springframework.validation.Validator;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The declarations that handler methods must not have, without a server.
 */
class HandlerSignatureTests {

	private static final String INJECT = "Inject it as a constructor argument or a field";

	private final DefaultListableBeanFactory beans = new DefaultListableBeanFactory();

	private final HandlerMethods handlers;

	HandlerSignatureTests() {
		this.beans.registerSingleton("json", JsonMapper.shared());
		this.beans.registerSingleton("converter",
				new JsonPayloadConverter(this.beans.getBeanProvider(JsonMapper.class)));
		PayloadFormats formats = new PayloadFormats(PayloadFormat.JSON,
				this.beans.getBeanProvider(PayloadConverter.class), this.beans);
		this.handlers = new HandlerMethods(formats, this.beans.getBeanProvider(Validator.class), this.beans);
	}

	@Test
	void parametersThatCanNeverBeAPayloadAreRefused() {
		Map<String, String> problems = Map.ofEntries(Map.entry("template", INJECT), Map.entry("server", INJECT),
				Map.entry("managerBesideAPayload", INJECT), Map.entry("context", INJECT),
				Map.entry("mono", "Mono comes later"), Map.entry("flux", "Flux comes later"),
				Map.entry("future", "CompletableFuture comes later"), Map.entry("futures", "Future comes later"),
				Map.entry("callable", "java.util.concurrent.Callable comes later"),
				Map.entry("runnable", "java.lang.Runnable is code"), Map.entry("input", "Use byte[]"),
				Map.entry("stream", "Stream is a stream"), Map.entry("connections", "belongs to a connection"),
				Map.entry("message", "or Request for the message"), Map.entry("servlet", "no HTTP request"),
				Map.entry("entity", "no HTTP request"), Map.entry("errors", "InvalidPayloadException"),
				Map.entry("exception", "@ZinxExceptionHandler"), Map.entry("optional", "Mono comes later"));
		Method[] methods = methods(Parameters.class);
		assertThat(methods).extracting(Method::getName).containsExactlyInAnyOrderElementsOf(problems.keySet());
		for (Method method : methods) {
			assertThatExceptionOfType(InvalidHandlerMethodException.class).as(method.getName())
				.isThrownBy(() -> router(new Parameters(), method))
				.withMessageContainingAll("Parameters." + method.getName() + " has a parameter '",
						"can never be the body of a message", problems.get(method.getName()));
		}
	}

	@Test
	void resultsThatCanNeverBeAPayloadAreRefused() {
		Map<String, String> problems = Map.of("callable", "Callable comes later", "entity", "Return the body itself",
				"deferred", "a CompletionStage or a Mono", "emitter", "no HTTP request", "runnable", "is code", "later",
				"no HTTP request", "nested", "Mono comes later", "thrown", "Throw it", "connection",
				"belongs to a connection");
		Method[] methods = methods(Results.class);
		assertThat(methods).extracting(Method::getName).containsExactlyInAnyOrderElementsOf(problems.keySet());
		for (Method method : methods) {
			assertThatExceptionOfType(InvalidHandlerMethodException.class).as(method.getName())
				.isThrownBy(() -> router(new Results(), method))
				.withMessageContainingAll("Results." + method.getName() + " returns a ",
						"can never be the body of a message", problems.get(method.getName()));
		}
	}

	@Test
	void messagesOfSpringMessagingAreRefused() {
		Class<?> message = type("org.springframework.messaging.Message");
		assertThatExceptionOfType(InvalidHandlerMethodException.class).isThrownBy(() -> router(void.class, message))
			.withMessageContaining("Use the type of its payload");
		assertThatExceptionOfType(InvalidHandlerMethodException.class).isThrownBy(() -> router(message))
			.withMessageContaining("Return the payload itself");
	}

	@Test
	void suspendingFunctionsAreRefusedByName() {
		Class<?> continuation = type("kotlin.coroutines.Continuation");
		assertThatExceptionOfType(InvalidHandlerMethodException.class)
			.isThrownBy(() -> router(Object.class, String.class, continuation))
			.withMessageContaining("suspending function of Kotlin");
	}

	@Test
	void beansOfTheApplicationAreNoPayloadUnlessTheyAreAnnotated() throws Exception {
		this.beans.registerSingleton("depot", new Depot());
		assertThatExceptionOfType(InvalidHandlerMethodException.class)
			.isThrownBy(() -> router(new Beans(), method(Beans.class, "injected")))
			.withMessageContainingAll("'depot' of type " + Depot.class.getName(),
					"is not the body of a message, but the bean 'depot'", INJECT);
		assertThat(router(new Beans(), method(Beans.class, "payload"))).isNotNull();
	}

	@Test
	void interfacesThatNoJsonCanBecomeAreRefused() {
		assertThatExceptionOfType(InvalidHandlerMethodException.class)
			.isThrownBy(() -> router(new Beans(), method(Beans.class, "shape")))
			.withMessageContainingAll("'shape' of type " + Shape.class.getName(), "cannot be read",
					"abstract types either need to be mapped to concrete types");
	}

	@Test
	void aPropertyNeedsANameIfTheClassFileHasNone() {
		AnnotationDescription property = AnnotationDescription.Builder.ofType(ConnProperty.class).build();
		for (Class<?> type : List.of(String.class, Optional.class)) {
			Object bean = bean(getClass().getClassLoader(),
					(builder) -> builder.defineMethod("onMessage", void.class, Visibility.PUBLIC)
						.withParameter(type)
						.annotateParameter(property)
						.intercept(StubMethod.INSTANCE));
			assertThatExceptionOfType(InvalidHandlerMethodException.class)
				.isThrownBy(() -> router(bean, method(bean.getClass(), "onMessage")))
				.withMessageContainingAll("the class file does not contain", "flag -parameters",
						"@ConnProperty(\"level\")");
		}
		AnnotationDescription named = AnnotationDescription.Builder.ofType(ConnProperty.class)
			.define("value", "level")
			.build();
		AnnotationDescription key = AnnotationDescription.Builder.ofType(ConnKey.class).build();
		Object bean = bean(getClass().getClassLoader(),
				(builder) -> builder.defineMethod("onMessage", void.class, Visibility.PUBLIC)
					.withParameter(String.class)
					.annotateParameter(named)
					.withParameter(String.class)
					.annotateParameter(key)
					.intercept(StubMethod.INSTANCE));
		assertThat(router(bean, method(bean.getClass(), "onMessage"))).isNotNull();
	}

	private Object router(Object bean, Method method) {
		return this.handlers.router(bean, method, ZinxRouter.NONE, PayloadFormat.DEFAULT);
	}

	private Object router(Class<?> result, Class<?>... parameters) {
		ClassLoader classLoader = ((parameters.length > 0) ? parameters[parameters.length - 1] : result)
			.getClassLoader();
		Object bean = bean(classLoader,
				(builder) -> builder.defineMethod("onMessage", result, Visibility.PUBLIC)
					.withParameters(parameters)
					.intercept(StubMethod.INSTANCE));
		return router(bean, method(bean.getClass(), "onMessage"));
	}

	/**
	 * A type that need not be on the class path.
	 */
	private static Class<?> type(String name) {
		ClassLoader loader = HandlerSignatureTests.class.getClassLoader();
		if (ClassUtils.isPresent(name, loader)) {
			return ClassUtils.resolveClassName(name, loader);
		}
		return new ByteBuddy().makeInterface().name(name).make().load(loader).getLoaded();
	}

	/**
	 * A bean whose class file contains no names of parameters.
	 */
	private static Object bean(ClassLoader classLoader, UnaryOperator<DynamicType.Builder<Object>> methods) {
		return BeanUtils.instantiateClass(
				methods.apply(new ByteBuddy().subclass(Object.class)).make().load(classLoader).getLoaded());
	}

	private static Method[] methods(Class<?> type) {
		return Stream.of(type.getDeclaredMethods()).filter((method) -> !method.isSynthetic()).toArray(Method[]::new);
	}

	private static Method method(Class<?> type, String name) {
		return ReflectionUtils.getUniqueDeclaredMethods(type, (method) -> method.getName().equals(name))[0];
	}

	static class Parameters {

		void template(ZinxTemplate template) {
		}

		void server(ZinxServer server) {
		}

		void managerBesideAPayload(@Payload String text, ConnManager connections) {
		}

		void context(ApplicationContext context) {
		}

		void mono(Mono<String> text) {
		}

		void flux(Flux<String> texts) {
		}

		void future(CompletableFuture<String> text) {
		}

		void futures(List<CompletableFuture<String>> texts) {
		}

		void callable(Callable<String> text) {
		}

		void runnable(Runnable task) {
		}

		void input(InputStream body) {
		}

		void stream(Stream<String> lines) {
		}

		void connections(Connection[] connections) {
		}

		void message(Message message) {
		}

		void servlet(HttpServletRequest request) {
		}

		void entity(ResponseEntity<String> entity) {
		}

		void errors(@Payload String text, BindingResult errors) {
		}

		void exception(IllegalStateException ex) {
		}

		void optional(Optional<Mono<String>> text) {
		}

	}

	static class Results {

		Callable<String> callable() {
			return () -> "";
		}

		ResponseEntity<String> entity() {
			return ResponseEntity.ok("");
		}

		DeferredResult<String> deferred() {
			return new DeferredResult<>();
		}

		SseEmitter emitter() {
			return new SseEmitter();
		}

		Runnable runnable() {
			return () -> {
			};
		}

		CompletionStage<ResponseEntity<String>> later() {
			return CompletableFuture.completedStage(ResponseEntity.ok(""));
		}

		CompletionStage<Mono<String>> nested() {
			return CompletableFuture.completedStage(Mono.empty());
		}

		Exception thrown() {
			return new IllegalStateException();
		}

		List<Connection> connection() {
			return List.of();
		}

	}

	static class Beans {

		void injected(Depot depot) {
		}

		void payload(@Payload Depot depot) {
		}

		void shape(Shape shape) {
		}

	}

	static class Depot {

	}

	interface Shape {

	}

}

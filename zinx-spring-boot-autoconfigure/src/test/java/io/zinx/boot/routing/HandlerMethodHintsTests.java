package io.zinx.boot.routing;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.zinx.boot.handler.ZinxExceptionHandler;
import io.zinx.connection.Connection;
import io.zinx.routing.Request;
import io.zinx.routing.Router;
import org.junit.jupiter.api.Test;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.TypeReference;
import org.springframework.aot.hint.annotation.ReflectiveRuntimeHintsRegistrar;
import org.springframework.aot.hint.predicate.ReflectionHintsPredicates;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.util.ReflectionUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What ahead-of-time processing is told, asked for as Spring does for every bean.
 */
class HandlerMethodHintsTests {

	private static final ReflectionHintsPredicates reflection = RuntimeHintsPredicates.reflection();

	private final RuntimeHints hints = new RuntimeHints();

	HandlerMethodHintsTests() {
		new ReflectiveRuntimeHintsRegistrar().registerRuntimeHints(this.hints, Orders.class, EchoRouter.class);
	}

	@Test
	void annotatedMethodsCanBeCalled() {
		for (String name : List.of("order", "later", "composed", "onConflict")) {
			assertThat(reflection.onMethodInvocation(ReflectionUtils.getUniqueDeclaredMethods(Orders.class,
					(method) -> method.getName().equals(name))[0]))
				.as(name)
				.accepts(this.hints);
		}
		assertThat(reflection.onMethodInvocation(
				ReflectionUtils.getUniqueDeclaredMethods(Orders.class, (method) -> method.getName().equals("none"))[0]))
			.rejects(this.hints);
		assertThat(reflection.onType(EchoRouter.class)).accepts(this.hints);
	}

	@Test
	void payloadsAndResultsCanBeReadAndWritten() {
		for (Class<?> type : List.of(Purchase.class, Item.class, Receipt.class, Problem.class)) {
			assertThat(reflection.onType(type)).as(type.getSimpleName()).accepts(this.hints);
			assertThat(reflection.onConstructorInvocation(type.getDeclaredConstructors()[0])).as(type.getSimpleName())
				.accepts(this.hints);
			assertThat(reflection.onMethodInvocation(type.getRecordComponents()[0].getAccessor()))
				.as(type.getSimpleName())
				.accepts(this.hints);
		}
	}

	@Test
	void whatTheFrameworkPassesOnNeedsNothing() {
		for (Class<?> type : List.of(Connection.class, Request.class, CompletionStage.class)) {
			assertThat(this.hints.reflection().getTypeHint(TypeReference.of(type))).as(type.getSimpleName()).isNull();
		}
	}

	@Retention(RetentionPolicy.RUNTIME)
	@ZinxRouter(msgId = 9)
	@interface Nine {

	}

	static class Orders {

		@ZinxRouter(msgId = 7)
		void order(List<Purchase> orders, Connection connection, Request request) {
		}

		@ZinxRouter(msgId = 8)
		CompletionStage<Receipt> later(String text) {
			return CompletableFuture.completedStage(new Receipt(text));
		}

		@Nine
		void composed() {
		}

		@ZinxExceptionHandler
		Problem onConflict(IllegalStateException ex) {
			return new Problem(409);
		}

		void none() {
		}

	}

	@ZinxRouter(msgId = 1)
	static class EchoRouter implements Router {

		@Override
		public void handle(Request request) {
			request.reply(1, request.body());
		}

	}

	record Purchase(Item item, int count) {

	}

	record Item(String name) {

	}

	record Receipt(String text) {

	}

	record Problem(int code) {

	}

}

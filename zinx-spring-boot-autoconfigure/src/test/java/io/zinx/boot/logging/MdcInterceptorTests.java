package io.zinx.boot.logging;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;

import io.zinx.boot.handler.ZinxExceptionHandler;
import io.zinx.boot.routing.ZinxRouter;
import io.zinx.boot.testing.ZinxApplication;
import io.zinx.connection.Connection;
import io.zinx.server.ZinxServer;
import io.zinx.testing.SocketClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

class MdcInterceptorTests {

	@Test
	void handlersLogWithServerConnectionAndMessage() {
		try (ConfigurableApplicationContext context = ZinxApplication.run(Handlers.class, "zinx.logging.mdc=true",
				"zinx.name=game"); SocketClient first = ZinxApplication.connect(context)) {
			assertThat(first.send(1, "").receive().text()).isEqualTo("game 1 1");
			try (SocketClient second = ZinxApplication.connect(context)) {
				assertThat(second.send(2, "").receive().text()).isEqualTo("game 2 2");
			}
			assertThat(first.send(1, "").receive().text()).isEqualTo("game 1 1");
		}
	}

	@Test
	void nothingIsLeftOnTheThread() {
		try (ConfigurableApplicationContext context = ZinxApplication.run(Handlers.class, "zinx.logging.mdc=true");
				SocketClient client = ZinxApplication.connect(context)) {
			assertThat(client.send(3, "").receive().text()).isEqualTo("null null null");
		}
	}

	@Test
	void aFailureThatComesLaterIsHandledWithItsConnectionAndMessage() throws Exception {
		try (ConfigurableApplicationContext context = ZinxApplication.run(Handlers.class, "zinx.logging.mdc=true");
				SocketClient client = ZinxApplication.connect(context)) {
			client.send(4, "");
			CompletableFuture<String> later = context.getBean(Handlers.class).awaited.get(30, TimeUnit.SECONDS);
			MDC.put(MdcInterceptor.MSG, "mine");
			later.completeExceptionally(new IllegalStateException());
			assertThat(client.receive()).hasToString("message 4 \"failed ZinxServerApp 1 4\"");
			assertThat(MDC.get(MdcInterceptor.MSG)).isEqualTo("mine");
			assertThat(MDC.get(MdcInterceptor.CONN)).isNull();
			assertThat(MDC.get(MdcInterceptor.SERVER)).isNull();
		}
		finally {
			MDC.clear();
		}
	}

	@Test
	void isOffUnlessAskedFor() {
		try (ConfigurableApplicationContext context = ZinxApplication.run(Handlers.class);
				SocketClient client = ZinxApplication.connect(context)) {
			assertThat(client.send(1, "").receive().text()).isEqualTo("null null null");
			assertThat(context.getBean(ZinxServer.class).routes().snapshot().interceptors()).isEmpty();
		}
	}

	private static String mdc() {
		return MDC.get(MdcInterceptor.SERVER) + " " + MDC.get(MdcInterceptor.CONN) + " " + MDC.get(MdcInterceptor.MSG);
	}

	static class Handlers {

		final CompletableFuture<CompletableFuture<String>> awaited = new CompletableFuture<>();

		@ZinxRouter(msgId = { 1, 2 })
		String handle() {
			return mdc();
		}

		@ZinxRouter(msgId = 3)
		void behind(Connection connection) {
			connection.execute(() -> connection.send(3, mdc()));
		}

		@ZinxRouter(msgId = 4)
		CompletionStage<String> later() {
			return new CompletableFuture<>() {

				@Override
				public <U> CompletableFuture<U> handle(
						BiFunction<? super String, @Nullable Throwable, ? extends U> function) {
					CompletableFuture<U> handled = super.handle(function);
					Handlers.this.awaited.complete(this);
					return handled;
				}

			};
		}

		@ZinxExceptionHandler
		String onFailure(IllegalStateException ex) {
			return "failed " + mdc();
		}

	}

}

package io.zinx.boot.propagation;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;

import io.micrometer.context.ContextRegistry;
import io.zinx.boot.handler.ZinxExceptionHandler;
import io.zinx.boot.routing.ZinxRouter;
import io.zinx.boot.testing.ZinxApplication;
import io.zinx.routing.Interceptor;
import io.zinx.testing.SocketClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

class ContextPropagationTests {

	private static final String KEY = "tenant";

	private static final ThreadLocal<@Nullable String> tenant = new ThreadLocal<>();

	@BeforeEach
	void register() {
		ContextRegistry.getInstance().registerThreadLocalAccessor(KEY, tenant);
	}

	@AfterEach
	void remove() {
		ContextRegistry.getInstance().removeThreadLocalAccessor(KEY);
		tenant.remove();
	}

	@Test
	void whatAnInterceptorHasSetIsThereWhenTheReplyIsWrittenLater() throws Exception {
		try (ConfigurableApplicationContext context = ZinxApplication.run(Tenants.class);
				SocketClient client = ZinxApplication.connect(context)) {
			CompletableFuture<Object> later = later(context, client);
			tenant.set("mine");
			later.complete(new Answer());
			assertThat(client.receive().text()).isEqualTo("{\"tenant\":\"acme\"}");
			assertThat(tenant.get()).isEqualTo("mine");
		}
	}

	@Test
	void andWhenTheFailureIsHandled() throws Exception {
		try (ConfigurableApplicationContext context = ZinxApplication.run(Tenants.class);
				SocketClient client = ZinxApplication.connect(context)) {
			later(context, client).completeExceptionally(new IllegalStateException());
			assertThat(client.receive().text()).isEqualTo("acme failed");
			assertThat(tenant.get()).isNull();
		}
	}

	@Test
	void aMonoSeesItWhereReactorPropagatesByItself() {
		Hooks.enableAutomaticContextPropagation();
		try (ConfigurableApplicationContext context = ZinxApplication.run(Tenants.class);
				SocketClient client = ZinxApplication.connect(context)) {
			assertThat(client.send(2, "").receive().text()).isEqualTo("acme on parallel");
		}
		finally {
			Hooks.disableAutomaticContextPropagation();
		}
	}

	private static CompletableFuture<Object> later(ConfigurableApplicationContext context, SocketClient client)
			throws Exception {
		client.send(1, "");
		return context.getBean(Tenants.class).awaited.get(30, TimeUnit.SECONDS);
	}

	static class Answer {

		public String getTenant() {
			return "" + tenant.get();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Tenants {

		final CompletableFuture<CompletableFuture<Object>> awaited = new CompletableFuture<>();

		@Bean
		Interceptor tenantInterceptor() {
			return (request, chain) -> {
				tenant.set("acme");
				try {
					chain.proceed(request);
				}
				finally {
					tenant.remove();
				}
			};
		}

		@ZinxRouter(msgId = 1)
		CompletionStage<Object> later() {
			return new CompletableFuture<>() {

				@Override
				public <U> CompletableFuture<U> handle(
						BiFunction<? super Object, @Nullable Throwable, ? extends U> function) {
					CompletableFuture<U> handled = super.handle(function);
					Tenants.this.awaited.complete(this);
					return handled;
				}

			};
		}

		@ZinxRouter(msgId = 2)
		Mono<String> mono() {
			return Mono.just("on parallel").publishOn(Schedulers.parallel()).map((text) -> tenant.get() + " " + text);
		}

		@ZinxExceptionHandler
		String onFailure(IllegalStateException ex) {
			return tenant.get() + " failed";
		}

	}

}

package io.zinx.routing;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.zinx.routing.Routes.Outcome;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class InterceptorTests {

	private final RoutingFixture fixture = new RoutingFixture();

	private final RouteRegistry registry = this.fixture.registry;

	private final List<String> calls = this.fixture.calls;

	@Test
	void interceptorsRunInOrderBeforeMiddlewareAndRouter() {
		this.registry.use(this.fixture.around("middleware")).add(1, this.fixture.router());
		this.registry.interceptor(around("first")).interceptor(around("second"));
		assertThat(this.fixture.handle(1, "")).isEqualTo(Outcome.HANDLED);
		assertThat(this.calls).containsExactly("first in", "second in", "middleware in", "pre", "handle", "post",
				"middleware out", "second out", "first out");
	}

	@Test
	void anInterceptorOfARangeSeesItsNumbersOnly() {
		this.registry.fallback(this.fixture.note("router")::handle);
		this.registry.interceptor(10, 19, around("ten")).interceptor(around("all"));
		this.fixture.handle(9, "");
		this.fixture.handle(10, "");
		assertThat(this.calls).containsExactly("all in", "router", "all out", "ten in", "all in", "router", "all out",
				"ten out");
		assertThat(this.registry.snapshot().interceptorNames().get(0))
			.isEqualTo("a lambda in " + getClass().getName() + " for 10 to 19");
	}

	@Test
	void anInterceptorDropsAMessage() {
		this.registry.add(1, this.fixture.router()).interceptor((request, chain) -> {
		}).interceptor(around("not called"));
		assertThat(this.fixture.handle(1, "")).isEqualTo(Outcome.INTERCEPTED);
		assertThat(this.calls).isEmpty();
	}

	@Test
	void anInterceptorAnswersAMessage() {
		this.registry.add(1, this.fixture.router());
		this.registry.interceptor((request, chain) -> request.reply(9, "no " + request.bodyAsString()));
		assertThat(this.fixture.handle(1, "entry")).isEqualTo(Outcome.INTERCEPTED);
		assertThat(this.fixture.connection.sent()).containsExactly("9:no entry");
		assertThat(this.calls).isEmpty();
	}

	@Test
	void anInterceptorChangesTheBody() {
		this.registry.add(1, (request) -> request.reply(1, request.bodyAsString()));
		this.registry.interceptor((request, chain) -> {
			request.setAttribute("user", "ann");
			chain.proceed(request.withBody(bytes(request.bodyAsString() + "!")));
		});
		this.registry.interceptor((request, chain) -> chain
			.proceed(request.withBody(bytes(request.bodyAsString() + request.attribute("user")))));
		assertThat(this.fixture.handle(1, "hello")).isEqualTo(Outcome.HANDLED);
		assertThat(this.fixture.connection.sent()).containsExactly("1:hello!ann");
	}

	@Test
	void anInterceptorChangesTheMessageNumber() {
		this.registry.add(2, (request) -> request.reply(request.msgId(), request.bodyAsString()));
		this.registry.interceptor((request, chain) -> chain.proceed(request.withMessage(2, request.body())));
		assertThat(this.fixture.handle(1, "hello")).isEqualTo(Outcome.HANDLED);
		assertThat(this.fixture.connection.sent()).containsExactly("2:hello");
	}

	@Test
	void interceptorsSeeNumbersThatHaveNoRouter() {
		this.registry.interceptor(around("first"));
		assertThat(this.fixture.handle(77, "")).isEqualTo(Outcome.UNKNOWN);
		assertThat(this.calls).containsExactly("first in", "first out");
	}

	@Test
	void interceptorsStandBeforeRangesAndFallback() {
		this.registry.interceptor(around("first"))
			.range(1, 1, this.fixture.router(), "range")
			.fallback(this.fixture.router());
		assertThat(this.fixture.handle(1, "")).isEqualTo(Outcome.HANDLED);
		assertThat(this.fixture.handle(2, "")).isEqualTo(Outcome.HANDLED);
		assertThat(this.calls).hasSize(10);
	}

	@Test
	void anInterceptorThatThrowsCostsThatMessage() {
		this.registry.add(1, this.fixture.router()).interceptor(around("first")).interceptor((request, chain) -> {
			throw new Unspeakable();
		});
		for (int i = 0; i < 20; i++) {
			assertThat(this.fixture.handle(1, "")).isEqualTo(Outcome.FAILED);
		}
		assertThat(this.calls).containsOnly("first in");
	}

	@Test
	void anInterceptorThatThrowsBehindTheRouterFailsTheMessageOnce() {
		this.registry.add(1, this.fixture.router()).interceptor((request, chain) -> {
			chain.proceed(request);
			throw new IllegalStateException("on purpose");
		});
		assertThat(this.fixture.handle(1, "")).isEqualTo(Outcome.FAILED);
		assertThat(this.calls).containsExactly("pre", "handle", "post");
	}

	@Test
	void aRouterThatThrowsFailsTheMessageUnlessAnInterceptorDealsWithIt() {
		this.registry.fallback((request) -> {
			throw new IllegalStateException("on purpose");
		}).interceptor((request, chain) -> {
			if (request.msgId() == 1) {
				chain.proceed(request);
				return;
			}
			try {
				chain.proceed(request);
			}
			catch (IllegalStateException ex) {
				request.reply(9, "sorry");
			}
		}).interceptor(around("second"));
		assertThat(this.fixture.handle(1, "")).isEqualTo(Outcome.FAILED);
		assertThat(this.fixture.handle(2, "")).isEqualTo(Outcome.INTERCEPTED);
		assertThat(this.fixture.connection.sent()).containsExactly("9:sorry");
		assertThat(this.calls).containsExactly("second in", "second in");
	}

	@Test
	void theLogNamesWhoThrewOnWhichMessageOfWhichConnection() {
		Interceptor guard = new Guard();
		this.registry.interceptor(guard)
			.interceptor((request, chain) -> chain.proceed(request.withMessage(6, new byte[0])))
			.fallback((request) -> {
				throw new IllegalArgumentException("on purpose");
			}, "the fallback");
		List<String> lines = logged(() -> {
			this.fixture.handle(1, "");
			this.fixture.handle(2, "");
			this.fixture.handle(3, "");
		});
		assertThat(lines).hasSize(3);
		assertThat(lines.get(0))
			.startsWith("Interceptor " + Guard.class.getName() + " failed on message 1 of connection 7");
		assertThat(lines.get(1)).startsWith("Router the fallback failed on message 6 of connection 7");
		assertThat(lines.get(2))
			.startsWith("Interceptor " + Guard.class.getName() + " failed on message 3 of connection 7");
	}

	private static List<String> logged(Runnable code) {
		Logger logger = (Logger) LoggerFactory.getLogger(Routes.class);
		ListAppender<ILoggingEvent> appender = new ListAppender<>();
		appender.start();
		logger.addAppender(appender);
		try {
			code.run();
		}
		finally {
			logger.detachAppender(appender);
		}
		return appender.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
	}

	@Test
	void aFailureThatRecoveryCaughtCountsBehindInterceptorsToo() {
		this.registry.use(Middlewares.recovery()).add(1, (request) -> {
			throw new IllegalStateException("on purpose");
		}).interceptor((request, chain) -> chain.proceed(request.withBody(request.body())));
		assertThat(this.fixture.handle(1, "")).isEqualTo(Outcome.FAILED);
	}

	@Test
	void anAbortedMessageGoesNoFurther() {
		this.registry.add(1, this.fixture.router()).interceptor((request, chain) -> {
			request.abort();
			chain.proceed(request);
		}).interceptor(around("not called"));
		assertThat(this.fixture.handle(1, "")).isEqualTo(Outcome.INTERCEPTED);
		assertThat(this.calls).isEmpty();
	}

	@Test
	void proceedsOnlyOnceAndInTime() {
		List<Runnable> late = new ArrayList<>();
		this.registry.add(1, this.fixture.router()).interceptor((request, chain) -> {
			chain.proceed(request);
			assertThatIllegalStateException().isThrownBy(() -> chain.proceed(request))
				.withMessageContaining("message 1 ");
		}).add(2, this.fixture.router());
		assertThat(this.fixture.handle(1, "")).isEqualTo(Outcome.HANDLED);
		assertThat(this.calls).containsExactly("pre", "handle", "post");
		RoutingFixture other = new RoutingFixture();
		other.registry.add(1, other.router())
			.interceptor((request, chain) -> late
				.add(() -> assertThatIllegalStateException().isThrownBy(() -> chain.proceed(request))));
		assertThat(other.handle(1, "")).isEqualTo(Outcome.INTERCEPTED);
		late.forEach(Runnable::run);
		assertThat(late).hasSize(1);
		assertThat(other.calls).isEmpty();
	}

	@Test
	void proceedsOnlyWithAMessageOfTheSameConnection() {
		SentMessages other = new SentMessages();
		this.registry.add(1, this.fixture.router())
			.interceptor((request, chain) -> assertThatIllegalArgumentException()
				.isThrownBy(() -> chain.proceed(Request.of(other.connection(), 1, new byte[0])))
				.withMessageContaining("expected: one from connection 7"));
		assertThat(this.fixture.handle(1, "")).isEqualTo(Outcome.INTERCEPTED);
	}

	@Test
	void whoAsksIsToldWhatBecameOfAMessageOnceAllInterceptorsHaveReturned() {
		IllegalStateException failure = new IllegalStateException("on purpose");
		this.registry.add(1, "router", this.fixture.note("router")).fallback((request) -> {
			throw failure;
		}).interceptor(asking("first")).interceptor((request, chain) -> {
			try {
				chain.proceed(request);
			}
			catch (IllegalStateException ex) {
				if (request.msgId() == 2) {
					throw ex;
				}
			}
		}).interceptor(asking("second"));
		assertThat(this.fixture.handle(1, "")).isEqualTo(Outcome.HANDLED);
		assertThat(this.fixture.handle(2, "")).isEqualTo(Outcome.FAILED);
		assertThat(this.fixture.handle(3, "")).isEqualTo(Outcome.INTERCEPTED);
		assertThat(this.calls).containsExactly("router", "second out", "first out", "second told null",
				"first told null", "second told " + failure, "first told " + failure, "first out", "second told null",
				"first told null");
	}

	@Test
	void whoAsksIsToldOfWhatRecoveryHasCaught() {
		IllegalStateException failure = new IllegalStateException("on purpose");
		this.registry.use(Middlewares.recovery()).add(1, (request) -> {
			throw failure;
		}).interceptor(asking("one"));
		assertThat(this.fixture.handle(1, "")).isEqualTo(Outcome.FAILED);
		assertThat(this.calls).containsExactly("one out", "one told " + failure);
	}

	@Test
	void interceptorsSeeAFailureThatWasHandledThoughTheyHavePassedOnOtherRequests() {
		IllegalStateException failure = new IllegalStateException("on purpose");
		CompletableFuture<String> later = new CompletableFuture<>();
		this.registry.add(1, (request) -> request.handledFailure(failure)).add(2, (request) -> {
			Request copy = request.copy();
			request.answerLater(later.thenRun(() -> request.handledFailure(failure)));
			copy.handledFailure(new IllegalStateException("a copy has no effect"));
		}).add(3, (request) -> {
			request.handledFailure(failure);
			throw new IllegalStateException("fails all the same");
		}).interceptor((request, chain) -> {
			chain.onHandled(
					(ex) -> this.calls.add(request.msgId() + " " + ex + ", handled " + request.handledFailure()));
			chain.proceed(request.withBody(new byte[1]));
		}).interceptor((request, chain) -> chain.proceed(request.withMessage(request.msgId(), new byte[2])));
		assertThat(this.fixture.handle(1, "")).isEqualTo(Outcome.RECOVERED);
		assertThat(this.fixture.handle(2, "")).isEqualTo(Outcome.WAITING);
		assertThat(this.calls).containsExactly("1 null, handled " + failure);
		later.complete("");
		assertThat(this.fixture.awaited().get(0).outcome()).isEqualTo(Outcome.RECOVERED);
		assertThat(this.calls).last().isEqualTo("2 null, handled " + failure);
		assertThat(this.fixture.handle(3, "")).isEqualTo(Outcome.FAILED);
	}

	@Test
	void whoAsksIsToldWhenTheAnswerIsDone() {
		List<CompletableFuture<String>> answers = new ArrayList<>();
		this.registry.addAsync(1, (request) -> {
			answers.add(new CompletableFuture<>());
			return answers.get(answers.size() - 1);
		}).addAsync(2, (request) -> CompletableFuture.failedFuture(new IllegalStateException("at once")));
		this.registry.interceptor(asking("one"));
		assertThat(this.fixture.handle(1, "")).isEqualTo(Outcome.WAITING);
		assertThat(this.fixture.handle(1, "")).isEqualTo(Outcome.WAITING);
		assertThat(this.fixture.handle(1, "")).isEqualTo(Outcome.WAITING);
		assertThat(this.calls).containsExactly("one out", "one out", "one out");
		this.calls.clear();
		answers.get(0).complete("answer");
		answers.get(1).completeExceptionally(new IllegalStateException("later"));
		this.fixture.awaited().get(2).expire("too late");
		answers.get(2).complete("comes later still");
		assertThat(this.calls).containsExactly("one told null", "one told java.lang.IllegalStateException: later",
				"one told java.util.concurrent.TimeoutException: too late");
		this.calls.clear();
		assertThat(this.fixture.handle(2, "")).isEqualTo(Outcome.FAILED);
		assertThat(this.calls).containsExactly("one out", "one told java.lang.IllegalStateException: at once");
	}

	@Test
	void aListenerThatThrowsIsLoggedAndDoesNoHarm() {
		this.registry.add(1, "router", this.fixture.note("router"))
			.interceptor(asking("one"))
			.interceptor((request, chain) -> {
				chain.onHandled((failure) -> {
					throw new IllegalStateException("on purpose");
				});
				chain.proceed(request);
			});
		List<String> lines = logged(() -> assertThat(this.fixture.handle(1, "")).isEqualTo(Outcome.HANDLED));
		assertThat(this.calls).containsExactly("router", "one out", "one told null");
		assertThat(lines).hasSize(1)
			.allMatch((line) -> line.startsWith("Listener ") && line.contains("failed on message 1 of connection 7"));
	}

	@Test
	void asksInTime() {
		List<Interceptor.Chain> kept = new ArrayList<>();
		this.registry.interceptor((request, chain) -> kept.add(chain));
		this.fixture.handle(1, "");
		assertThatIllegalStateException().isThrownBy(() -> kept.get(0).onHandled((failure) -> {
		})).withMessageContaining("message 1 ");
	}

	private Interceptor asking(String name) {
		return (request, chain) -> {
			chain.onHandled((failure) -> this.calls.add(name + " told " + failure));
			chain.proceed(request);
			this.calls.add(name + " out");
		};
	}

	@Test
	void theBodyIsGoneOnceTheInterceptorsHaveReturned() {
		List<Request> kept = new ArrayList<>();
		this.registry.interceptor((request, chain) -> kept.add(request));
		this.fixture.handle(1, "body");
		assertThatIllegalStateException().isThrownBy(() -> kept.get(0).body());
	}

	@Test
	void refusesAnInterceptorOnceTheServerHasStarted() {
		this.registry.close();
		assertThatIllegalStateException().isThrownBy(() -> this.registry.interceptor(around("late")))
			.withMessageContaining("comes too late");
	}

	private Interceptor around(String name) {
		return (request, chain) -> {
			this.calls.add(name + " in");
			chain.proceed(request);
			this.calls.add(name + " out");
		};
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	/**
	 * Throws on message 1, passes on message 2, changes what is thrown on message 3.
	 */
	private static final class Guard implements Interceptor {

		@Override
		public void intercept(Request request, Chain chain) throws Exception {
			if (request.msgId() == 1) {
				throw new IllegalStateException("on purpose");
			}
			try {
				chain.proceed(request);
			}
			catch (IllegalArgumentException ex) {
				throw (request.msgId() == 2) ? ex : new IllegalStateException(ex);
			}
		}

	}

}

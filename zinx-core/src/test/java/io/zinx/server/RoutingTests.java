package io.zinx.server;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.zinx.metrics.DropReason;
import io.zinx.routing.BaseRouter;
import io.zinx.routing.HandleStep;
import io.zinx.routing.Middlewares;
import io.zinx.routing.Request;
import io.zinx.routing.RouterFunction;
import io.zinx.testing.SocketClient;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class RoutingTests {

	@ParameterizedTest
	@EnumSource(Setup.class)
	void middlewareGroupAndFunctionsRunInOrder(Setup setup) {
		try (TestServer server = TestServer.start(setup.config(), (routes) -> {
			routes.use(append("global "));
			routes.group(10, 19, append("group ")).add(10, "ten", append("first "), (request) -> {
				append("last").handle(request);
				request.reply(10, request.bodyAsString() + request.attribute("trace"));
			});
		}); SocketClient client = server.connect()) {
			assertThat(client.send(10, "a: ").receive().text()).isEqualTo("a: global group first last");
			assertThat(client.send(10, "b: ").receive().text()).isEqualTo("b: global group first last");
			assertThat(client.send(1, "without").receive().text()).isEqualTo("without");
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void aRouterAbortsAndJumps(Setup setup) {
		List<String> calls = new CopyOnWriteArrayList<>();
		try (TestServer server = TestServer.start(setup.config(), (routes) -> routes.add(2, new BaseRouter() {
			@Override
			public void preHandle(Request request) {
				if (request.bodyAsString().equals("abort")) {
					request.abort();
				}
				else if (request.bodyAsString().equals("jump")) {
					request.goTo(HandleStep.POST_HANDLE);
				}
			}

			@Override
			public void handle(Request request) {
				calls.add(request.bodyAsString());
			}

			@Override
			public void postHandle(Request request) {
				request.reply(2, request.bodyAsString());
			}
		})); SocketClient client = server.connect()) {
			client.send(2, "abort").send(2, "jump").send(2, "plain");
			assertThat(client.receive().text()).isEqualTo("jump");
			assertThat(client.receive().text()).isEqualTo("plain");
			assertThat(calls).containsExactly("plain");
			assertThat(server.metrics().handlerFailures()).isZero();
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void anEndlessJumpCostsItsMessageOnly(Setup setup) {
		try (TestServer server = TestServer.start(setup.config(), (routes) -> routes.add(2, new BaseRouter() {
			@Override
			public void handle(Request request) {
				request.goTo(HandleStep.HANDLE);
			}
		})); SocketClient client = server.connect()) {
			assertThat(client.send(2, "").send(1, "still there").receive().text()).isEqualTo("still there");
			assertThat(server.metrics().handlerFailures()).isEqualTo(1);
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void aCopyAnswersLaterFromAnotherThread(Setup setup) {
		List<Request> copies = new CopyOnWriteArrayList<>();
		try (TestServer server = TestServer.start(setup.config(),
				(routes) -> routes.add(2, (request) -> copies.add(request.copy())));
				SocketClient client = server.connect()) {
			for (int i = 0; i < 100; i++) {
				client.send(2, "copy " + i);
			}
			Awaitility.await().until(() -> copies.size() == 100);
			copies.forEach((copy) -> copy.reply(2, copy.bodyAsString()));
			for (int i = 0; i < 100; i++) {
				assertThat(client.receive().text()).isEqualTo("copy " + i);
			}
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void rangesAndFallbackAnswerWhatHasNoRouterAndNothingIsUnknown(Setup setup) {
		try (TestServer server = TestServer.start(setup.config(),
				(routes) -> routes.range(100, 199, (request) -> request.reply(request.msgId(), "range"), "range")
					.fallback((request) -> request.reply(request.msgId(), "fallback")));
				SocketClient client = server.connect()) {
			assertThat(client.send(1, "exact").receive().text()).isEqualTo("exact");
			assertThat(client.send(150, "").receive().text()).isEqualTo("range");
			assertThat(client.send(0xFFFF_FFFFL, "").receive().text()).isEqualTo("fallback");
			assertThat(server.metrics().dropped(DropReason.NO_ROUTER)).isZero();
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void interceptorsPassChangeAnswerAndDrop(Setup setup) {
		try (TestServer server = TestServer.start(setup.config(), (routes) -> routes.interceptor((request, chain) -> {
			switch (request.bodyAsString()) {
				case "change" -> chain.proceed(request.withMessage(1, bytes("changed")));
				case "answer" -> request.reply(9, "answered");
				case "drop" -> request.setAttribute("dropped", true);
				default -> chain.proceed(request);
			}
		})); SocketClient client = server.connect()) {
			client.send(1, "drop").send(77, "change").send(77, "answer").send(77, "unknown").send(1, "pass");
			assertThat(client.receive().text()).isEqualTo("changed");
			assertThat(client.receive().text()).isEqualTo("answered");
			assertThat(client.receive().text()).isEqualTo("pass");
			assertThat(server.metrics().dropped(DropReason.NO_ROUTER)).isEqualTo(1);
			assertThat(server.metrics().handlerFailures()).isZero();
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void aHundredFailuresInEveryPlaceAreCountedOnceEachAndCloseNothing(Setup setup) {
		try (TestServer server = TestServer.start(setup.config(), (routes) -> {
			routes.interceptor((request, chain) -> {
				failIf(request, 2);
				chain.proceed(request);
				failIf(request, 3);
			});
			routes.add(3, (request) -> request.reply(3, "before the failure"));
			routes.use(Middlewares.timing((request, duration) -> failIf(request, 4)), Middlewares.recovery());
			routes.use((request) -> failIf(request, 5));
			routes.fallback((request) -> failIf(request, 6));
		}); SocketClient client = server.connect()) {
			for (int i = 0; i < 100; i++) {
				client.send(2 + i % 5, "");
			}
			client.send(1, "still there");
			for (int i = 0; i < 20; i++) {
				assertThat(client.receive().text()).isEqualTo("before the failure");
			}
			assertThat(client.receive().text()).isEqualTo("still there");
			assertThat(server.metrics().handlerFailures()).isEqualTo(80);
			assertThat(server.metrics().dropped(DropReason.NO_ROUTER)).isZero();
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void tenThousandMessagesKeepTheirOrderThroughInterceptorsAndMiddleware(Setup setup) throws Exception {
		try (TestServer server = TestServer.start(setup.config(),
				(routes) -> routes.use(RequestFunctions::onward)
					.interceptor((request, chain) -> chain
						.proceed((request.msgId() == 2) ? request : request.withMessage(2, request.body())))
					.add(2, "echo", RequestFunctions::onward, (request) -> request.reply(2, request.body())));
				SocketClient client = server.connect()) {
			Thread writer = new Thread(() -> {
				for (int i = 0; i < 10_000; i++) {
					client.send(2 + i % 3, "message " + i);
				}
			});
			writer.start();
			for (int i = 0; i < 10_000; i++) {
				assertThat(client.receive().text()).isEqualTo("message " + i);
			}
			writer.join();
		}
	}

	@Test
	void aServerOfItsOwnTakesMiddlewareInterceptorsAndFunctions() {
		ZinxServer server = new ZinxServer(ServerConfig.builder().host("127.0.0.1").port(0).build());
		server.interceptor((request, chain) -> chain.proceed(request.withBody(bytes(request.bodyAsString() + "!"))))
			.use(append("middleware"))
			.router(1, "echo", (request) -> request.reply(1, request.bodyAsString() + request.attribute("trace")));
		server.start();
		try (SocketClient client = SocketClient.connect(server.port())) {
			assertThat(client.send(1, "hello").receive().text()).isEqualTo("hello!middleware");
		}
		finally {
			server.stop();
		}
	}

	private static RouterFunction append(String text) {
		return (request) -> {
			String trace = request.attribute("trace", String.class);
			request.setAttribute("trace", (trace != null) ? trace + text : text);
		};
	}

	private static void failIf(Request request, long msgId) {
		if (request.msgId() == msgId) {
			throw new IllegalStateException("on purpose");
		}
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	/**
	 * Functions to refer to.
	 */
	private static final class RequestFunctions {

		static void onward(Request request) throws Exception {
			request.next();
		}

	}

}

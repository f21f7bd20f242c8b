package io.zinx.server;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Function;

import io.zinx.connection.Connection;
import io.zinx.routing.AsyncRouter;
import io.zinx.routing.BaseRouter;
import io.zinx.routing.Execution;
import io.zinx.routing.HandleStep;
import io.zinx.routing.Interceptor;
import io.zinx.routing.Middlewares;
import io.zinx.routing.Request;
import io.zinx.routing.RouteGroup;
import io.zinx.routing.RouteRegistry;
import io.zinx.routing.Router;
import io.zinx.testing.Guide;
import io.zinx.testing.SocketClient;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every example of {@code docs/routing.md} is part of this class.
 */
class RoutingGuideTests {

	@Test
	void everyExampleOfTheGuideIsPartOfThisClass() {
		Path source = Path.of("src", "test", "java", "io", "zinx", "server", "RoutingGuideTests.java");
		assertThat(Guide.examples("routing.md")).hasSize(11).allMatch((example) -> Guide.contains(source, example));
	}

	@Test
	void aRouterOfThreeMethods() {
		try (TestServer server = start((routes) -> routes.add(11, new OrderRouter()));
				SocketClient client = server.connect()) {
			client.send(11, "").send(11, "again").send(11, "tea");
			assertThat(client.receive().text()).isEqualTo("empty order");
			assertThat(client.receive().text()).isEqualTo("again again");
			assertThat(client.receive().text()).isEqualTo("ordered");
			assertThat(client.receive().text()).isEqualTo("tea");
			assertThat(client.receive().text()).isEqualTo("ordered");
		}
	}

	/**
	 * An order.
	 */
	static class OrderRouter extends BaseRouter {

		@Override
		public void preHandle(Request request) {
			if (request.bodyLength() == 0) {
				request.reply(11, "empty order");
				request.abort(); // neither handle nor postHandle
			}
			request.setAttribute("order", request.bodyAsString());
		}

		@Override
		public void handle(Request request) {
			String order = request.attribute("order", String.class);
			if ("again".equals(order)) {
				request.setAttribute("order", "again again");
				request.goTo(HandleStep.HANDLE);
				return;
			}
			request.reply(11, "" + order);
		}

		@Override
		public void postHandle(Request request) {
			request.reply(11, "ordered");
		}

	}

	@Test
	void anAnswerFromAnotherThread() {
		ExecutorService slowThings = Executors.newSingleThreadExecutor();
		try (TestServer server = start((routes) -> routes.add(12, new SlowRouter(slowThings)));
				SocketClient client = server.connect()) {
			assertThat(client.send(12, "work").receive().text()).isEqualTo("done: work");
		}
		finally {
			slowThings.shutdown();
		}
	}

	/**
	 * Answers from another thread.
	 */
	static class SlowRouter implements Router {

		private final Executor executor;

		SlowRouter(Executor executor) {
			this.executor = executor;
		}

		@Override
		public void handle(Request request) {
			Request copy = request.copy();
			this.executor.execute(() -> copy.reply(12, "done: " + copy.bodyAsString()));
		}

	}

	@Test
	void aThreadOfItsOwn() {
		try (TestServer server = start((routes) -> {
			// @formatter:off
			routes.add(16, (request) -> request.reply(16, slowQuery(request.bodyAsString())), "report",
					Execution.VIRTUAL_THREAD);
			// @formatter:on
		}); SocketClient client = server.connect()) {
			assertThat(client.send(16, "sales").receive().text()).startsWith("sales by ").contains("-conn-");
		}
	}

	private static String slowQuery(String what) {
		return what + " by " + Thread.currentThread().getName();
	}

	@Test
	void anAnswerThatComesLater() {
		try (TestServer server = start((routes) -> routes.addAsync(13, new LookUpRouter(RoutingGuideTests::lookUp)));
				SocketClient client = server.connect()) {
			client.send(13, "first").send(13, "second");
			assertThat(client.receive().text()).isEqualTo("value of first");
			assertThat(client.receive().text()).isEqualTo("value of second");
		}
	}

	/**
	 * Looks values up.
	 */
	static class LookUpRouter implements AsyncRouter {

		private final Function<String, CompletionStage<String>> database;

		LookUpRouter(Function<String, CompletionStage<String>> database) {
			this.database = database;
		}

		@Override
		public CompletionStage<?> handle(Request request) {
			String key = request.bodyAsString(); // not later: the body is gone then
			return this.database.apply(key).thenAccept((value) -> request.reply(13, value));
		}

	}

	private static CompletionStage<String> lookUp(String key) {
		return CompletableFuture.supplyAsync(() -> "value of " + key);
	}

	@Test
	void backToTheLane() {
		ExecutorService slowThings = Executors.newSingleThreadExecutor();
		try (TestServer server = start((routes) -> {
			// @formatter:off
			routes.add(14, (request) -> {
				Connection connection = request.connection();
				slowThings.execute(() -> connection.execute(() -> connection.send(14, "on the lane again")));
			});
			// @formatter:on
		}); SocketClient client = server.connect()) {
			assertThat(client.send(14, "").receive().text()).isEqualTo("on the lane again");
		}
		finally {
			slowThings.shutdown();
		}
	}

	@Test
	void functionsAndMiddleware() {
		List<String> times = new CopyOnWriteArrayList<>();
		try (TestServer server = start((routes) -> {
			// @formatter:off
			routes.use(Middlewares.timing((request, duration) -> times.add(describe(request, duration))),
					Middlewares.recovery());
			routes.add(21, "greeting", (request) -> {
				request.reply(21, "before");
				request.next(); // the rest
				request.reply(21, "after");
			}, (request) -> request.reply(21, "hello " + request.bodyAsString()));
			// @formatter:on
		}); SocketClient client = server.connect()) {
			client.send(21, "ann");
			assertThat(client.receive().text()).isEqualTo("before");
			assertThat(client.receive().text()).isEqualTo("hello ann");
			assertThat(client.receive().text()).isEqualTo("after");
			assertThat(client.send(1, "").receive().text()).isEmpty();
			assertThat(times).singleElement().asString().startsWith("21 took PT");
		}
	}

	private static String describe(Request request, Duration duration) {
		return request.msgId() + " took " + duration;
	}

	@Test
	void groups() {
		try (TestServer server = start(new Game()::register); SocketClient client = server.connect()) {
			assertThat(client.send(101, "").receive().text()).isEqualTo("log in first");
			assertThat(client.send(100, "ann").receive().text()).isEqualTo("welcome");
			assertThat(client.send(101, "").receive().text()).isEqualTo("moved");
		}
	}

	/**
	 * Messages for who is logged in.
	 */
	static class Game {

		void register(RouteRegistry routes) {
			// @formatter:off
			RouteGroup game = routes.group(100, 199);
			game.add(100, "login", (request) -> {
				request.connection().setProperty("user", request.bodyAsString());
				request.reply(100, "welcome");
			});
			game.use((request) -> { // for the routes below
				if (request.connection().property("user") == null) {
					request.reply(199, "log in first");
					request.abort();
				}
			});
			game.add(101, "move", (request) -> request.reply(101, "moved"));
			// @formatter:on
		}

	}

	@Test
	void rangesAndFallback() {
		try (TestServer server = start((routes) -> {
			// @formatter:off
			routes.add(1000, (request) -> request.reply(1000, "its own"));
			routes.range(1000, 1999, (request) -> request.reply(request.msgId(), "of the range"), "sensors");
			routes.fallback((request) -> request.reply(404, "no such message: " + request.msgId()));
			// @formatter:on
		}); SocketClient client = server.connect()) {
			assertThat(client.send(1000, "").receive().text()).isEqualTo("its own");
			assertThat(client.send(1001, "").receive().text()).isEqualTo("of the range");
			assertThat(client.send(2000, "").receive().text()).isEqualTo("no such message: 2000");
		}
	}

	@Test
	void interceptors() {
		try (TestServer server = start((routes) -> routes.interceptor(new Gate()));
				SocketClient client = server.connect()) {
			client.send(1, "x".repeat(1001)).send(7, "").send(8, "old").send(1, "new");
			assertThat(client.receive().text()).isEqualTo("answered here");
			assertThat(client.receive().text()).isEqualTo("old");
			assertThat(client.receive().text()).isEqualTo("new");
		}
	}

	/**
	 * Does one thing of each kind.
	 */
	static class Gate implements Interceptor {

		@Override
		public void intercept(Request request, Chain chain) throws Exception {
			if (request.bodyLength() > 1000) {
				return; // drop
			}
			if (request.msgId() == 7) {
				request.reply(7, "answered here");
				return;
			}
			if (request.msgId() == 8) { // the old number of message 1
				chain.proceed(request.withMessage(1, request.body()));
				return;
			}
			chain.proceed(request);
		}

	}

	@Test
	void aRouterTestedAlone() throws Exception {
		try (TestServer server = TestServer.start(ServerConfig.builder()); SocketClient client = server.connect()) {
			Connection connection = server.onlyConnection();
			// @formatter:off
			Request request = Request.of(connection, 11, new byte[0]);
			new OrderRouter().preHandle(request);
			assertThat(request.isAborted()).isTrue();
			// @formatter:on
			assertThat(client.receive().text()).isEqualTo("empty order");
		}
	}

	@Test
	void aMessageIsHandledWhenItsAnswerIsDone() {
		List<String> took = new CopyOnWriteArrayList<>();
		CompletableFuture<String> answer = new CompletableFuture<>();
		try (TestServer server = start((routes) -> {
			routes.addAsync(2, (request) -> answer);
			// @formatter:off
			routes.interceptor((request, chain) -> {
				long begun = System.nanoTime();
				chain.onHandled((failure) -> took.add(request.msgId() + " " + (System.nanoTime() - begun) + " " + failure));
				chain.proceed(request);
			});
			// @formatter:on
		}); SocketClient client = server.connect()) {
			client.send(1, "").send(2, "").send(1, "").receive();
			// What comes behind an answer that is waited for may be read without being
			// counted as a message yet.
			Awaitility.await().until(() -> server.metrics().bytesIn() == 3 * 8 && !took.isEmpty());
			assertThat(took).singleElement().asString().matches("1 \\d+ null");
			answer.complete("done");
			client.receive();
			Awaitility.await().until(() -> took.stream().anyMatch((line) -> line.matches("2 \\d+ null")));
		}
	}

	private static TestServer start(Consumer<RouteRegistry> routes) {
		return TestServer.start(ServerConfig.builder(), routes);
	}

}

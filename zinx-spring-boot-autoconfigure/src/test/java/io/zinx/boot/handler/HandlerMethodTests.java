package io.zinx.boot.handler;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.zinx.boot.routing.ZinxRouter;
import io.zinx.boot.testing.ZinxApplication;
import io.zinx.connection.Connection;
import io.zinx.message.Message;
import io.zinx.routing.Execution;
import io.zinx.routing.Request;
import io.zinx.routing.Route;
import io.zinx.routing.Router;
import io.zinx.server.ZinxServer;
import io.zinx.testing.SocketClient;
import io.zinx.testing.SocketClient.Received;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.annotation.AliasFor;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class HandlerMethodTests {

	@Test
	void jsonGoesInAndOut() {
		try (ConfigurableApplicationContext context = ZinxApplication.run(Orders.class);
				SocketClient client = ZinxApplication.connect(context)) {
			Received receipt = client.send(7, "{\"item\":\"tea\",\"count\":3}").receive();
			assertThat(receipt.msgId()).isEqualTo(8);
			assertThat(receipt.text()).isEqualTo("{\"text\":\"3 x tea\"}");
			assertThat(
					client.send(9, "[{\"item\":\"tea\",\"count\":1},{\"item\":\"milk\",\"count\":2}]").receive().text())
				.isEqualTo("{\"milk\":2,\"tea\":1}");
			assertThat(client.send(10, "41").receive().text()).isEqualTo("42");
			assertThat(context.getBean(ZinxServer.class).routes().snapshot().all()).extracting(Route::name)
				.containsExactlyInAnyOrder("handlerMethodTests.Orders#order(Order)",
						"handlerMethodTests.Orders#sum(List)", "handlerMethodTests.Orders#next(int)");
		}
	}

	@Test
	void textAndBytesGoInAndOutAsTheyAre() {
		try (ConfigurableApplicationContext context = ZinxApplication.run(Plain.class);
				SocketClient client = ZinxApplication.connect(context)) {
			for (long msgId = 1; msgId <= 4; msgId++) {
				Received received = client.send(msgId, "grüße").receive();
				assertThat(received.msgId()).isEqualTo(msgId);
				assertThat(received.text()).isEqualTo("grüße");
			}
			assertThat(client.send(5, "x").receive()).hasToString("message 50 \"raw\"");
			assertThat(client.send(6, "echo").receive()).hasToString("message 6 \"echo\"");
			assertThat(client.send(1, "").receive().text()).isEmpty();
		}
	}

	@Test
	void parametersComeInAnyOrder() {
		try (ConfigurableApplicationContext context = ZinxApplication.run(Everything.class);
				SocketClient client = ZinxApplication.connect(context)) {
			assertThat(client.send(1, "a").receive().text()).isEqualTo("1 a none none [] 1");
			assertThat(client.send(2, "ann").receive().text()).isEqualTo("logged in");
			assertThat(client.send(1, "b").receive().text()).isEqualTo("1 b 5 user-ann [user-ann] 1");
			assertThat(client.send(3, "c").receive().text()).isEqualTo("5 user-ann ann null");
		}
	}

	@Test
	void whatTheConnectionLacksFailsTheMessageOnly(CapturedOutput output) {
		try (ConfigurableApplicationContext context = ZinxApplication.run(Everything.class);
				SocketClient client = ZinxApplication.connect(context)) {
			assertThat(client.send(3, "c").send(1, "a").receive().msgId()).isEqualTo(1);
			assertThat(output).contains("Router handlerMethodTests.Everything#required(",
					"Cannot resolve parameter 'level' of the handler method: Connection 1 has no property 'level'");
			client.send(2, "ann").receive();
			assertThat(client.send(4, "").send(1, "a").receive().msgId()).isEqualTo(1);
			assertThat(output)
				.contains("Property 'level' of connection 1 is not of type java.lang.String, but of class "
						+ "java.lang.Integer");
		}
	}

	@Test
	void anEmptyBodyIsAnEmptyOptional() {
		try (ConfigurableApplicationContext context = ZinxApplication.run(Optionals.class);
				SocketClient client = ZinxApplication.connect(context)) {
			assertThat(client.send(1, "").receive().text()).isEqualTo("Optional.empty");
			assertThat(client.send(1, "null").receive().text()).isEqualTo("Optional.empty");
			assertThat(client.send(1, "{\"item\":\"tea\",\"count\":1}").receive().text())
				.isEqualTo("Optional[Order[item=tea, count=1]]");
			assertThat(client.send(2, "").receive().text()).isEqualTo("null");
			assertThat(client.send(3, "").receive().text()).isEqualTo("Optional.empty");
			assertThat(client.send(3, "a").receive().text()).isEqualTo("Optional[a]");
			assertThat(client.send(4, "").receive().text())
				.isEqualTo("OptionalInt.empty OptionalLong[4] OptionalInt.empty");
			assertThat(client.send(4, "7").receive().text()).isEqualTo("OptionalInt[7] OptionalLong[4] OptionalInt[5]");
			assertThat(client.send(5, "1.5").send(5, "").send(6, "").receive().text()).isEqualTo("1.5");
			assertThat(client.receive()).hasToString("message 6 \"6\"");
		}
	}

	@Test
	void aMessageNumberIsAnIntIfItFits(CapturedOutput output) {
		try (ConfigurableApplicationContext context = ZinxApplication.run(Optionals.class);
				SocketClient client = ZinxApplication.connect(context)) {
			assertThat(client.send(2147483647L, "").receive().text()).isEqualTo("2147483647");
			assertThat(client.send(2147483648L, "").send(6, "").receive().msgId()).isEqualTo(6);
			assertThat(output).contains("Message number 2147483648 is too large for an int");
		}
	}

	@Test
	void aResultWhoseTypeSaysNothingIsCheckedWhenItIsThere(CapturedOutput output) {
		try (ConfigurableApplicationContext context = ZinxApplication.run(Later.class);
				SocketClient client = ZinxApplication.connect(context)) {
			assertThat(client.send(7, "callable").send(7, "mono").send(7, "text").receive().text()).isEqualTo("text");
			assertThat(output).contains("The result can never be the body of a message: a lambda is code",
					"MonoJust comes later");
		}
	}

	@Test
	void nothingIsSentForNothing() {
		try (ConfigurableApplicationContext context = ZinxApplication.run(Silent.class);
				SocketClient client = ZinxApplication.connect(context)) {
			for (long msgId = 1; msgId <= 5; msgId++) {
				client.send(msgId, "");
			}
			assertThat(client.send(6, "").receive()).hasToString("message 60 \"end\"");
		}
	}

	@Test
	void methodsOfAnyNumberOfParametersSendThemselves() {
		try (ConfigurableApplicationContext context = ZinxApplication.run(Sending.class);
				SocketClient client = ZinxApplication.connect(context)) {
			assertThat(client.send(1, "a").receive().text()).isEqualTo("one a");
			assertThat(client.send(2, "b").receive().text()).isEqualTo("two b");
			assertThat(client.send(3, "c").receive().text()).isEqualTo("three c");
			assertThat(client.send(4, "7").receive().text()).isEqualTo("11");
		}
	}

	@Test
	void whatComesLaterIsSentInOrder() {
		try (ConfigurableApplicationContext context = ZinxApplication.run(Later.class);
				SocketClient client = ZinxApplication.connect(context)) {
			client.send(1, "a").send(2, "b").send(3, "c").send(4, "");
			assertThat(client.receive().text()).isEqualTo("{\"text\":\"a\"}");
			assertThat(client.receive().text()).isEqualTo("{\"text\":\"b\"}");
			assertThat(client.receive().text()).isEqualTo("c");
			assertThat(client.receive().text()).isEqualTo("released");
			assertThat(client.send(5, "").receive().text()).isEqualTo("{\"text\":\"raw\"}");
			assertThat(client.send(6, "").receive().text()).isEqualTo("{\"text\":\"unknown\"}");
		}
	}

	@Test
	void aMethodHasWhatARouterHas() {
		try (ConfigurableApplicationContext context = ZinxApplication.run(Ranges.class, "zinx.worker-mode=bind");
				SocketClient client = ZinxApplication.connect(context)) {
			assertThat(client.send(1, "").receive().text()).isEqualTo("several 1");
			assertThat(client.send(2, "").receive().text()).isEqualTo("several 2");
			assertThat(client.send(15, "").receive().text()).isEqualTo("range 15");
			assertThat(client.send(4294967295L, "").receive().text()).isEqualTo("fallback 4294967295");
			assertThat(client.send(3, "").receive().text()).contains("-io-");
			assertThat(client.send(5, "").receive().text()).isEqualTo("composed");
		}
	}

	@Test
	void aRouterMayHaveMethodsToo() {
		try (ConfigurableApplicationContext context = ZinxApplication.run(Both.class);
				SocketClient client = ZinxApplication.connect(context)) {
			assertThat(client.send(1, "a").receive().text()).isEqualTo("router a");
			assertThat(client.send(2, "b").receive().text()).isEqualTo("method b");
			assertThat(client.send(3, "c").receive().text()).isEqualTo("bean c");
		}
	}

	@Test
	void hiddenStaticAndInheritedMethodsAreCalled() {
		try (ConfigurableApplicationContext context = ZinxApplication.run(Inheriting.class);
				SocketClient client = ZinxApplication.connect(context)) {
			assertThat(client.send(1, "{\"item\":\"tea\",\"count\":1}").receive().text()).isEqualTo("inherited tea");
			assertThat(client.send(2, "a").receive().text()).isEqualTo("private a");
			assertThat(client.send(3, "a").receive().text()).isEqualTo("static a");
			assertThat(client.send(4, "[{\"item\":\"tea\",\"count\":1}]").receive().text()).isEqualTo("1 tea");
		}
	}

	@Test
	void proxiesAreCalled() {
		try (ConfigurableApplicationContext context = ZinxApplication.run(List.of(Proxies.class, Audited.class));
				SocketClient client = ZinxApplication.connect(context)) {
			assertThat(client.send(1, "a").receive().text()).isEqualTo("audited a");
		}
		try (ConfigurableApplicationContext context = ZinxApplication.run(List.of(Proxies.class, OfInterface.class),
				"spring.aop.proxy-target-class=false"); SocketClient client = ZinxApplication.connect(context)) {
			assertThat(client.send(2, "{\"item\":\"tea\",\"count\":1}").receive().text()).isEqualTo("by interface tea");
		}
	}

	@Test
	void aMethodMayBeAsync() {
		try (ConfigurableApplicationContext context = ZinxApplication.run(List.of(Proxies.class, Audited.class));
				SocketClient client = ZinxApplication.connect(context)) {
			assertThat(client.send(3, "a").receive().text()).startsWith("a on task-");
		}
	}

	@Test
	void lazyBeansAreMade(CapturedOutput output) {
		try (ConfigurableApplicationContext context = ZinxApplication.run(List.of(Orders.class, LazyHandlers.class),
				"spring.main.lazy-initialization=true"); SocketClient client = ZinxApplication.connect(context)) {
			assertThat(client.send(10, "1").receive().text()).isEqualTo("2");
			assertThat(client.send(1, "1").receive().text()).isEqualTo("lazy 1");
			assertThat(output).contains("Router 'handlerMethodTests.LazyHandlers' is @Lazy, which has no effect");
		}
	}

	@Test
	void whatIsMadeTooLateIsNamed(CapturedOutput output) {
		try (ConfigurableApplicationContext context = ZinxApplication.run(Hiding.class)) {
			assertThat(output).doesNotContain("created after the server had started");
			context.getBean("hidden");
			assertThat(output).contains("Bean 'hidden' handles messages, but was created after the server had started");
		}
	}

	@Test
	void whatIsMadeJustBeforeTheStartHandlesMessages() {
		try (ConfigurableApplicationContext context = ZinxApplication.run(List.of(Hiding.class, Maker.class));
				SocketClient client = ZinxApplication.connect(context)) {
			assertThat(client.send(10, "1").receive().text()).isEqualTo("2");
		}
	}

	@Test
	void formatStringConvertsText() {
		try (ConfigurableApplicationContext context = ZinxApplication.run(Texts.class, "zinx.payload=string");
				SocketClient client = ZinxApplication.connect(context)) {
			assertThat(client.send(1, "41").receive().text()).isEqualTo("42");
			assertThat(client.send(2, "1,2,3").receive().text()).isEqualTo("6");
			assertThat(client.send(3, "{\"item\":\"tea\",\"count\":1}").receive().text())
				.isEqualTo("{\"text\":\"tea\"}");
		}
	}

	record Order(String item, int count) {

	}

	record Receipt(String text) {

	}

	static class Orders {

		@ZinxRouter(msgId = 7, reply = 8)
		Receipt order(Order order) {
			return new Receipt(order.count() + " x " + order.item());
		}

		@ZinxRouter(msgId = 9)
		Map<String, Integer> sum(@Payload List<Order> orders) {
			Map<String, Integer> sums = new TreeMap<>();
			orders.forEach((order) -> sums.merge(order.item(), order.count(), Integer::sum));
			return sums;
		}

		@ZinxRouter(msgId = 10)
		int next(int number) {
			return number + 1;
		}

	}

	static class Plain {

		@ZinxRouter(msgId = 1)
		String text(String text) {
			return text;
		}

		@ZinxRouter(msgId = 2)
		byte[] bytes(byte[] bytes) {
			return bytes;
		}

		@ZinxRouter(msgId = 3)
		ByteBuf view(ByteBuf view) {
			return view;
		}

		@ZinxRouter(msgId = 4)
		ByteBuffer buffer(ByteBuffer buffer) {
			return buffer;
		}

		@ZinxRouter(msgId = 6)
		Request echo(Request request) {
			return request;
		}

		@ZinxRouter(msgId = 5)
		Message message() {
			return new Message(50, "raw".getBytes(StandardCharsets.UTF_8));
		}

	}

	static class Everything {

		@ZinxRouter(msgId = 1)
		@SuppressWarnings("checkstyle:ParameterNumber")
		String all(@MsgId long msgId, Connection connection, @ConnProperty("level") Optional<Integer> level,
				@ConnKey Optional<String> key, @ConnKey Set<String> keys, String text, Request request) {
			assertThat(request.connection()).isSameAs(connection);
			return msgId + " " + text + " " + level.map(String::valueOf).orElse("none") + " " + key.orElse("none") + " "
					+ keys + " " + request.bodyLength();
		}

		@ZinxRouter(msgId = 2)
		String login(Connection connection, String user) {
			connection.bind("user-" + user);
			connection.setProperty("level", 5);
			connection.setProperty("name", user);
			return "logged in";
		}

		@ZinxRouter(msgId = 3)
		String required(@ConnProperty int level, @ConnKey String key, @ConnProperty("name") String user,
				@ConnProperty @Nullable String missing) {
			return level + " " + key + " " + user + " " + missing;
		}

		@ZinxRouter(msgId = 4)
		String wrongType(@ConnProperty String level) {
			return level;
		}

	}

	static class Optionals {

		@ZinxRouter(msgId = 1)
		String json(Optional<Order> order) {
			return order.toString();
		}

		@ZinxRouter(msgId = 2)
		String nullable(@Nullable Order order) {
			return "" + order;
		}

		@ZinxRouter(msgId = 3)
		String text(Optional<String> text) {
			return text.toString();
		}

		@ZinxRouter(msgId = 4)
		String numbers(OptionalInt number, @MsgId OptionalLong msgId, @ConnProperty("level") OptionalInt level,
				Connection connection) {
			connection.setProperty("level", 5);
			return number + " " + msgId + " " + level;
		}

		@ZinxRouter(msgId = 5)
		OptionalDouble sameNumber(OptionalDouble number) {
			return number;
		}

		@ZinxRouter(msgId = { 6, 2147483647L, 2147483648L })
		int number(@MsgId int msgId) {
			return msgId;
		}

	}

	static class Silent {

		@ZinxRouter(msgId = 1)
		void nothing() {
		}

		@ZinxRouter(msgId = 2)
		@Nullable Order none() {
			return null;
		}

		@ZinxRouter(msgId = 3)
		Optional<Order> empty() {
			return Optional.empty();
		}

		@ZinxRouter(msgId = 4)
		CompletionStage<@Nullable Void> later() {
			return CompletableFuture.completedFuture(null);
		}

		@ZinxRouter(msgId = 5)
		Mono<Order> never() {
			return Mono.empty();
		}

		@ZinxRouter(msgId = 6, reply = 60)
		Optional<String> end() {
			return Optional.of("end");
		}

	}

	static class Sending {

		@ZinxRouter(msgId = 1)
		void one(Request request) {
			request.reply(1, "one " + request.bodyAsString());
		}

		@ZinxRouter(msgId = 2)
		void two(String text, Connection connection) {
			connection.send(2, "two " + text);
		}

		@ZinxRouter(msgId = 3)
		void three(String text, @MsgId long msgId, Connection connection) {
			connection.send(msgId, "three " + text);
		}

		@ZinxRouter(msgId = 4)
		static long sum(@MsgId long msgId, int number) {
			return msgId + number;
		}

	}

	static class Later {

		private final CountDownLatch release = new CountDownLatch(1);

		@ZinxRouter(msgId = 1)
		CompletionStage<Receipt> stage(String text) {
			return CompletableFuture.supplyAsync(() -> new Receipt(text));
		}

		@ZinxRouter(msgId = 2)
		Mono<Receipt> mono(String text) {
			return Mono.fromFuture(CompletableFuture.supplyAsync(() -> new Receipt(text)));
		}

		@ZinxRouter(msgId = 3)
		Object asReturned(String text) {
			return CompletableFuture.supplyAsync(() -> {
				this.release.countDown();
				return text;
			});
		}

		@ZinxRouter(msgId = 5)
		@SuppressWarnings("rawtypes")
		CompletionStage raw() {
			return CompletableFuture.completedFuture(new Receipt("raw"));
		}

		@ZinxRouter(msgId = 6)
		CompletionStage<?> unknown() {
			return CompletableFuture.completedFuture(Optional.of(new Receipt("unknown")));
		}

		@ZinxRouter(msgId = 7)
		Object any(String kind) {
			return switch (kind) {
				case "callable" -> (Callable<String>) () -> kind;
				case "mono" -> Mono.just(kind);
				default -> kind;
			};
		}

		@ZinxRouter(msgId = 4)
		String behind() throws InterruptedException {
			return this.release.await(0, TimeUnit.SECONDS) ? "released" : "overtaken";
		}

	}

	static class Ranges {

		@ZinxRouter(msgId = { 1, 2 })
		String several(@MsgId long msgId) {
			return "several " + msgId;
		}

		@ZinxRouter(from = 10, to = 19)
		String range(@MsgId Long msgId) {
			return "range " + msgId;
		}

		@ZinxRouter(fallback = true)
		String fallback(@MsgId long msgId) {
			return "fallback " + msgId;
		}

		@ZinxRouter(msgId = 3, execution = Execution.EVENT_LOOP)
		String loop() {
			return Thread.currentThread().getName();
		}

		@OnMessage(5)
		String composed() {
			return "composed";
		}

	}

	@Retention(RetentionPolicy.RUNTIME)
	@ZinxRouter
	@interface OnMessage {

		@AliasFor(annotation = ZinxRouter.class, attribute = "msgId")
		long[] value();

	}

	@ZinxRouter(msgId = 1)
	@Configuration
	static class Both implements Router {

		@Override
		public void handle(Request request) {
			request.reply(1, "router " + request.bodyAsString());
		}

		@ZinxRouter(msgId = 2)
		String method(String text) {
			return "method " + text;
		}

		@Bean
		@ZinxRouter(msgId = 3)
		Router bean() {
			return (request) -> request.reply(3, "bean " + request.bodyAsString());
		}

	}

	abstract static class Base<T> {

		@ZinxRouter(msgId = 1)
		String inherited(T payload) {
			return "inherited " + name(payload);
		}

		@ZinxRouter(msgId = 4)
		String elements(List<T> payloads) {
			return payloads.size() + " " + name(payloads.get(0));
		}

		abstract String name(T payload);

	}

	static class Inheriting extends Base<Order> {

		@Override
		String name(Order payload) {
			return payload.item();
		}

		@SuppressWarnings("UnusedMethod")
		@ZinxRouter(msgId = 2)
		private String hidden(String text) {
			return "private " + text;
		}

		@ZinxRouter(msgId = 3)
		static String ofTheClass(String text) {
			return "static " + text;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAsync
	static class Proxies {

	}

	static class Audited {

		private final String word = "audited";

		@Async
		public void audit() {
		}

		@ZinxRouter(msgId = 1)
		String text(String text) {
			return this.word + " " + text;
		}

		@Async
		@ZinxRouter(msgId = 3)
		CompletableFuture<String> later(String text) {
			return CompletableFuture.completedFuture(text + " on " + Thread.currentThread().getName());
		}

	}

	interface Shop {

		@ZinxRouter(msgId = 2)
		String buy(@Payload Order order, Connection connection, @ConnProperty("a") Optional<String> none);

		@Async
		void audit();

	}

	static class OfInterface implements Shop {

		@Override
		public String buy(Order payload, Connection connection, Optional<String> none) {
			return "by interface " + payload.item();
		}

		@Override
		public void audit() {
		}

	}

	@Lazy
	static class LazyHandlers {

		@ZinxRouter(msgId = 1)
		String text(String text) {
			return "lazy " + text;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Hiding {

		@Bean
		@Lazy
		Object hidden() {
			return new Orders();
		}

	}

	/**
	 * Creates a bean before the server starts, and after all singletons were there.
	 */
	static class Maker implements SmartLifecycle {

		private final BeanFactory beans;

		private volatile boolean running;

		Maker(BeanFactory beans) {
			this.beans = beans;
		}

		@Override
		public void start() {
			this.running = this.beans.getBean("hidden") != null;
		}

		@Override
		public void stop() {
			this.running = false;
		}

		@Override
		public boolean isRunning() {
			return this.running;
		}

		@Override
		public int getPhase() {
			return 0;
		}

	}

	static class Texts {

		@ZinxRouter(msgId = 1)
		int next(int number) {
			return number + 1;
		}

		@ZinxRouter(msgId = 2)
		int sum(List<Integer> numbers) {
			return numbers.stream().mapToInt(Integer::intValue).sum();
		}

		@ZinxRouter(msgId = 3, payload = PayloadFormat.JSON)
		Receipt json(Order order) {
			return new Receipt(order.item());
		}

	}

}

package io.zinx.boot.handler;

import java.nio.file.Path;
import java.security.Principal;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.zinx.boot.routing.ZinxRouter;
import io.zinx.boot.testing.ZinxApplication;
import io.zinx.connection.ConnManager;
import io.zinx.connection.Connection;
import io.zinx.testing.Guide;
import io.zinx.testing.SocketClient;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Positive;
import org.junit.jupiter.api.Test;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

import static org.assertj.core.api.Assertions.assertThat;

class HandlersGuideTests {

	@Test
	void everyExampleOfTheGuideIsPartOfThisClass() {
		Path source = Path.of("src", "test", "java", "io", "zinx", "boot", "handler", "HandlersGuideTests.java");
		assertThat(Guide.examples("handlers.md")).hasSize(9).allMatch((example) -> Guide.contains(source, example));
		String first = Guide.examples("../README.md").get(1);
		assertThat(first).matches((example) -> Guide.contains(source, example));
		assertThat(first.lines().count()).isLessThanOrEqualTo(5);
	}

	@Test
	void theExamplesDoWhatTheGuideSays() {
		try (ConfigurableApplicationContext context = ZinxApplication
			.run(List.of(Orders.class, Players.class, Logins.class, AnyAccounts.class, Reservations.class,
					Shelves.class, CheckedOrders.class, Problems.class));
				SocketClient client = ZinxApplication.connect(context)) {
			assertThat(client.send(7, "{\"item\":\"tea\",\"count\":3}").receive())
				.hasToString("message 8 \"{\"text\":\"3 x tea\"}\"");
			assertThat(client.send(11, "").receive().text()).isEqualTo("{\"code\":500,\"text\":\"connection 1\"}");
			assertThat(client.send(10, "{\"user\":\"ann\",\"level\":5}").receive().text()).isEqualTo("welcome");
			assertThat(client.send(11, "").receive().text()).isEqualTo("ann of level 5 asks by message 11");
			assertThat(client.send(12, "{\"item\":\"tea\",\"count\":3}").receive().text())
				.isEqualTo("{\"text\":\"in shelf tea\"}");
			assertThat(client.send(13, "{\"item\":\"tea\",\"count\":3}").receive().text())
				.isEqualTo("{\"text\":\"valid\"}");
			assertThat(client.send(13, "{\"item\":\"\",\"count\":3}").receive())
				.hasToString("message 13 \"{\"code\":400,\"text\":\"not an order\"}\"");
			assertThat(client.send(16, "").receive().text()).isEqualTo("hello ann");
			client.send(15, "{\"user\":\"Ann\",\"password\":\"secret\"}").receive();
			assertThat(client.send(16, "").receive().text()).isEqualTo("hello Ann");
			assertThat(client.send(14, "").receive())
				.hasToString("message 99 \"{\"code\":409,\"text\":\"message 14 comes too late\"}\"");
		}
	}

	@Test
	void theExampleOfMessagesToOthersDoesWhatTheGuideSays() {
		try (ConfigurableApplicationContext context = ZinxApplication.run(List.of(Players.class, Talk.class));
				SocketClient ann = login(context, "ann");
				SocketClient bob = login(context, "bob")) {
			ann.send(20, "hello");
			assertThat(bob.receive()).hasToString("message 21 \"{\"user\":\"ann\",\"text\":\"hello\"}\"");
			assertThat(ann.send(22, "{\"to\":\"bob\",\"text\":\"psst\"}").receive()).hasToString("message 23 \"sent\"");
			assertThat(bob.receive()).hasToString("message 21 \"{\"user\":\"ann\",\"text\":\"psst\"}\"");
		}
	}

	private static SocketClient login(ConfigurableApplicationContext context, String user) {
		SocketClient client = ZinxApplication.connect(context);
		client.send(10, "{\"user\":\"" + user + "\",\"level\":1}").receive();
		ConnManager connections = context.getBean(ConnManager.class);
		connections.allByKey(user).forEach(connections.group("lobby")::join);
		return client;
	}

	@Component
	static class Talk {

		@ZinxRouter(msgId = 20, reply = 21)
		Outgoing say(@ConnKey String user, @Payload String text) {
			return Outgoing.toGroup("lobby", new ChatMessage(user, text)).exceptSender();
		}

		@ZinxRouter(msgId = 22, reply = 23)
		Outgoing whisper(@ConnKey String user, Whisper whisper) {
			return Outgoing.reply("sent")
				.and(Outgoing.toKey(whisper.to(), new ChatMessage(user, whisper.text())).withMsgId(21));
		}

	}

	record ChatMessage(String user, String text) {

	}

	record Whisper(String to, String text) {

	}

	@Component
	static class Orders {

		@ZinxRouter(msgId = 7, reply = 8)
		Receipt order(Purchase order) {
			return new Receipt(order.count() + " x " + order.item());
		}

	}

	@Component
	static class Players {

		@ZinxRouter(msgId = 10)
		String login(Connection connection, Login login) {
			connection.bind(login.user());
			connection.setProperty("level", login.level());
			return "welcome";
		}

		@ZinxRouter(msgId = 11)
		String whoAmI(@ConnKey String user, @ConnProperty("level") Optional<Integer> level, @MsgId long msgId) {
			return user + " of level " + level.orElse(0) + " asks by message " + msgId;
		}

	}

	@Component
	static class Logins {

		private final Accounts accounts;

		Logins(Accounts accounts) {
			this.accounts = accounts;
		}

		@ZinxRouter(msgId = 15)
		String login(Connection connection, Credentials credentials) {
			connection.setProperty(ConnPrincipal.PROPERTY, this.accounts.authenticate(credentials));
			return "welcome";
		}

		@ZinxRouter(msgId = 16)
		String greet(Principal user) {
			return "hello " + user.getName();
		}

	}

	interface Accounts {

		Principal authenticate(Credentials credentials);

	}

	static class AnyAccounts implements Accounts {

		@Override
		public Principal authenticate(Credentials credentials) {
			return credentials::user;
		}

	}

	@Component
	static class Reservations {

		private final Warehouse warehouse;

		Reservations(Warehouse warehouse) {
			this.warehouse = warehouse;
		}

		@ZinxRouter(msgId = 12)
		CompletionStage<Receipt> later(Purchase order) {
			return this.warehouse.reserve(order).thenApply((place) -> new Receipt("in " + place));
		}

	}

	interface Warehouse {

		CompletionStage<String> reserve(Purchase order);

	}

	static class Shelves implements Warehouse {

		@Override
		public CompletionStage<String> reserve(Purchase order) {
			return CompletableFuture.supplyAsync(() -> "shelf " + order.item());
		}

	}

	@Component
	static class CheckedOrders {

		@ZinxRouter(msgId = 13)
		Receipt checked(@Valid CheckedPurchase order) {
			return new Receipt("valid");
		}

		@ZinxRouter(msgId = 14)
		void cancel() {
			throw new IllegalStateException("too late");
		}

		@ZinxExceptionHandler
		Problem onBadPayload(PayloadException ex) {
			return new Problem(400, "not an order");
		}

		@ZinxExceptionHandler(value = IllegalStateException.class, reply = 99)
		Problem onConflict(@MsgId long msgId) {
			return new Problem(409, "message " + msgId + " comes too late");
		}

	}

	@Component
	static class Meters {

		@ZinxRouter(msgId = 17, charset = "GBK")
		String reading(String text) {
			return "已收到 " + text;
		}

	}

	@ZinxAdvice
	@Order(1)
	static class Problems {

		@ZinxExceptionHandler
		Problem onAny(Exception ex, Connection connection) {
			return new Problem(500, "connection " + connection.connId());
		}

	}

	record Purchase(String item, int count) {

	}

	record CheckedPurchase(@NotBlank String item, @Positive int count) {

	}

	record Receipt(String text) {

	}

	record Login(String user, int level) {

	}

	record Problem(int code, String text) {

	}

	record Credentials(String user, String password) {

	}

}

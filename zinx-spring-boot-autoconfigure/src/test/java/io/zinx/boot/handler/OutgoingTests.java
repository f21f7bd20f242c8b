package io.zinx.boot.handler;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.zinx.boot.routing.ZinxRouter;
import io.zinx.boot.testing.ZinxApplication;
import io.zinx.connection.ConnManager;
import io.zinx.connection.Connection;
import io.zinx.testing.SocketClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Mono;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@ExtendWith(OutputCaptureExtension.class)
class OutgoingTests {

	@Test
	void goesToAGroupUnderTheNumberOfTheReply() {
		try (ConfigurableApplicationContext context = ZinxApplication.run(Chat.class);
				SocketClient ann = enter(context, "ann");
				SocketClient bob = enter(context, "bob");
				SocketClient outside = ZinxApplication.connect(context)) {
			ann.send(20, "hello");
			assertThat(ann.receive()).hasToString("message 21 \"{\"user\":\"ann\",\"text\":\"hello\"}\"");
			assertThat(bob.receive()).hasToString("message 21 \"{\"user\":\"ann\",\"text\":\"hello\"}\"");
			assertThat(outside.send(26, "").receive()).hasToString("message 26 \"none\"");
		}
	}

	@Test
	void goesToOthersAndToTheSenderInOneResult() {
		try (ConfigurableApplicationContext context = ZinxApplication.run(Chat.class);
				SocketClient ann = enter(context, "ann");
				SocketClient bob = enter(context, "bob")) {
			ann.send(22, "bob");
			assertThat(ann.receive()).hasToString("message 23 \"sent\"");
			assertThat(ann.receive()).hasToString("message 25 \"everybody\"");
			assertThat(bob.receive()).hasToString("message 24 \"psst\"");
			assertThat(bob.receive()).hasToString("message 25 \"everybody\"");
			bob.send(27, "");
			assertThat(ann.receive()).hasToString("message 27 \"others\"");
			assertThat(bob.send(26, "").receive()).hasToString("message 26 \"none\"");
		}
	}

	@Test
	void mayComeLater() {
		try (ConfigurableApplicationContext context = ZinxApplication.run(Chat.class);
				SocketClient ann = enter(context, "ann")) {
			assertThat(ann.send(28, "a").receive()).hasToString("message 28 \"later a\"");
			assertThat(ann.send(29, "b").receive()).hasToString("message 29 \"later b\"");
			assertThat(ann.send(30, "c").receive()).hasToString("message 30 \"maybe c\"");
		}
	}

	@Test
	void mayBeTheResultOfAnExceptionHandler(CapturedOutput output) {
		try (ConfigurableApplicationContext context = ZinxApplication.run(Chat.class);
				SocketClient ann = enter(context, "ann")) {
			assertThat(ann.send(31, "").receive()).hasToString("message 99 \"ann broke it\"");
			assertThat(output).doesNotContain("failed on message");
		}
	}

	@Test
	void whatCannotBeWrittenFailsTheMessage(CapturedOutput output) {
		try (ConfigurableApplicationContext context = ZinxApplication.run(Bytes.class, "zinx.payload=bytes");
				SocketClient client = ZinxApplication.connect(context)) {
			assertThat(client.send(1, "").send(2, "").receive()).hasToString("message 2 \"on\"");
			assertThat(output).contains("failed on message 1",
					"payload: a java.lang.Integer cannot be written to the body of a message: its format is bytes");
		}
	}

	@Test
	void refusesANumberThatIsNone() {
		assertThatIllegalArgumentException().isThrownBy(() -> Outgoing.toAll("x").withMsgId(-1));
	}

	private static SocketClient enter(ConfigurableApplicationContext context, String user) {
		SocketClient client = ZinxApplication.connect(context);
		assertThat(client.send(10, user).receive().text()).isEqualTo("welcome");
		return client;
	}

	record ChatMessage(String user, String text) {

	}

	static class Chat {

		private final ConnManager connections;

		Chat(ConnManager connections) {
			this.connections = connections;
		}

		@ZinxRouter(msgId = 10)
		String enter(Connection connection, String user) {
			connection.bind(user);
			this.connections.group("lobby").join(connection);
			return "welcome";
		}

		@ZinxRouter(msgId = 20, reply = 21)
		Outgoing say(@ConnKey String user, @Payload String text) {
			return Outgoing.toGroup("lobby", new ChatMessage(user, text));
		}

		@ZinxRouter(msgId = 22, reply = 23)
		Outgoing whisper(String user) {
			Outgoing whispered = Outgoing.toKey(user, "psst").withMsgId(24);
			return Outgoing.reply("sent").and(whispered).and(Outgoing.toAll("everybody").withMsgId(25));
		}

		@ZinxRouter(msgId = 26)
		Object none() {
			return Outgoing.toGroup("nobody is in here", "x")
				.and(Outgoing.toKey("nobody", "x"))
				.and(Outgoing.reply("none"));
		}

		@ZinxRouter(msgId = 27)
		Outgoing others() {
			return Outgoing.toGroup("lobby", "others").exceptSender();
		}

		@ZinxRouter(msgId = 28)
		CompletionStage<Outgoing> stage(String text) {
			return CompletableFuture.supplyAsync(() -> Outgoing.toAll("later " + text));
		}

		@ZinxRouter(msgId = 29)
		Mono<Outgoing> mono(String text) {
			return Mono.fromSupplier(() -> Outgoing.toAll("later " + text));
		}

		@ZinxRouter(msgId = 30)
		void failing(String text) {
			throw new UnsupportedOperationException(text);
		}

		@ZinxExceptionHandler(UnsupportedOperationException.class)
		Optional<Outgoing> onUnsupported(UnsupportedOperationException ex) {
			return Optional.of(Outgoing.toGroup("lobby", "maybe " + ex.getMessage()));
		}

		@ZinxRouter(msgId = 31)
		void fail() {
			throw new IllegalStateException();
		}

		@ZinxExceptionHandler(value = IllegalStateException.class, reply = 99)
		Outgoing onFailure(@ConnKey String user) {
			return Outgoing.toAll(user + " broke it");
		}

	}

	static class Bytes {

		@ZinxRouter(msgId = 1)
		Outgoing number() {
			return Outgoing.toAll(42);
		}

		@ZinxRouter(msgId = 2)
		String on() {
			return "on";
		}

	}

}

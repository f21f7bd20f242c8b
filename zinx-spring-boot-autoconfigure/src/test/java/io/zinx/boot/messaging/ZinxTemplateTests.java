package io.zinx.boot.messaging;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.zinx.boot.handler.ConnKey;
import io.zinx.boot.handler.PayloadConverter;
import io.zinx.boot.handler.PayloadFormat;
import io.zinx.boot.routing.ZinxRouter;
import io.zinx.boot.testing.ZinxApplication;
import io.zinx.connection.BroadcastResult;
import io.zinx.connection.CloseReason;
import io.zinx.connection.ConnManager;
import io.zinx.connection.Connection;
import io.zinx.connection.SendFailedException;
import io.zinx.connection.SendResult;
import io.zinx.message.Body;
import io.zinx.session.DuplicateLogin;
import io.zinx.testing.SocketClient;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.ResolvableType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ZinxTemplateTests {

	@Test
	void sendsToAConnectionAndSaysWhatBecameOfIt() {
		try (ConfigurableApplicationContext context = ZinxApplication.run(Rooms.class);
				SocketClient client = login(context, "ann")) {
			ZinxTemplate template = context.getBean(ZinxTemplate.class);
			long connId = connection(context, "ann").connId();
			assertThat(template.send(connId, 30, new Notice("dinner"))).isEqualTo(SendResult.ACCEPTED);
			assertThat(client.receive()).hasToString("message 30 \"{\"text\":\"dinner\"}\"");
			assertThat(template.send(connId + 1, 30, new Notice("dinner"))).isEqualTo(SendResult.CLOSED);
		}
	}

	@Test
	void textAndBytesAreSentAsTheyAre() {
		try (ConfigurableApplicationContext context = ZinxApplication.run(Rooms.class);
				SocketClient client = login(context, "ann")) {
			ZinxTemplate template = context.getBean(ZinxTemplate.class);
			byte[] bytes = "grüße".getBytes(StandardCharsets.UTF_8);
			ByteBuf buffer = Unpooled.copiedBuffer(bytes);
			for (Object payload : List.of("grüße", bytes, ByteBuffer.wrap(bytes), buffer, new BytesBody(bytes))) {
				template.sendToKey("ann", 30, payload);
				assertThat(client.receive()).hasToString("message 30 \"grüße\"");
			}
			assertThat(buffer.refCnt()).isZero();
		}
	}

	@Test
	void aBufferForNobodyIsReleased() {
		try (ConfigurableApplicationContext context = ZinxApplication.run(Rooms.class)) {
			ZinxTemplate template = context.getBean(ZinxTemplate.class);
			ByteBuf buffer = Unpooled.copiedBuffer("x", StandardCharsets.UTF_8);
			assertThat(template.send(7, 30, buffer.retain())).isEqualTo(SendResult.CLOSED);
			assertThat(template.sendToKey("nobody", 30, buffer.retain()).total()).isZero();
			assertThat(template.sendAsync(7, 30, buffer.retain())).isCompletedExceptionally();
			assertThatIllegalArgumentException().isThrownBy(() -> template.send(7, -1, buffer.retain()));
			assertThatIllegalArgumentException().isThrownBy(() -> template.sendToAll(-1, buffer.retain()));
			assertThat(buffer.refCnt()).isOne();
			buffer.release();
		}
	}

	@Test
	void sendsToAllDevicesOfAUser() {
		try (ConfigurableApplicationContext context = ZinxApplication.run(Rooms.class);
				SocketClient phone = login(context, "ann");
				SocketClient tablet = login(context, "ann");
				SocketClient other = login(context, "bob")) {
			BroadcastResult result = context.getBean(ZinxTemplate.class).sendToKey("ann", 30, new Notice("hi"));
			assertThat(result.reached()).isEqualTo(2);
			assertThat(result.total()).isEqualTo(2);
			assertThat(phone.receive().text()).isEqualTo("{\"text\":\"hi\"}");
			assertThat(tablet.receive().text()).isEqualTo("{\"text\":\"hi\"}");
			assertThat(other.send(1, "still bob").receive().text()).isEqualTo("welcome still bob");
		}
	}

	@Test
	void writesOnceForAllOfAGroup() {
		try (ConfigurableApplicationContext context = ZinxApplication.run(List.of(Rooms.class, Counting.class));
				SocketClient ann = login(context, "ann");
				SocketClient bob = login(context, "bob")) {
			ZinxTemplate template = context.getBean(ZinxTemplate.class);
			ConnManager connections = context.getBean(ConnManager.class);
			connections.group("lobby").join(connection(context, "ann"));
			connections.group("lobby").join(connection(context, "bob"));
			assertThat(template.sendToGroup("lobby", 31, new Notice("a")).reached()).isEqualTo(2);
			assertThat(template.sendToAll(32, new Notice("b")).reached()).isEqualTo(2);
			assertThat(template.send(connections.group("lobby").except(connection(context, "ann")), 33, new Notice("c"))
				.reached()).isOne();
			assertThat(template.sendToGroup("nowhere", 34, new Notice("d")).total()).isZero();
			assertThat(ann.receive()).hasToString("message 31 \"counted\"");
			assertThat(ann.receive()).hasToString("message 32 \"counted\"");
			assertThat(bob.receive()).hasToString("message 31 \"counted\"");
			assertThat(bob.receive()).hasToString("message 32 \"counted\"");
			assertThat(bob.receive()).hasToString("message 33 \"counted\"");
			Counting counting = context.getBean(Counting.class);
			assertThat(counting.written).hasValue(4);
			assertThat(counting.prepared).hasValue(1);
		}
	}

	@Test
	void aSendCanBeWaitedFor() {
		try (ConfigurableApplicationContext context = ZinxApplication.run(Rooms.class);
				SocketClient client = login(context, "ann")) {
			ZinxTemplate template = context.getBean(ZinxTemplate.class);
			Connection connection = connection(context, "ann");
			template.sendAsync(connection.connId(), 30, new Notice("hi")).toCompletableFuture().join();
			assertThat(client.receive().text()).isEqualTo("{\"text\":\"hi\"}");
			connection.close(CloseReason.KICKED);
			client.awaitClose();
			assertFails(template.sendAsync(connection, 30, "late"));
			assertFails(template.sendAsync(999, 30, "nobody"));
		}
	}

	private static void assertFails(CompletionStage<?> stage) {
		assertThatThrownBy(() -> stage.toCompletableFuture().join()).isInstanceOf(CompletionException.class)
			.cause()
			.isInstanceOfSatisfying(SendFailedException.class,
					(ex) -> assertThat(ex.result()).isEqualTo(SendResult.CLOSED));
	}

	@Test
	void theFormatIsThatOfTheApplicationOrOfTheTemplate() {
		try (ConfigurableApplicationContext context = ZinxApplication.run(Rooms.class, "zinx.payload=string");
				SocketClient client = login(context, "ann")) {
			ZinxTemplate template = context.getBean(ZinxTemplate.class);
			template.sendToAll(30, 42);
			assertThat(client.receive().text()).isEqualTo("42");
			template.withFormat(PayloadFormat.JSON).sendToAll(30, new Notice("hi"));
			assertThat(client.receive().text()).isEqualTo("{\"text\":\"hi\"}");
			template.withFormat(PayloadFormat.JSON).sendToAll(30, List.of(new Notice("a"), new Notice("b")));
			assertThat(client.receive().text()).isEqualTo("[{\"text\":\"a\"},{\"text\":\"b\"}]");
		}
	}

	@Test
	void whatCannotBeWrittenIsTheCallersFault() {
		try (ConfigurableApplicationContext context = ZinxApplication.run(Rooms.class, "zinx.payload=bytes")) {
			ZinxTemplate template = context.getBean(ZinxTemplate.class);
			assertThatIllegalArgumentException().isThrownBy(() -> template.sendToAll(30, 42))
				.withMessage("payload: a java.lang.Integer cannot be written to the body of a message: "
						+ "its format is bytes");
			assertThatIllegalArgumentException().isThrownBy(() -> template.send(1, 30, 42));
			assertThatIllegalArgumentException()
				.isThrownBy(() -> template.withFormat(PayloadFormat.PROTOBUF).sendToAll(30, 42))
				.withMessageEndingWith("it is not a Protobuf message");
			assertThatIllegalArgumentException()
				.isThrownBy(() -> template.withFormat(PayloadFormat.JSON)
					.sendToAll(30, CompletableFuture.completedFuture("late")))
				.withMessageEndingWith("java.util.concurrent.CompletableFuture comes later");
			assertThatIllegalArgumentException()
				.isThrownBy(() -> template.withFormat(PayloadFormat.JSON).sendToAll(30, new Broken()))
				.havingCause()
				.withStackTraceContaining("broken");
		}
	}

	@Test
	void nobodyIsThereWhenTheServerHasStopped() {
		ConfigurableApplicationContext context = ZinxApplication.run(Rooms.class);
		ZinxTemplate template = context.getBean(ZinxTemplate.class);
		context.close();
		assertThat(template.sendToAll(30, "x").total()).isZero();
		assertThat(template.send(1, 30, "x")).isEqualTo(SendResult.CLOSED);
	}

	private static SocketClient login(ConfigurableApplicationContext context, String user) {
		SocketClient client = ZinxApplication.connect(context);
		assertThat(client.send(1, user).receive().text()).isEqualTo("welcome " + user);
		return client;
	}

	private static Connection connection(ConfigurableApplicationContext context, String user) {
		return context.getBean(ConnManager.class).allByKey(user).get(0);
	}

	record Notice(String text) {

	}

	static class Broken {

		public String getText() {
			throw new IllegalStateException("broken");
		}

	}

	@SuppressWarnings("ArrayRecordComponent")
	record BytesBody(byte[] bytes) implements Body {

		@Override
		public int bodyLength() {
			return this.bytes.length;
		}

		@Override
		public void writeBody(ByteBuf out) {
			out.writeBytes(this.bytes);
		}

	}

	static class Rooms {

		@ZinxRouter(msgId = 1)
		String login(Connection connection, String user) {
			connection.bind(user, DuplicateLogin.ALLOW);
			return "welcome " + user;
		}

		@ZinxRouter(msgId = 2)
		String whoAmI(@ConnKey String user) {
			return user;
		}

	}

	static class Counting implements PayloadConverter {

		final AtomicInteger prepared = new AtomicInteger();

		final AtomicInteger written = new AtomicInteger();

		@Override
		public PayloadFormat format() {
			return PayloadFormat.JSON;
		}

		@Override
		public Reader reader(ResolvableType type) {
			throw new IllegalArgumentException("writes only");
		}

		@Override
		public Writer writer(ResolvableType type) {
			this.prepared.incrementAndGet();
			return (value) -> {
				this.written.incrementAndGet();
				return "counted".getBytes(StandardCharsets.UTF_8);
			};
		}

	}

}

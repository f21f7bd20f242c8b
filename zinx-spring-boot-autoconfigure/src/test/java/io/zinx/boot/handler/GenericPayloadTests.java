package io.zinx.boot.handler;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.zinx.boot.messaging.ZinxTemplate;
import io.zinx.boot.routing.ZinxRouter;
import io.zinx.boot.testing.ZinxApplication;
import io.zinx.cluster.PushTarget;
import io.zinx.connection.Connection;
import io.zinx.testing.SocketClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.ParameterizedTypeReference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class GenericPayloadTests {

	private static final String LIST = "[{\"type\":\"circle\",\"radius\":2}]";

	private static final String PAGE = "{\"content\":" + LIST + ",\"number\":7}";

	private static final ParameterizedTypeReference<List<Shape>> SHAPES = new ParameterizedTypeReference<>() {
	};

	private static ConfigurableApplicationContext context;

	@BeforeAll
	static void start() {
		context = ZinxApplication.run(Drawings.class);
	}

	@AfterAll
	static void stop() {
		context.close();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 4, 5, 6 })
	void aResultIsWrittenAsTheTypeThatIsDeclared(int msgId) {
		try (SocketClient client = ZinxApplication.connect(context)) {
			assertThat(client.send(msgId, "").receive().text()).isEqualTo(PAGE);
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 11, 12, 13 })
	void elementsAreWrittenAsTheTypeThatIsDeclared(int msgId) {
		try (SocketClient client = ZinxApplication.connect(context)) {
			assertThat(client.send(msgId, "").receive().text()).isEqualTo(LIST);
		}
	}

	@Test
	void aGenericParameterIsReadAsTheTypeThatIsDeclared() {
		try (SocketClient client = ZinxApplication.connect(context)) {
			assertThat(client.send(21, LIST).receive().text()).isEqualTo("[Circle[radius=2]]");
			assertThat(client.send(22, "{\"content\":" + LIST + "}").receive().text()).isEqualTo("[Circle[radius=2]]");
		}
	}

	@Test
	void whatIsSentIsWrittenAsTheTypeThatIsGiven() {
		ZinxTemplate template = context.getBean(ZinxTemplate.class);
		ZinxTemplate shapes = template.withType(SHAPES);
		List<Shape> payload = List.of(new Circle(2));
		try (SocketClient client = ZinxApplication.connect(context)) {
			client.send(30, "").receive();
			template.sendToKey("ann", 1, payload);
			assertThat(client.receive().text()).as("without a type").isEqualTo("[{\"radius\":2}]");
			shapes.sendToKey("ann", 1, payload);
			assertThat(client.receive().text()).isEqualTo(LIST);
			shapes.withFormat(PayloadFormat.JSON).sendToKey("ann", 1, payload);
			assertThat(client.receive().text()).isEqualTo(LIST);
			shapes.cluster().send(PushTarget.key("ann"), 1, payload);
			assertThat(client.receive().text()).isEqualTo(LIST);
			shapes.sendToKey("ann", 1, "text");
			assertThat(client.receive().text()).isEqualTo("text");
			assertThatIllegalArgumentException().isThrownBy(() -> shapes.sendToKey("ann", 1, new Circle(2)))
				.withMessageContaining("it is not a java.util.List<");
		}
	}

	@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
	@JsonSubTypes(@JsonSubTypes.Type(Circle.class))
	interface Shape {

	}

	@JsonTypeName("circle")
	record Circle(int radius) implements Shape {

	}

	interface Page<T> {

		List<T> getContent();

	}

	/**
	 * Has more than the type that is declared.
	 *
	 * @param <E> the type of its elements, which is not called as in its interface
	 */
	public static class NumberedPage<E> implements Page<E> {

		private final List<E> content;

		NumberedPage(List<E> content) {
			this.content = content;
		}

		@Override
		public List<E> getContent() {
			return this.content;
		}

		public int getNumber() {
			return 7;
		}

	}

	static class ShapePage extends NumberedPage<Shape> {

		ShapePage() {
			super(List.of(new Circle(2)));
		}

	}

	record Content<T>(List<T> content) {

	}

	static class Drawings {

		private final Page<Shape> page = new NumberedPage<>(List.of(new Circle(2)));

		@ZinxRouter(msgId = 1)
		Page<Shape> page() {
			return this.page;
		}

		@ZinxRouter(msgId = 2)
		Optional<Page<Shape>> optional() {
			return Optional.of(this.page);
		}

		@ZinxRouter(msgId = 3)
		CompletionStage<Page<? extends Shape>> later() {
			return CompletableFuture.completedFuture(this.page);
		}

		@ZinxRouter(msgId = 4)
		Mono<Optional<Page<Shape>>> mono() {
			return Mono.just(Optional.of(this.page));
		}

		@ZinxRouter(msgId = 5)
		Page<Shape> ofASubtype() {
			return new ShapePage();
		}

		@ZinxRouter(msgId = 6)
		Outgoing outgoing() {
			return Outgoing.reply(this.page).withType(new ParameterizedTypeReference<Page<Shape>>() {
			});
		}

		@ZinxRouter(msgId = 11)
		List<Shape> list() {
			return List.of(new Circle(2));
		}

		@ZinxRouter(msgId = 12)
		Stream<Shape> stream() {
			return Stream.of(new Circle(2));
		}

		@ZinxRouter(msgId = 13)
		Outgoing outgoingList() {
			return Outgoing.reply(List.of(new Circle(2))).withType(SHAPES);
		}

		@ZinxRouter(msgId = 21)
		String read(List<Shape> shapes) {
			return shapes.toString();
		}

		@ZinxRouter(msgId = 22)
		String readContent(Content<Shape> shapes) {
			return shapes.content().toString();
		}

		@ZinxRouter(msgId = 30)
		String login(Connection connection) {
			connection.bind("ann");
			return "";
		}

	}

}

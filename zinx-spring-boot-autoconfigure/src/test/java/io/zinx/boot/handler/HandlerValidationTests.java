package io.zinx.boot.handler;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

import io.zinx.boot.handler.invoke.HandlerMethods;
import io.zinx.boot.payload.PayloadFormats;
import io.zinx.boot.payload.json.JsonPayloadConverter;
import io.zinx.boot.routing.ZinxRouter;
import io.zinx.boot.testing.ZinxApplication;
import io.zinx.connection.Connection;
import io.zinx.testing.SocketClient;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.ReflectionUtils;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;
import org.springframework.validation.Validator;
import org.springframework.validation.annotation.Validated;
import org.springframework.validation.beanvalidation.LocalValidatorFactoryBean;
import org.springframework.validation.beanvalidation.MethodValidationAdapter;
import org.springframework.validation.method.MethodValidationException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@ExtendWith(OutputCaptureExtension.class)
class HandlerValidationTests {

	private static final String ITEMS = "[{\"name\":\"tea\"},{\"name\":\" \"}]";

	private static final String GOOD_ITEMS = "[{\"name\":\"tea\"}]";

	private static ConfigurableApplicationContext context;

	@BeforeAll
	static void start() {
		context = ZinxApplication.run(List.of(Shop.class, Grouped.class, Proxied.class, Problems.class));
	}

	@AfterAll
	static void stop() {
		context.close();
	}

	@Test
	void elementsOfContainersAreValidated() {
		try (SocketClient client = ZinxApplication.connect(context)) {
			for (long msgId = 1; msgId <= 4; msgId++) {
				assertThat(client.send(msgId, ITEMS).receive().text()).as("message %s", msgId)
					.isEqualTo("invalid items [[1].name]");
				assertThat(client.send(msgId, GOOD_ITEMS).receive().text()).as("message %s", msgId).isEqualTo("1");
			}
			assertThat(client.send(5, "{\"a\":{\"name\":\"\"}}").receive().text())
				.isEqualTo("invalid items [[a].name]");
			assertThat(client.send(5, "{\"a\":{\"name\":\"tea\"}}").receive().text()).isEqualTo("1");
			assertThat(client.send(6, "[\"tea\",\"\"]").receive().text()).isEqualTo("invalid names [[1]]");
			assertThat(client.send(7, "[{\"name\":\"\"}]").receive().text()).isEqualTo("invalid items [[].name]");
		}
	}

	@Test
	void constraintsOnTheParameterItselfAreValidated() {
		try (SocketClient client = ZinxApplication.connect(context)) {
			assertThat(client.send(10, "tea!").receive().text())
				.startsWith("invalid text [text]: Body of message 10 (4 bytes)")
				.endsWith("is invalid: text size must be between 0 and 3");
			assertThat(client.send(10, "  ").receive().text()).contains("text must not be blank");
			assertThat(client.send(10, "tea").receive().text()).isEqualTo("tea");
			assertThat(client.send(11, "-1").receive().text()).startsWith("invalid count [count]");
			assertThat(client.send(11, "1").receive().text()).isEqualTo("1");
		}
	}

	@Test
	void whatIsInAnOptionalIsValidatedIfItIsThere() {
		try (SocketClient client = ZinxApplication.connect(context)) {
			for (long msgId : List.of(12L, 13L)) {
				assertThat(client.send(msgId, "{\"name\":\"\"}").receive().text()).as("message %s", msgId)
					.isEqualTo("invalid item [name]");
				assertThat(client.send(msgId, "").receive().text()).isEqualTo("Optional.empty");
			}
			assertThat(client.send(14, "a").receive().text()).startsWith("invalid text [text]");
			assertThat(client.send(14, "").receive().text()).isEqualTo("Optional.empty");
		}
	}

	@Test
	void propertiesOfTheConnectionAreValidatedToo(CapturedOutput output) {
		try (SocketClient client = ZinxApplication.connect(context)) {
			assertThat(client.send(20, "9").send(21, "").receive().msgId()).isEqualTo(20);
			assertThat(client.receive().text()).isEqualTo(
					"Cannot resolve parameter 'level' of the handler method: Its value is invalid: level must be less "
							+ "than or equal to 5");
			assertThat(client.send(22, "").receive().text()).endsWith("item.name must not be blank");
			assertThat(client.send(20, "5").send(21, "").receive().msgId()).isEqualTo(20);
			assertThat(client.receive().text()).isEqualTo("5");
			assertThat(output).doesNotContain("ERROR");
		}
	}

	@Test
	void resultsAreValidated() {
		try (SocketClient client = ZinxApplication.connect(context)) {
			assertThat(client.send(30, "").receive().text())
				.isEqualTo("error: The result of result is invalid: result must not be blank");
			assertThat(client.send(30, "tea").receive().text()).isEqualTo("tea");
			assertThat(client.send(31, "").receive().text())
				.isEqualTo("error: The result of newItem is invalid: result.name must not be blank");
			assertThat(client.send(31, "tea").receive().text()).isEqualTo("{\"name\":\"tea\"}");
			assertThat(client.send(32, "").receive().text()).contains("[0].name must not be blank");
			assertThat(client.send(33, "").receive().text()).contains("name must not be blank");
		}
	}

	@Test
	void groupsOfTheMethodOrTheClassCount() {
		try (SocketClient client = ZinxApplication.connect(context)) {
			assertThat(client.send(40, "{\"name\":\"\",\"count\":9}").receive().text()).isEqualTo("ok");
			assertThat(client.send(40, "{\"name\":\"\",\"count\":10}").receive().text())
				.isEqualTo("invalid order [count]");
			assertThat(client.send(41, "[{\"name\":\"\",\"count\":10}]").receive().text())
				.isEqualTo("invalid orders [[0].count]");
			assertThat(client.send(42, "10").receive().text()).startsWith("invalid count [count]");
		}
	}

	@Test
	void aBeanThatSpringValidatesByItsProxyHasInvalidPayloadsToo() {
		try (SocketClient client = ZinxApplication.connect(context)) {
			assertThat(client.send(50, " ").receive().text()).startsWith("invalid text [text]");
			assertThat(client.send(50, "tea").receive().text()).isEqualTo("tea");
		}
	}

	@Test
	void whatCannotBeValidatedStopsTheStart() {
		Map<String, String> problems = Map.of("noText", "has constraints that cannot be validated: HV000030",
				"optional", "Optional<@NotBlank String>", "ofClass", "static methods are never validated", "stage",
				"it comes later", "mono", "it comes later", "outgoing", "it is an Outgoing", "validated",
				"Annotate the parameter with @Valid", "listInOptional", "Optional<List<@Valid Item>>");
		HandlerMethods handlers = handlers(true);
		assertThat(methods(Wrong.class)).extracting(Method::getName)
			.containsExactlyInAnyOrderElementsOf(problems.keySet());
		for (Method method : methods(Wrong.class)) {
			assertThatExceptionOfType(InvalidHandlerMethodException.class).as(method.getName())
				.isThrownBy(() -> handlers.router(new Wrong(), method, ZinxRouter.NONE, PayloadFormat.DEFAULT))
				.withMessageContainingAll("Wrong." + method.getName(), problems.get(method.getName()));
		}
	}

	@Test
	void aClassOfWrongConstraintsStopsTheStart() {
		HandlerMethods handlers = handlers(true);
		for (Object bean : List.of(new NotNothing(), new InStage())) {
			Method method = methods(bean.getClass()).get(0);
			assertThatExceptionOfType(InvalidHandlerMethodException.class).as(method.toString())
				.isThrownBy(() -> handlers.router(bean, method, ZinxRouter.NONE, PayloadFormat.DEFAULT))
				.withMessageContaining("cannot be validated: HV");
		}
	}

	@Test
	void constraintsThatNobodyValidatesStopTheStart() {
		HandlerMethods handlers = handlers(false);
		for (Method method : methods(Unvalidated.class)) {
			assertThatExceptionOfType(InvalidHandlerMethodException.class).as(method.getName())
				.isThrownBy(() -> handlers.router(new Unvalidated(), method, ZinxRouter.NONE, PayloadFormat.DEFAULT))
				.withMessageContainingAll("must be validated, but there is no validator",
						"spring-boot-starter-validation");
		}
	}

	@Test
	void validOnATextIsNamed(CapturedOutput output) {
		Method method = ReflectionUtils.getUniqueDeclaredMethods(Useless.class,
				(each) -> each.getName().equals("text"))[0];
		handlers(true).router(new Useless(), method, ZinxRouter.NONE, PayloadFormat.DEFAULT);
		assertThat(output).contains("Parameter 'text' of ",
				"annotated with @Valid, which has no effect on a " + "java.lang.String");
	}

	private static HandlerMethods handlers(boolean validating) {
		DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
		beans.registerSingleton("json", JsonMapper.shared());
		beans.registerSingleton("converter", new JsonPayloadConverter(beans.getBeanProvider(JsonMapper.class)));
		if (validating) {
			LocalValidatorFactoryBean validator = new LocalValidatorFactoryBean();
			validator.afterPropertiesSet();
			beans.registerSingleton("validator", validator);
			beans.registerSingleton(HandlerMethods.METHOD_VALIDATOR,
					new MethodValidationAdapter((jakarta.validation.Validator) validator));
		}
		PayloadFormats formats = new PayloadFormats(PayloadFormat.JSON, beans.getBeanProvider(PayloadConverter.class),
				beans);
		return new HandlerMethods(formats, beans.getBeanProvider(Validator.class), beans);
	}

	private static List<Method> methods(Class<?> type) {
		return Stream.of(type.getDeclaredMethods()).filter((method) -> !method.isSynthetic()).toList();
	}

	record Item(@NotBlank String name) {

	}

	interface Large {

	}

	record Order(@NotBlank String name, @Max(value = 9, groups = Large.class) int count) {

	}

	interface Catalogue {

		@ZinxRouter(msgId = 4)
		int inherited(List<@Valid Item> items);

	}

	static class Shop implements Catalogue {

		@ZinxRouter(msgId = 1)
		int list(@Valid List<Item> items) {
			return items.size();
		}

		@ZinxRouter(msgId = 2)
		int array(@Valid Item[] items) {
			return items.length;
		}

		@ZinxRouter(msgId = 3)
		@SuppressWarnings("UnusedMethod")
		private int elements(List<@Valid Item> items) {
			return items.size();
		}

		@Override
		public int inherited(List<Item> items) {
			return items.size();
		}

		@ZinxRouter(msgId = 5)
		int map(@Valid Map<String, Item> items) {
			return items.size();
		}

		@ZinxRouter(msgId = 6)
		int names(List<@NotBlank String> names) {
			return names.size();
		}

		@ZinxRouter(msgId = 7)
		int set(@Valid Set<Item> items) {
			return items.size();
		}

		@ZinxRouter(msgId = 10)
		String text(@NotBlank @Size(max = 3) String text) {
			return text;
		}

		@ZinxRouter(msgId = 11)
		int count(Connection connection, @MsgId long msgId, @Positive int count) {
			return count;
		}

		@ZinxRouter(msgId = 12)
		String optional(@Valid Optional<Item> item) {
			return item.toString();
		}

		@ZinxRouter(msgId = 13)
		String element(Optional<@Valid Item> item) {
			return item.toString();
		}

		@ZinxRouter(msgId = 14)
		String shortText(Optional<@Size(min = 2) String> text) {
			return text.toString();
		}

		@ZinxRouter(msgId = 20)
		String login(Connection connection, int level) {
			connection.setProperty("level", level);
			connection.setProperty("item", new Item(""));
			return "welcome";
		}

		@ZinxRouter(msgId = 21)
		int level(@ConnProperty @Max(5) int level) {
			return level;
		}

		@ZinxRouter(msgId = 22)
		Item item(@ConnProperty @Valid Item item) {
			return item;
		}

		@ZinxRouter(msgId = 30)
		@NotBlank
		String result(String text) {
			return text;
		}

		@ZinxRouter(msgId = 31)
		@Valid
		Item newItem(String name) {
			return new Item(name);
		}

		@ZinxRouter(msgId = 32)
		List<@Valid Item> newItems(String name) {
			return List.of(new Item(name));
		}

		@ZinxRouter(msgId = 33)
		@Valid
		Optional<Item> maybeItem(String name) {
			return Optional.of(new Item(name));
		}

	}

	static class Grouped {

		@ZinxRouter(msgId = 40)
		@Validated(Large.class)
		String order(@Valid Order order) {
			return "ok";
		}

		@ZinxRouter(msgId = 41)
		@Validated(Large.class)
		String orders(@Valid List<Order> orders) {
			return "ok";
		}

		@ZinxRouter(msgId = 42)
		@Validated(Large.class)
		String count(@Max(value = 9, groups = Large.class) @Min(100) int count) {
			return "ok";
		}

	}

	@Validated
	static class Proxied {

		@ZinxRouter(msgId = 50)
		String text(@NotBlank String text) {
			return text;
		}

	}

	@ZinxAdvice
	static class Problems {

		@ZinxExceptionHandler
		String onInvalid(InvalidPayloadException ex) {
			ObjectError first = ex.errors().getAllErrors().get(0);
			boolean isField = first instanceof FieldError;
			return "invalid " + first.getObjectName() + " ["
					+ (isField ? ((FieldError) first).getField() : first.getObjectName()) + "]"
					+ (isField ? "" : ": " + ex.getMessage());
		}

		@ZinxExceptionHandler
		String onArgument(HandlerArgumentException ex) {
			return String.valueOf(ex.getMessage());
		}

		@ZinxExceptionHandler
		String onResult(MethodValidationException ex) {
			return "error: " + ex.getMessage();
		}

	}

	static class Wrong {

		void noText(@NotBlank int number) {
		}

		void optional(@NotBlank Optional<String> text) {
		}

		static void ofClass(@NotBlank String text) {
		}

		@Valid
		CompletionStage<Item> stage() {
			return CompletableFuture.completedStage(new Item(""));
		}

		@Valid
		Mono<Item> mono() {
			return Mono.empty();
		}

		@Valid
		Outgoing outgoing() {
			return Outgoing.reply("");
		}

		void validated(@Validated List<Item> items) {
		}

		void listInOptional(@Valid Optional<List<Item>> items) {
		}

	}

	static class NotNothing {

		@NotNull
		@SuppressWarnings("NullableVoid")
		void nothing() {
		}

	}

	static class InStage {

		void other(@NotBlank String text) {
		}

		CompletionStage<@Valid Item> later() {
			return CompletableFuture.completedStage(new Item(""));
		}

	}

	static class Unvalidated {

		void list(@Valid List<Item> items) {
		}

		void elements(List<@Valid Item> items) {
		}

		void text(@NotBlank String text) {
		}

		void property(@ConnProperty("item") @Valid Item item) {
		}

		@NotBlank
		String result() {
			return "";
		}

	}

	static class Useless {

		void text(@Valid String text) {
		}

	}

}

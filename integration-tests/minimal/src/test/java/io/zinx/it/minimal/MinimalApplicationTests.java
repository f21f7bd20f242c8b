package io.zinx.it.minimal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.zinx.boot.handler.PayloadFormat;
import io.zinx.boot.routing.ZinxRouter;
import io.zinx.server.ZinxServer;
import io.zinx.testing.ChildJvm;
import io.zinx.testing.SocketClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.ClassUtils;
import org.springframework.validation.annotation.Validated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

class MinimalApplicationTests {

	@Test
	void nothingOptionalIsThere() {
		for (String name : new String[] { "io.micrometer.core.instrument.MeterRegistry",
				"org.springframework.boot.actuate.endpoint.annotation.Endpoint",
				"org.springframework.boot.health.contributor.HealthIndicator", "jakarta.servlet.Servlet",
				"org.springframework.web.context.WebApplicationContext", "io.netty.channel.epoll.Epoll",
				"tools.jackson.core.JsonParser", "reactor.core.publisher.Mono", "jakarta.validation.Valid" }) {
			assertThat(ClassUtils.isPresent(name, null)).as(name).isFalse();
		}
		assertThat(SpringBootVersion.getVersion()).startsWith("4.1.");
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void zinxJsonIsRefusedWithTheNameOfWhatCanReadIt(CapturedOutput output) throws IOException {
		Path file = Files.writeString(Path.of("target", "zinx.json"), "{}");
		assertThatException()
			.isThrownBy(() -> SpringApplication.run(MinimalApplication.class, "--zinx.config-file=" + file).close());
		assertThat(output).contains("APPLICATION FAILED TO START", "'" + file + "'",
				"Add the dependency tools.jackson.core:jackson-core");
	}

	@Test
	void handlerMethodsTakeTextAndBytesWithoutJackson() {
		try (ConfigurableApplicationContext context = run(PlainHandlers.class);
				SocketClient client = SocketClient.connect(context.getBean(ZinxServer.class).port())) {
			assertThat(client.send(2, "a").receive().text()).isEqualTo("text a");
			assertThat(client.send(3, "41").receive().text()).isEqualTo("42");
			assertThat(client.send(4, "b").receive().text()).isEqualTo("later b");
		}
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void handlerMethodsThatNeedWhatIsNotThereAreRefusedWithItsName(CapturedOutput output) {
		assertThatException().isThrownBy(() -> run(JsonHandler.class).close());
		assertThat(output).contains("APPLICATION FAILED TO START", "JsonHandler.onMessage", "'numbers'",
				"there is no converter for that format on the class path",
				"Add the dependency org.springframework.boot:spring-boot-starter-jackson");
		assertThatException().isThrownBy(() -> run(ValidatedHandler.class).close());
		assertThat(output).contains("ValidatedHandler.onMessage", "'text'", "there is no validator",
				"Add the dependency org.springframework.boot:spring-boot-starter-validation");
	}

	private static ConfigurableApplicationContext run(Class<?> handlers) {
		return new SpringApplication(MinimalApplication.class, handlers).run("--zinx.port=0");
	}

	@Test
	void startsAnswersAndStops() {
		ConfigurableApplicationContext context = SpringApplication.run(MinimalApplication.class, "--zinx.port=0");
		int port = context.getBean(ZinxServer.class).port();
		assertThat(context.getEnvironment().getProperty("local.zinx.server.port", Integer.class)).isEqualTo(port);
		assertThat(context.getBean(ZinxServer.class).transportKind()).isEqualTo("nio");
		try (SocketClient client = SocketClient.connect(port)) {
			assertThat(client.send(1, "hello").receive().text()).isEqualTo("hello");
			context.close();
			client.awaitClose();
		}
		finally {
			context.close();
		}
	}

	/**
	 * Nothing but the server's threads keeps the process alive. It waits for lines of the
	 * log, which must be there whatever logging is configured on the class path.
	 */
	@Test
	void processStaysUntilItIsToldToEnd() throws Exception {
		Process process = ChildJvm
			.of(List.of(), MinimalApplication.class, "--zinx.port=0", "--logging.level.io.zinx=info")
			.redirectErrorStream(true)
			.start();
		try (BufferedReader output = new BufferedReader(
				new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
				SocketClient client = SocketClient.connect(port(process, output))) {
			assertThat(client.send(1, "hello").receive().text()).isEqualTo("hello");
			awaitLine(process, output, "Started MinimalApplication");
			assertThat(process.waitFor(500, TimeUnit.MILLISECONDS)).isFalse();
			process.toHandle().destroy();
			client.awaitClose();
			awaitLine(process, output, "Zinx server stopped");
			assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
		}
		finally {
			process.destroyForcibly();
		}
	}

	private static int port(Process process, BufferedReader output) throws Exception {
		Matcher matcher = Pattern.compile("started on .*:(\\d+) ")
			.matcher(awaitLine(process, output, "Zinx server started on"));
		assertThat(matcher.find()).isTrue();
		return Integer.parseInt(matcher.group(1));
	}

	private static String awaitLine(Process process, BufferedReader output, String text) throws Exception {
		Queue<String> seen = new ConcurrentLinkedQueue<>();
		CompletableFuture<String> found = CompletableFuture.supplyAsync(() -> findLine(output, text, seen));
		try {
			return found.get(30, TimeUnit.SECONDS);
		}
		catch (TimeoutException ex) {
			process.destroyForcibly();
			throw new AssertionError("No line with " + text + " in time in\n" + String.join("\n", seen), ex);
		}
	}

	private static String findLine(BufferedReader output, String text, Queue<String> seen) {
		Optional<String> found = output.lines().peek(seen::add).filter((line) -> line.contains(text)).findFirst();
		return found.orElseThrow(() -> new AssertionError("No line with " + text + " in\n" + String.join("\n", seen)));
	}

	static class PlainHandlers {

		@ZinxRouter(msgId = 2)
		String text(String text) {
			return "text " + text;
		}

		@ZinxRouter(msgId = 3, payload = PayloadFormat.STRING)
		int number(int number) {
			return number + 1;
		}

		@ZinxRouter(msgId = 4)
		CompletionStage<String> later(String text) {
			return CompletableFuture.supplyAsync(() -> "later " + text);
		}

	}

	static class JsonHandler {

		@ZinxRouter(msgId = 2)
		void onMessage(List<Integer> numbers) {
		}

	}

	static class ValidatedHandler {

		@ZinxRouter(msgId = 2)
		void onMessage(@Validated String text) {
		}

	}

}

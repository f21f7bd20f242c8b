package io.zinx.boot.handler;

import java.nio.file.Path;
import java.util.List;

import io.zinx.boot.messaging.ZinxTemplate;
import io.zinx.boot.routing.ZinxRouter;
import io.zinx.boot.testing.ZinxApplication;
import io.zinx.connection.Connection;
import io.zinx.testing.Guide;
import io.zinx.testing.SocketClient;
import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.stereotype.Component;
import org.springframework.stereotype.Service;

import static org.assertj.core.api.Assertions.assertThat;

class StartGuideTests {

	@Test
	void everyExampleOfTheGuideIsPartOfThisClass() {
		Path source = Path.of("src", "test", "java", "io", "zinx", "boot", "handler", "StartGuideTests.java");
		assertThat(Guide.examples("start.md")).hasSize(2).allMatch((example) -> Guide.contains(source, example));
	}

	@Test
	void theExamplesDoWhatTheGuideSays() {
		try (ConfigurableApplicationContext context = ZinxApplication.run(List.of(Logins.class, Greeter.class));
				SocketClient client = ZinxApplication.connect(context)) {
			assertThat(client.send(10, "{\"user\":\"ann\"}").receive())
				.hasToString("message 11 \"{\"text\":\"hello ann\"}\"");
			context.getBean(Greeter.class).greet("ann");
			assertThat(client.receive()).hasToString("message 30 \"{\"text\":\"good morning\"}\"");
		}
	}

	@SpringBootApplication
	static class LoginApplication {

		public static void main(String[] args) {
			SpringApplication.run(LoginApplication.class, args);
		}

	}

	@Component
	static class Logins {

		@ZinxRouter(msgId = 10, reply = 11)
		Welcome login(Login login, Connection connection) {
			connection.bind(login.user());
			return new Welcome("hello " + login.user());
		}

	}

	@Service
	static class Greeter {

		private final ZinxTemplate zinx;

		Greeter(ZinxTemplate zinx) {
			this.zinx = zinx;
		}

		void greet(String user) {
			this.zinx.sendToKey(user, 30, new Welcome("good morning"));
		}

	}

	record Login(String user) {

	}

	record Welcome(String text) {

	}

}

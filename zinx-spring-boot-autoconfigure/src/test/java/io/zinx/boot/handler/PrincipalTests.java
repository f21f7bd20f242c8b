package io.zinx.boot.handler;

import java.security.Principal;
import java.util.Optional;

import io.zinx.boot.routing.ZinxRouter;
import io.zinx.boot.testing.ZinxApplication;
import io.zinx.connection.Connection;
import io.zinx.testing.SocketClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class PrincipalTests {

	@Test
	void isTheKeyThatIsBound() {
		try (ConfigurableApplicationContext context = ZinxApplication.run(Users.class);
				SocketClient client = ZinxApplication.connect(context)) {
			assertThat(client.send(2, "").receive().text()).isEqualTo("nobody");
			client.send(1, "ann").receive();
			assertThat(client.send(2, "").receive().text()).isEqualTo("ann");
			assertThat(client.send(3, "hello").receive().text()).isEqualTo("ann says hello");
		}
	}

	@Test
	void isWhatTheApplicationHasSet() {
		try (ConfigurableApplicationContext context = ZinxApplication.run(Users.class);
				SocketClient client = ZinxApplication.connect(context)) {
			client.send(1, "ann").receive();
			client.send(4, "Ann Admin").receive();
			assertThat(client.send(3, "hello").receive().text()).isEqualTo("Ann Admin says hello");
			assertThat(client.send(5, "").receive().text()).isEqualTo("admin Ann Admin");
		}
	}

	@Test
	void whoIsMissingFailsTheMessageOnly(CapturedOutput output) {
		try (ConfigurableApplicationContext context = ZinxApplication.run(Users.class);
				SocketClient client = ZinxApplication.connect(context)) {
			assertThat(client.send(3, "hello").send(2, "").receive().text()).isEqualTo("nobody");
			assertThat(output)
				.contains("Cannot resolve parameter 'user' of the handler method: Connection 1 has no property "
						+ "'zinx.principal' and no key");
			client.send(1, "ann").receive();
			assertThat(client.send(5, "").send(2, "").receive().text()).isEqualTo("ann");
			assertThat(output).contains("Cannot resolve parameter 'admin' of the handler method");
			client.send(6, "").receive();
			assertThat(client.send(5, "").send(6, "").receive().text()).isEqualTo("set");
			assertThat(output).contains("Property 'zinx.principal' of connection 1 is not of type "
					+ "io.zinx.boot.handler.PrincipalTests$Admin, but of class java.lang.Integer");
		}
	}

	record Admin(String name) implements Principal {

		@Override
		public String getName() {
			return this.name;
		}

	}

	static class Users {

		@ZinxRouter(msgId = 1)
		String login(Connection connection, String user) {
			connection.bind(user);
			return "welcome";
		}

		@ZinxRouter(msgId = 2)
		String whoAmI(Optional<Principal> user) {
			return user.map(Principal::getName).orElse("nobody");
		}

		@ZinxRouter(msgId = 3)
		String say(Principal user, String text) {
			return user.getName() + " says " + text;
		}

		@ZinxRouter(msgId = 4)
		String admin(Connection connection, String name) {
			connection.setProperty(ConnPrincipal.PROPERTY, new Admin(name));
			return "welcome";
		}

		@ZinxRouter(msgId = 5)
		String onlyAdmins(Admin admin) {
			return "admin " + admin.name();
		}

		@ZinxRouter(msgId = 6)
		String wrong(Connection connection) {
			connection.setProperty(ConnPrincipal.PROPERTY, 42);
			return "set";
		}

	}

}

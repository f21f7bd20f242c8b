package io.zinx.it.starter;

import io.zinx.boot.routing.ZinxRouter;
import io.zinx.connection.Connection;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * An application with the two starters alone.
 */
@SpringBootApplication
public class NodeApplication {

	/**
	 * Run it.
	 * @param args properties
	 */
	public static void main(String[] args) {
		SpringApplication.run(NodeApplication.class, args);
	}

	/**
	 * Log in.
	 * @param connection the client
	 * @param user the user
	 * @return the reply
	 */
	@ZinxRouter(msgId = 1)
	public String login(Connection connection, String user) {
		connection.bind(user);
		return "welcome";
	}

}

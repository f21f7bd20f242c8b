package io.zinx.boot.test.app;

import io.zinx.boot.routing.ZinxRouter;
import io.zinx.connection.CloseReason;
import io.zinx.connection.ConnManager;
import io.zinx.connection.Connection;
import io.zinx.message.Message;

import org.springframework.stereotype.Component;

/**
 * Message 1 is an echo, 2 tells everybody, 3 throws the client out after a goodbye, 4
 * answers with three messages, 5 sends bytes without a frame.
 */
@Component
class Doors {

	private final ConnManager connections;

	Doors(ConnManager connections) {
		this.connections = connections;
	}

	@ZinxRouter(msgId = 1)
	byte[] echo(byte[] body) {
		return body;
	}

	@ZinxRouter(msgId = 2)
	void tell(byte[] body) {
		this.connections.broadcast(20, body);
	}

	@ZinxRouter(msgId = 3)
	void out(Connection connection) {
		connection.close(CloseReason.KICKED, new Message(30, new byte[] { 'b', 'y', 'e' }));
	}

	@ZinxRouter(msgId = 4)
	void three(Connection connection) {
		connection.send(41, "a");
		connection.send(42, "b");
		connection.send(43, "c");
	}

	@ZinxRouter(msgId = 5)
	void raw(Connection connection) {
		connection.sendRaw(new byte[] { 5, 6, 7 });
	}

}

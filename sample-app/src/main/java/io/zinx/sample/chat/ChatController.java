package io.zinx.sample.chat;

import java.util.List;
import java.util.concurrent.CompletionStage;

import io.zinx.boot.messaging.ZinxTemplate;
import io.zinx.cluster.ClusterUnavailableException;
import io.zinx.cluster.PushResult;
import io.zinx.cluster.PushState;
import io.zinx.cluster.ZinxCluster;
import io.zinx.connection.ConnManager;
import io.zinx.server.ZinxServer;
import jakarta.validation.Valid;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * The web interface of the chat.
 */
@RestController
class ChatController {

	private static final int PUSHED = 22;

	private final ConnManager connections;

	private final ZinxCluster cluster;

	private final ZinxTemplate template;

	private final ZinxServer server;

	ChatController(ConnManager connections, ZinxCluster cluster, ZinxTemplate template, ZinxServer server) {
		this.connections = connections;
		this.cluster = cluster;
		this.template = template;
		this.server = server;
	}

	/**
	 * The port to which the page connects.
	 */
	@GetMapping("/chat/server")
	Server server() {
		return new Server(this.server.port());
	}

	/**
	 * The rooms in which somebody of this node is.
	 */
	@GetMapping("/rooms")
	List<Room> rooms() {
		return this.connections.groups()
			.stream()
			.sorted()
			.map((name) -> Room.of(this.connections.group(name)))
			.filter((room) -> !room.users().isEmpty())
			.toList();
	}

	/**
	 * True if a user is connected to any node; 503 while Redis is away and the user is
	 * not connected to this one.
	 */
	@GetMapping("/online/{user}")
	CompletionStage<Boolean> isOnline(@PathVariable String user) {
		return this.cluster.isOnline(user);
	}

	/**
	 * 404 if the user is not connected to any node; 503 if only this node was reached,
	 * and the user is not connected to it.
	 */
	@PostMapping("/push/{user}")
	CompletionStage<ResponseEntity<Delivery>> push(@PathVariable String user, @RequestBody @Valid Push push) {
		return this.template.cluster()
			.sendToKey(user, PUSHED, push)
			.thenApply((result) -> ResponseEntity.status(status(result)).body(Delivery.of(user, result)));
	}

	private static HttpStatus status(PushResult result) {
		if (result.isSent() || result.local().reached() > 0) {
			return HttpStatus.OK;
		}
		return (result.state() == PushState.NO_RECEIVER) ? HttpStatus.NOT_FOUND : HttpStatus.SERVICE_UNAVAILABLE;
	}

	@ExceptionHandler
	@ResponseStatus(HttpStatus.SERVICE_UNAVAILABLE)
	Problem onUnavailable(ClusterUnavailableException ex) {
		return new Problem("" + ex.getMessage());
	}

}

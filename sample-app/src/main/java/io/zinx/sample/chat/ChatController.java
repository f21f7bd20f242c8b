package io.zinx.sample.chat;

import java.util.List;

import io.zinx.boot.messaging.ZinxTemplate;
import io.zinx.connection.BroadcastResult;
import io.zinx.connection.ConnManager;
import jakarta.validation.Valid;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * The web interface of the chat.
 */
@RestController
class ChatController {

	private static final int PUSHED = 22;

	private final ConnManager connections;

	private final ZinxTemplate template;

	ChatController(ConnManager connections, ZinxTemplate template) {
		this.connections = connections;
		this.template = template;
	}

	@GetMapping("/rooms")
	List<Room> rooms() {
		return this.connections.groups()
			.stream()
			.sorted()
			.map((name) -> Room.of(this.connections.group(name)))
			.filter((room) -> !room.users().isEmpty())
			.toList();
	}

	@PostMapping("/push/{user}")
	BroadcastResult push(@PathVariable String user, @RequestBody @Valid Push push) {
		BroadcastResult result = this.template.sendToKey(user, PUSHED, push);
		if (result.total() == 0) {
			throw new ResponseStatusException(HttpStatus.NOT_FOUND, user + " is not online");
		}
		return result;
	}

}

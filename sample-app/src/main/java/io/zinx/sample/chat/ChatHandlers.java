package io.zinx.sample.chat;

import java.util.concurrent.CompletionStage;

import io.zinx.boot.handler.ConnKey;
import io.zinx.boot.handler.HandlerArgumentException;
import io.zinx.boot.handler.InvalidPayloadException;
import io.zinx.boot.handler.Outgoing;
import io.zinx.boot.handler.PayloadException;
import io.zinx.boot.handler.ZinxExceptionHandler;
import io.zinx.boot.messaging.ZinxTemplate;
import io.zinx.boot.routing.ZinxRouter;
import io.zinx.cluster.ZinxCluster;
import io.zinx.connection.CloseReason;
import io.zinx.connection.ConnManager;
import io.zinx.connection.Connection;
import io.zinx.connection.ConnectionListener;
import io.zinx.connection.Group;
import io.zinx.session.DuplicateLogin;
import jakarta.validation.Valid;
import org.springframework.stereotype.Component;
import org.springframework.validation.FieldError;

/**
 * The requests of the chat's clients. The name of a user is the key of its connection, a
 * room is a group of connections: both end with the connection, so there is nothing to
 * keep or to clean up here. What is sent to a key or to a group reaches the other nodes
 * of a cluster, too.
 */
@Component
class ChatHandlers implements ConnectionListener {

	static final int LOGIN = 10;

	static final int JOIN = 11;

	static final int LEAVE = 12;

	static final int SAY = 13;

	static final int TELL = 14;

	static final int SAID = 20;

	static final int PRESENCE = 21;

	static final int TOLD = 23;

	static final int PROBLEM = 99;

	private final ConnManager connections;

	private final ZinxCluster cluster;

	private final ZinxTemplate template;

	ChatHandlers(ConnManager connections, ZinxCluster cluster, ZinxTemplate template) {
		this.connections = connections;
		this.cluster = cluster;
		this.template = template;
	}

	/**
	 * Log in, unless the name is taken on any node. Two users who take it on two nodes at
	 * the same moment both get it. While Redis is away, this node is asked only.
	 */
	@ZinxRouter(msgId = LOGIN)
	CompletionStage<Login> login(@Valid Login login, Connection connection) {
		if (!connection.keys().isEmpty()) {
			throw new ChatException("You are already logged in");
		}
		return this.cluster.isOnline(login.user()).exceptionally((away) -> false).thenApply((taken) -> {
			if (taken || !connection.bind(login.user(), DuplicateLogin.REJECT_NEW).isBound()) {
				throw new ChatException("The name " + login.user() + " is taken");
			}
			return login;
		});
	}

	@ZinxRouter(msgId = JOIN)
	Outgoing join(@Valid Place place, @ConnKey String user, Connection connection) {
		Group group = this.connections.group(place.room());
		boolean joined = group.join(connection);
		Outgoing reply = Outgoing.reply(Room.of(group));
		return joined ? reply.and(presence(place, user, "joined").exceptSender()) : reply;
	}

	@ZinxRouter(msgId = LEAVE)
	Outgoing leave(@Valid Place place, @ConnKey String user, Connection connection) {
		requireMember(place.room(), connection).leave(connection);
		return Outgoing.reply(place).and(presence(place, user, "left"));
	}

	private static Outgoing presence(Place place, String user, String event) {
		return Outgoing.toGroup(place.room(), new Presence(place.room(), user, event)).withMsgId(PRESENCE);
	}

	@ZinxRouter(msgId = SAY, reply = SAID)
	Outgoing say(@Valid Say say, @ConnKey String user, Connection connection) {
		requireMember(say.room(), connection);
		return Outgoing.toGroup(say.room(), new ChatMessage(say.room(), user, say.text()));
	}

	@ZinxRouter(msgId = TELL)
	CompletionStage<Delivery> tell(@Valid Tell tell, @ConnKey String user) {
		return this.template.cluster()
			.sendToKey(tell.to(), TOLD, new Told(user, tell.text()))
			.thenApply((result) -> Delivery.of(tell.to(), result));
	}

	private Group requireMember(String room, Connection connection) {
		Group group = this.connections.group(room);
		if (!group.contains(connection)) {
			throw new ChatException("You are not in room " + room + ": join it with message " + JOIN);
		}
		return group;
	}

	@Override
	public void onStop(Connection connection, CloseReason reason) {
		for (String user : connection.keys()) {
			for (String room : connection.groups()) {
				this.template.sendToGroup(room, PRESENCE, new Presence(room, user, "left"));
			}
		}
	}

	@ZinxExceptionHandler(reply = PROBLEM)
	Problem onWrong(ChatException ex) {
		return new Problem("" + ex.getMessage());
	}

	@ZinxExceptionHandler(reply = PROBLEM)
	Problem onInvalid(InvalidPayloadException ex) {
		FieldError error = ex.errors().getFieldErrors().get(0);
		return new Problem(error.getField() + " " + error.getDefaultMessage());
	}

	@ZinxExceptionHandler(reply = PROBLEM)
	Problem onUnreadable(PayloadException ex) {
		return new Problem("Message " + ex.msgId() + " does not accept this JSON");
	}

	@ZinxExceptionHandler(reply = PROBLEM)
	Problem onNotLoggedIn(HandlerArgumentException ex) {
		return new Problem("Log in first, with message " + LOGIN);
	}

}

package io.zinx.sample.chat;

import io.zinx.boot.handler.ConnKey;
import io.zinx.boot.handler.HandlerArgumentException;
import io.zinx.boot.handler.InvalidPayloadException;
import io.zinx.boot.handler.Outgoing;
import io.zinx.boot.handler.PayloadException;
import io.zinx.boot.handler.ZinxExceptionHandler;
import io.zinx.boot.messaging.ZinxTemplate;
import io.zinx.boot.routing.ZinxRouter;
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
 * keep or to clean up here.
 */
@Component
class ChatHandlers implements ConnectionListener {

	static final int LOGIN = 10;

	static final int JOIN = 11;

	static final int LEAVE = 12;

	static final int SAY = 13;

	static final int SAID = 20;

	static final int PRESENCE = 21;

	static final int PROBLEM = 99;

	private final ConnManager connections;

	private final ZinxTemplate template;

	ChatHandlers(ConnManager connections, ZinxTemplate template) {
		this.connections = connections;
		this.template = template;
	}

	@ZinxRouter(msgId = LOGIN)
	Login login(@Valid Login login, Connection connection) {
		if (!connection.keys().isEmpty()) {
			throw new ChatException("You are already logged in");
		}
		if (!connection.bind(login.user(), DuplicateLogin.REJECT_NEW).isBound()) {
			throw new ChatException("The name " + login.user() + " is taken");
		}
		return login;
	}

	@ZinxRouter(msgId = JOIN)
	Room join(@Valid Place place, @ConnKey String user, Connection connection) {
		Group group = this.connections.group(place.room());
		if (group.join(connection)) {
			this.template.send(group.except(connection), PRESENCE, new Presence(place.room(), user, "joined"));
		}
		return Room.of(group);
	}

	@ZinxRouter(msgId = LEAVE)
	Outgoing leave(@Valid Place place, @ConnKey String user, Connection connection) {
		requireMember(place.room(), connection).leave(connection);
		return Outgoing.reply(place)
			.and(Outgoing.toGroup(place.room(), new Presence(place.room(), user, "left")).withMsgId(PRESENCE));
	}

	@ZinxRouter(msgId = SAY, reply = SAID)
	Outgoing say(@Valid Say say, @ConnKey String user, Connection connection) {
		requireMember(say.room(), connection);
		return Outgoing.toGroup(say.room(), new ChatMessage(say.room(), user, say.text()));
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

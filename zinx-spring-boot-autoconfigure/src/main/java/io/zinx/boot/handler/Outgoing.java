package io.zinx.boot.handler;

import java.util.Objects;

import io.zinx.connection.ConnManager;
import io.zinx.connection.Recipients;
import io.zinx.message.Message;
import io.zinx.routing.Request;
import org.jspecify.annotations.Nullable;

/**
 * What a handler method returns to have it sent to others than the sender of the message:
 * to a group, to whom a key is bound, or to all; or to several of them.
 *
 * <pre class="code">
 * &#064;ZinxRouter(msgId = 20, reply = 21)
 * Outgoing say(&#064;ConnKey String user, String text) {
 *     return Outgoing.toGroup("lobby", user + ": " + text);
 * }</pre>
 *
 * The payload is written as a result of the method would be, once for all receivers. May
 * be used again, and by any thread, as the payload allows.
 */
public final class Outgoing {

	private final @Nullable Target target;

	private final long msgId;

	private final Object payload;

	private final boolean exceptSender;

	private final @Nullable Outgoing next;

	private Outgoing(@Nullable Target target, long msgId, Object payload, boolean exceptSender,
			@Nullable Outgoing next) {
		this.target = target;
		this.msgId = msgId;
		this.payload = Objects.requireNonNull(payload, "payload");
		this.exceptSender = exceptSender;
		this.next = next;
	}

	/**
	 * Send to all in a group, see {@link ConnManager#group(String)}.
	 * @param group its name
	 * @param payload what to send: text, bytes, or what the method's format can have
	 * @return to be returned by a handler method
	 */
	public static Outgoing toGroup(String group, Object payload) {
		Objects.requireNonNull(group, "group");
		return to((connections) -> connections.group(group), payload);
	}

	/**
	 * Send to whom a key is bound, see {@link ConnManager#holders(String)}: all
	 * connections of a user, for example.
	 * @param key the key
	 * @param payload as for {@link #toGroup}
	 * @return to be returned by a handler method
	 */
	public static Outgoing toKey(String key, Object payload) {
		Objects.requireNonNull(key, "key");
		return to((connections) -> connections.holders(key), payload);
	}

	/**
	 * Send to all connections of the server.
	 * @param payload as for {@link #toGroup}
	 * @return to be returned by a handler method
	 */
	public static Outgoing toAll(Object payload) {
		return to(ConnManager::all, payload);
	}

	private static Outgoing to(Target target, Object payload) {
		return new Outgoing(target, Reply.SAME, payload, false, null);
	}

	/**
	 * Reply to the sender: for what is sent {@linkplain #and to others, too}.
	 * @param payload as for {@link #toGroup}
	 * @return to be returned by a handler method
	 */
	public static Outgoing reply(Object payload) {
		return new Outgoing(null, Reply.SAME, payload, false, null);
	}

	/**
	 * The same with a message number of its own. Without one it is that of the method's
	 * reply.
	 * @param msgId the message number, 0 to 4294967295
	 * @return to be returned by a handler method
	 * @throws IllegalArgumentException if it is out of range
	 */
	public Outgoing withMsgId(long msgId) {
		return new Outgoing(this.target, Message.requireMsgId(msgId), this.payload, this.exceptSender, this.next);
	}

	/**
	 * The same, but not to the sender of the message.
	 * @return to be returned by a handler method
	 */
	public Outgoing exceptSender() {
		return new Outgoing(this.target, this.msgId, this.payload, true, this.next);
	}

	/**
	 * The same, and then something else.
	 * @param other what is sent behind it
	 * @return to be returned by a handler method
	 */
	public Outgoing and(Outgoing other) {
		Outgoing rest = (this.next != null) ? this.next.and(other) : other;
		return new Outgoing(this.target, this.msgId, this.payload, this.exceptSender, rest);
	}

	void send(Request request, long msgId, Sender sender) {
		long number = (this.msgId == Reply.SAME) ? msgId : this.msgId;
		if (this.target != null) {
			Recipients recipients = this.target.among(sender.connections());
			(this.exceptSender ? recipients.except(request.connection()) : recipients).broadcast(number,
					sender.writer().write(this.payload));
		}
		else {
			request.connection().send(number, sender.writer().write(this.payload));
		}
		if (this.next != null) {
			this.next.send(request, msgId, sender);
		}
	}

	/**
	 * Some of the connections.
	 */
	@FunctionalInterface
	private interface Target {

		Recipients among(ConnManager connections);

	}

	/**
	 * What is needed to send. Any thread.
	 *
	 * @param writer writes payloads
	 * @param manager the connections of the server, or {@code null} if there are none or
	 * those of several
	 */
	record Sender(PayloadWriter writer, @Nullable ConnManager manager) {

		ConnManager connections() {
			ConnManager connections = this.manager;
			if (connections == null) {
				throw new IllegalStateException("Outgoing needs one bean of type " + ConnManager.class.getName());
			}
			return connections;
		}

	}

}

package io.zinx.boot.handler;

import java.lang.reflect.Type;
import java.util.Objects;

import io.netty.buffer.ByteBuf;
import io.zinx.cluster.PushTarget;
import io.zinx.cluster.ZinxCluster;
import io.zinx.connection.BroadcastResult;
import io.zinx.connection.ConnManager;
import io.zinx.connection.SendFailedException;
import io.zinx.connection.SendResult;
import io.zinx.message.Message;
import io.zinx.routing.Request;
import org.jspecify.annotations.Nullable;

import org.springframework.core.ParameterizedTypeReference;

/**
 * A result of a handler method that is not only a reply to the sender of the message: it
 * is sent to a group, to the holders of a key, to all connections, or to several of
 * these.
 *
 * <pre class="code">
 * &#064;ZinxRouter(msgId = 20, reply = 21)
 * Outgoing say(&#064;ConnKey String user, String text) {
 *     return Outgoing.toGroup("lobby", user + ": " + text);
 * }</pre>
 *
 * The payload is written like a result of the method, once for all receivers. With
 * {@code zinx.cluster.enabled} these are the connections of all nodes. An instance may be
 * used more than once, and by any thread, if its payload may.
 */
public final class Outgoing {

	/** The number of a message that has none of its own. */
	private static final long SAME = ZinxExceptionHandler.NONE;

	private final @Nullable PushTarget target;

	private final long msgId;

	private final Content content;

	private final boolean exceptSender;

	private final @Nullable Outgoing next;

	private Outgoing(@Nullable PushTarget target, long msgId, Content content, boolean exceptSender,
			@Nullable Outgoing next) {
		this.target = target;
		this.msgId = msgId;
		this.content = content;
		this.exceptSender = exceptSender;
		this.next = next;
	}

	/**
	 * Send to all connections in a group, see {@link ConnManager#group(String)}.
	 * @param group its name
	 * @param payload the payload: text, bytes, or any value that the method's format
	 * supports
	 * @return to be returned by a handler method
	 */
	public static Outgoing toGroup(String group, Object payload) {
		return to(PushTarget.group(group), payload);
	}

	/**
	 * Send to the holders of a key, see {@link ConnManager#holders(String)}: all
	 * connections of a user, for example.
	 * @param key the key
	 * @param payload as for {@link #toGroup}
	 * @return to be returned by a handler method
	 */
	public static Outgoing toKey(String key, Object payload) {
		return to(PushTarget.key(key), payload);
	}

	/**
	 * Send to all connections.
	 * @param payload as for {@link #toGroup}
	 * @return to be returned by a handler method
	 */
	public static Outgoing toAll(Object payload) {
		return to(PushTarget.all(), payload);
	}

	private static Outgoing to(PushTarget target, Object payload) {
		return new Outgoing(target, SAME, new Content(payload, null), false, null);
	}

	/**
	 * Reply to the sender, for use with {@linkplain #and messages to others}.
	 * @param payload as for {@link #toGroup}
	 * @return to be returned by a handler method
	 */
	public static Outgoing reply(Object payload) {
		return new Outgoing(null, SAME, new Content(payload, null), false, null);
	}

	/**
	 * Return the same with another message number than that of the method's reply.
	 * @param msgId the message number, 0 to 4294967295
	 * @return to be returned by a handler method
	 * @throws IllegalArgumentException if it is out of range
	 */
	public Outgoing withMsgId(long msgId) {
		return new Outgoing(this.target, Message.requireMsgId(msgId), this.content, this.exceptSender, this.next);
	}

	/**
	 * Return the same with the payload written as a generic type, so that the format sees
	 * the type of its elements: {@code withType(new
	 * ParameterizedTypeReference<List<Shape>>() { })}. Without it, a payload is written
	 * as its class.
	 * @param type the type, of which the payload must be
	 * @return to be returned by a handler method
	 */
	public Outgoing withType(ParameterizedTypeReference<?> type) {
		return new Outgoing(this.target, this.msgId, new Content(this.content.payload, type.getType()),
				this.exceptSender, this.next);
	}

	/**
	 * Return the same without the sender of the message.
	 * @return to be returned by a handler method
	 */
	public Outgoing exceptSender() {
		return new Outgoing(this.target, this.msgId, this.content, true, this.next);
	}

	/**
	 * Return the same, followed by another one.
	 * @param other the one that is sent after it
	 * @return to be returned by a handler method
	 */
	public Outgoing and(Outgoing other) {
		Outgoing rest = (this.next != null) ? this.next.and(other) : other;
		return new Outgoing(this.target, this.msgId, this.content, this.exceptSender, rest);
	}

	/**
	 * Send the messages. Called by Zinx with the result of a handler method.
	 * @param request the message that was handled
	 * @param msgId the message number of the method's reply
	 * @param delivery the means to send them
	 * @throws IllegalArgumentException if the payload cannot be written
	 * @throws SendFailedException if it can never be sent; nothing after it is sent then
	 */
	public void send(Request request, long msgId, Delivery delivery) {
		long number = (this.msgId == SAME) ? msgId : this.msgId;
		if (this.target != null) {
			PushTarget receivers = this.exceptSender ? this.target.except(request.connection()) : this.target;
			BroadcastResult result = delivery.cluster().push(receivers, number, this.content.write(delivery));
			if (result.unsendable() > 0) {
				requireSendable(request, number, SendResult.UNSENDABLE);
			}
		}
		else {
			requireSendable(request, number, request.connection().send(number, this.content.write(delivery)));
		}
		if (this.next != null) {
			this.next.send(request, msgId, delivery);
		}
	}

	private static void requireSendable(Request request, long number, SendResult result) {
		SendFailedException.requireSendable(request.connection(), number, result);
	}

	/**
	 * A payload.
	 *
	 * @param payload the value
	 * @param type the type as which to write it, or {@code null} for its class
	 */
	private record Content(Object payload, @Nullable Type type) {

		Content {
			Objects.requireNonNull(payload, "payload");
		}

		ByteBuf write(Delivery delivery) {
			return (this.type != null) ? delivery.write(this.payload, this.type) : delivery.write(this.payload);
		}

	}

	/**
	 * The means to send results of handler methods. Any thread.
	 */
	public interface Delivery {

		/**
		 * The nodes to whose connections to send.
		 * @return the cluster, which is one node without {@code zinx.cluster.enabled}
		 * @throws IllegalStateException if there is none, or several
		 */
		ZinxCluster cluster();

		/**
		 * Write a payload in the format of the method.
		 * @param payload the payload
		 * @return the body of a message, to be released by the caller
		 * @throws IllegalArgumentException if it cannot be written
		 */
		ByteBuf write(Object payload);

		/**
		 * Write a payload as a declared type in the format of the method. By default the
		 * type is ignored.
		 * @param payload the payload
		 * @param type the type
		 * @return the body of a message, to be released by the caller
		 * @throws IllegalArgumentException if it cannot be written, or is not of the type
		 */
		default ByteBuf write(Object payload, Type type) {
			return write(payload);
		}

	}

}

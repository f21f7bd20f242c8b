package io.zinx.boot.messaging;

import java.lang.reflect.Type;
import java.nio.charset.Charset;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.netty.buffer.ByteBuf;
import io.zinx.boot.handler.PayloadFormat;
import io.zinx.boot.payload.PayloadEncoding;
import io.zinx.boot.payload.PayloadFormats;
import io.zinx.boot.payload.PayloadWriter;
import io.zinx.cluster.PushTarget;
import io.zinx.cluster.ZinxCluster;
import io.zinx.connection.BroadcastResult;
import io.zinx.connection.ConnManager;
import io.zinx.connection.Connection;
import io.zinx.connection.Recipients;
import io.zinx.connection.SendFailedException;
import io.zinx.connection.SendResult;
import io.zinx.message.Message;
import org.jspecify.annotations.Nullable;

import org.springframework.core.ParameterizedTypeReference;

/**
 * Sends messages from anywhere in an application: from a controller, a scheduled method,
 * the listener of a queue. Any thread.
 *
 * <pre class="code">
 * template.sendToKey("ann", 30, new Notice("dinner is ready"));</pre>
 *
 * A payload is written as the result of a {@linkplain io.zinx.boot.handler handler
 * method} is: text in the charset of {@code zinx.payload-charset}, {@code byte[]},
 * {@code ByteBuffer}, {@code ByteBuf} (released, whatever the result) and
 * {@link io.zinx.message.Body} as they are, anything else in the format of
 * {@code zinx.payload}; once for all receivers.
 * <p>
 * With {@code zinx.cluster.enabled}, messages to a key, a group or all connections reach
 * those of all nodes. The result is that of this node, at once; {@link #cluster()} sends
 * the same messages and tells whether they reached other nodes.
 * <p>
 * Receivers that cannot be reached are reported by results, never by exceptions. All
 * methods throw {@link IllegalArgumentException} if the message number is not 0 to
 * 4294967295, or the payload cannot be written. Before the server starts and after it has
 * stopped, there are no receivers.
 */
public final class ZinxTemplate {

	private final ConnManager connections;

	private final ZinxCluster cluster;

	private final PayloadFormats formats;

	private final PayloadEncoding encoding;

	private final PayloadWriter writer;

	/**
	 * Send to the connections of a server.
	 * @param connections the connections
	 * @param formats the formats of payloads
	 */
	public ZinxTemplate(ConnManager connections, PayloadFormats formats) {
		this(connections, ZinxCluster.ofOneNode(connections), formats);
	}

	/**
	 * Send to the connections of all nodes of a cluster.
	 * @param connections the connections of this node
	 * @param cluster the cluster
	 * @param formats the formats of payloads
	 */
	public ZinxTemplate(ConnManager connections, ZinxCluster cluster, PayloadFormats formats) {
		this(connections, cluster, formats, PayloadEncoding.DEFAULT, null);
	}

	private ZinxTemplate(ConnManager connections, ZinxCluster cluster, PayloadFormats formats, PayloadEncoding encoding,
			@Nullable Type type) {
		this.connections = connections;
		this.cluster = cluster;
		this.formats = formats;
		this.encoding = encoding;
		this.writer = formats.writer(encoding).withType(type);
	}

	/**
	 * Return a template that writes another format. Keep it, as all templates that this
	 * one makes, because it caches the writers of classes.
	 * @param format the format
	 * @return a new template
	 */
	public ZinxTemplate withFormat(PayloadFormat format) {
		return new ZinxTemplate(this.connections, this.cluster, this.formats,
				new PayloadEncoding(format, this.encoding.charset()), this.writer.type());
	}

	/**
	 * Return a template that writes text in another charset than that of
	 * {@code zinx.payload-charset}. JSON is UTF-8 in any case.
	 * @param charset the charset
	 * @return a new template
	 * @throws IllegalArgumentException if the charset can only be read
	 */
	public ZinxTemplate withCharset(Charset charset) {
		return new ZinxTemplate(this.connections, this.cluster, this.formats,
				new PayloadEncoding(this.encoding.format(), charset), this.writer.type());
	}

	/**
	 * Return a template that writes its payloads as a generic type, so that the format
	 * sees the type of their elements: {@code withType(new
	 * ParameterizedTypeReference<List<Shape>>() { })}. This template writes each payload
	 * as its class, which does not know it.
	 * @param type the type; payloads of other types cannot be written by the template,
	 * except text and bytes
	 * @return a new template
	 */
	public ZinxTemplate withType(ParameterizedTypeReference<?> type) {
		return new ZinxTemplate(this.connections, this.cluster, this.formats, this.encoding, type.getType());
	}

	/**
	 * Return what sends to the connections of all nodes and tells how far a message got.
	 * @return a template for the same format and type; without a cluster it sends to this
	 * node
	 */
	public ClusterTemplate cluster() {
		return new ClusterTemplate(this.cluster, this.writer);
	}

	/**
	 * Send to one connection, as {@link Connection#send(long, byte[])}.
	 * @param connId its number
	 * @param msgId the message number, 0 to 4294967295
	 * @param payload the payload
	 * @return the result; {@link SendResult#CLOSED} also if there is no connection of
	 * that number
	 */
	public SendResult send(long connId, long msgId, Object payload) {
		Connection connection = this.connections.get(connId);
		if (connection != null) {
			return send(connection, msgId, payload);
		}
		discard(msgId, payload);
		return SendResult.CLOSED;
	}

	/**
	 * Send to one connection, as {@link Connection#send(long, byte[])}.
	 * @param connection the connection
	 * @param msgId the message number, 0 to 4294967295
	 * @param payload the payload
	 * @return the result
	 */
	public SendResult send(Connection connection, long msgId, Object payload) {
		return connection.send(msgId, write(payload));
	}

	/**
	 * Send to one connection and be told when the message is written, as
	 * {@link Connection#sendAsync(long, byte[])}.
	 * @param connId its number
	 * @param msgId the message number, 0 to 4294967295
	 * @param payload the payload
	 * @return completes when the message is written, or with {@link SendFailedException},
	 * also if there is no connection of that number
	 */
	public CompletionStage<@Nullable Void> sendAsync(long connId, long msgId, Object payload) {
		Connection connection = this.connections.get(connId);
		if (connection != null) {
			return sendAsync(connection, msgId, payload);
		}
		discard(msgId, payload);
		return CompletableFuture.failedStage(new SendFailedException(connId));
	}

	/**
	 * Send to one connection and be told when the message is written, as
	 * {@link Connection#sendAsync(long, byte[])}.
	 * @param connection the connection
	 * @param msgId the message number, 0 to 4294967295
	 * @param payload the payload
	 * @return completes when the message is written, or with {@link SendFailedException}
	 */
	public CompletionStage<@Nullable Void> sendAsync(Connection connection, long msgId, Object payload) {
		return connection.sendAsync(msgId, write(payload));
	}

	/**
	 * Send to all connections that have bound a key: those of one user, for example.
	 * @param key the key
	 * @param msgId the message number, 0 to 4294967295
	 * @param payload the payload
	 * @return the result on this node; with a total of 0 if no connection has bound the
	 * key
	 */
	public BroadcastResult sendToKey(String key, long msgId, Object payload) {
		return push(PushTarget.key(key), msgId, payload);
	}

	/**
	 * Send to all connections in a group.
	 * @param group its name
	 * @param msgId the message number, 0 to 4294967295
	 * @param payload the payload
	 * @return the result on this node; with a total of 0 if no connection is in the group
	 */
	public BroadcastResult sendToGroup(String group, long msgId, Object payload) {
		return push(PushTarget.group(group), msgId, payload);
	}

	/**
	 * Send to all connections.
	 * @param msgId the message number, 0 to 4294967295
	 * @param payload the payload
	 * @return the result on this node
	 */
	public BroadcastResult sendToAll(long msgId, Object payload) {
		return push(PushTarget.all(), msgId, payload);
	}

	private BroadcastResult push(PushTarget target, long msgId, Object payload) {
		return this.cluster.push(target, msgId, write(payload));
	}

	/**
	 * Send to some connections of this node, for example
	 * {@code connections.group("lobby").except(me)} of the {@link ConnManager}.
	 * @param recipients the connections
	 * @param msgId the message number, 0 to 4294967295
	 * @param payload the payload
	 * @return the result
	 */
	public BroadcastResult send(Recipients recipients, long msgId, Object payload) {
		return recipients.broadcast(msgId, write(payload));
	}

	private ByteBuf write(Object payload) {
		return this.writer.write(Objects.requireNonNull(payload, "payload"));
	}

	/**
	 * Check the arguments of a message without a receiver, as if it were sent.
	 */
	private void discard(long msgId, Object payload) {
		ByteBuf body = write(payload);
		body.release();
		Message.requireMsgId(msgId);
	}

}

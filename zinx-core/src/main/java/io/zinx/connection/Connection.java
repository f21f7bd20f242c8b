package io.zinx.connection;

import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionStage;

import javax.net.ssl.SSLSession;

import io.netty.buffer.ByteBuf;
import io.zinx.codec.FrameCodec;
import io.zinx.authentication.Authentication;
import io.zinx.link.ProxyHeader;
import io.zinx.link.WebSocketHandshake;
import io.zinx.message.Body;
import io.zinx.message.Message;
import io.zinx.metrics.ConnectionTransport;
import io.zinx.session.BindResult;
import io.zinx.session.DuplicateLogin;
import org.jspecify.annotations.Nullable;

/**
 * A connection of one client. All methods may be called from any thread.
 */
public interface Connection {

	/**
	 * The number of this connection.
	 * @return 1 or more, never used twice in the life of a server
	 */
	long connId();

	/**
	 * The peer's address: that of the client also behind a load balancer, if that sends
	 * it with the PROXY protocol.
	 * @return the address, also after the connection has ended
	 */
	SocketAddress remoteAddress();

	/**
	 * The server's address of this connection.
	 * @return the address, also after the connection has ended
	 */
	SocketAddress localAddress();

	/**
	 * The facts by which the application's authenticator has admitted the client.
	 * @return the facts; {@code null} if there is no authenticator
	 */
	default @Nullable Authentication authentication() {
		return null;
	}

	/**
	 * The request with which the client has begun WebSocket messages. Any thread.
	 * @return the request; {@code null} if the client does not use WebSocket
	 */
	default @Nullable WebSocketHandshake webSocket() {
		return null;
	}

	/**
	 * The transport below the messages.
	 * @return the transport, also after the connection has ended
	 */
	default ConnectionTransport transport() {
		return (tlsSession() != null) ? ConnectionTransport.TLS : ConnectionTransport.TCP;
	}

	/**
	 * The header of the PROXY protocol in which a load balancer has named the address of
	 * the client.
	 * @return the header, also after the connection has ended; {@code null} if there was
	 * none
	 */
	default @Nullable ProxyHeader proxyHeader() {
		return null;
	}

	/**
	 * The TLS session: protocol, cipher and, if the client sent a certificate, its
	 * identity ({@link SSLSession#getPeerPrincipal()}).
	 * @return the session, from {@code onStart} on and also after the connection has
	 * ended; {@code null} if the connection is not encrypted
	 */
	default @Nullable SSLSession tlsSession() {
		return null;
	}

	/**
	 * The wire format of this connection.
	 * @return the codec, also after the connection has ended
	 */
	FrameCodec codec();

	/**
	 * The time at which the connection was admitted.
	 * @return the time
	 */
	Instant openedAt();

	/**
	 * The time at which bytes were last received.
	 * @return the time; that of admission if there were none yet
	 */
	Instant lastActiveAt();

	/**
	 * The number of messages received.
	 * @return complete frames, handled or still waiting
	 */
	long messagesIn();

	/**
	 * The number of messages accepted by {@link #send}.
	 * @return complete frames, written or still waiting
	 */
	long messagesOut();

	/**
	 * The number of bytes received.
	 * @return bytes as on the wire
	 */
	long bytesIn();

	/**
	 * The number of bytes accepted by {@link #send}.
	 * @return bytes as on the wire, heads included
	 */
	long bytesOut();

	/**
	 * The number of bytes that wait to be written to the socket.
	 * @return bytes, an estimate
	 */
	long bytesQueued();

	/**
	 * Return whether the connection is not congested: the bytes that wait to be written
	 * have not exceeded the high-water mark ({@code zinx.outbound.high-water-mark}), or
	 * have fallen below the low one since. Sending is possible either way, up to
	 * {@code zinx.outbound.max-bytes}; {@link ConnectionListener#onWritabilityChanged}
	 * tells of changes.
	 * @return {@code false} also if the connection is closed
	 */
	boolean isWritable();

	/**
	 * Read a property.
	 * @param name its name
	 * @return its value, or {@code null} if there is none
	 */
	@Nullable Object property(String name);

	/**
	 * Read a property of a known type.
	 * @param <T> the type
	 * @param name its name
	 * @param type the type
	 * @return its value, or {@code null} if there is none
	 * @throws ClassCastException if it is of another type
	 */
	default <T> @Nullable T property(String name, Class<T> type) {
		return type.cast(property(name));
	}

	/**
	 * Set a property; it stays until the connection is forgotten.
	 * @param name its name
	 * @param value its value
	 * @return the value it had before, or {@code null}
	 */
	@Nullable Object setProperty(String name, Object value);

	/**
	 * Remove a property.
	 * @param name its name
	 * @return the value it had, or {@code null}
	 */
	@Nullable Object removeProperty(String name);

	/**
	 * The names of all properties.
	 * @return a snapshot
	 */
	Set<String> propertyNames();

	/**
	 * Bind a key to this connection, for example a user or device, by which
	 * {@link ConnManager#byKey} finds it. If another connection holds the key, the
	 * server's policy says what happens, {@code zinx.session.duplicate-login}.
	 * <p>
	 * A connection may have any number of keys. They are released when the connection
	 * begins to close, before {@code onStop} runs.
	 * @param key the key
	 * @return the result; {@link BindResult#BOUND} also if this connection had the key
	 */
	BindResult bind(String key);

	/**
	 * Bind a key, as {@link #bind(String)}, with a policy for this key.
	 * @param key the key
	 * @param policy the policy if another connection holds it
	 * @return the result
	 */
	BindResult bind(String key, DuplicateLogin policy);

	/**
	 * Release a key of this connection.
	 * @param key the key
	 * @return whether it had the key
	 */
	boolean unbind(String key);

	/**
	 * The keys of this connection; after its end, those it had at that time.
	 * @return a snapshot, in no order
	 */
	Set<String> keys();

	/**
	 * The groups this connection has joined, see {@link ConnManager#group}; after its
	 * end, those it was in at that time.
	 * @return a snapshot, in no order
	 */
	Set<String> groups();

	/**
	 * Register a callback for the end of this connection. It runs after {@code onStop} of
	 * all listeners, in the order of registration, on the lane of the connection. A
	 * callback that is registered while the connection closes runs with the others; one
	 * that is registered after they have run, runs at once on the calling thread.
	 * @param callback the callback
	 * @return a handle that removes the callback
	 * @throws IllegalStateException if a thousand were registered while the callbacks run
	 */
	CloseCallback.Handle onClose(CloseCallback callback);

	/**
	 * Send a message. Messages are written in the order in which they were accepted,
	 * whichever thread sends. Never throws because the connection has ended, and never
	 * blocks unless the policy for slow consumers is {@code block}.
	 * @param msgId the message number, 0 to 4294967295
	 * @param body the body; copied before this method returns
	 * @return the result
	 * @throws IllegalArgumentException if {@code msgId} is out of range
	 */
	SendResult send(long msgId, byte[] body);

	/**
	 * Send a message, as {@link #send(long, byte[])}.
	 * @param msgId the message number, 0 to 4294967295
	 * @param body the body: its readable bytes; released by this method, whatever the
	 * result
	 * @return the result
	 * @throws IllegalArgumentException if {@code msgId} is out of range
	 */
	SendResult send(long msgId, ByteBuf body);

	/**
	 * Send a message, as {@link #send(long, byte[])}, whose body writes itself, for
	 * example a request of this or another connection, without an intermediate copy.
	 * @param msgId the message number, 0 to 4294967295
	 * @param body the body, written before this method returns
	 * @return the result
	 * @throws IllegalArgumentException if {@code msgId} is out of range
	 * @throws IllegalStateException if the body does not write as many bytes as its
	 * length says, or is a request that was already handled; nothing is sent then
	 */
	SendResult send(long msgId, Body body);

	/**
	 * Send a text in UTF-8, as {@link #send(long, byte[])}.
	 * @param msgId the message number, 0 to 4294967295
	 * @param text the body
	 * @return the result
	 * @throws IllegalArgumentException if {@code msgId} is out of range
	 */
	default SendResult send(long msgId, String text) {
		return send(msgId, text.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Send a message and be notified when it is written. It keeps its order with the
	 * messages of {@link #send(long, byte[])}. Never blocks, whatever the policy for slow
	 * consumers.
	 * @param msgId the message number, 0 to 4294967295
	 * @param body the body; copied before this method returns
	 * @return completes when the message is written to the socket, which does not mean
	 * that the peer has it; fails with {@link SendFailedException} if the message is not
	 * accepted, or the connection ends before it is written. Usually completes on the
	 * event loop, so dependent stages must not block, or need an executor. An event loop
	 * must not wait for it: that throws {@link IllegalStateException}, except for futures
	 * combined by {@code CompletableFuture.allOf} or {@code anyOf}, which would wait for
	 * ever
	 * @throws IllegalArgumentException if {@code msgId} is out of range
	 */
	CompletionStage<@Nullable Void> sendAsync(long msgId, byte[] body);

	/**
	 * Send a message and be notified when it is written, as
	 * {@link #sendAsync(long, byte[])}.
	 * @param msgId the message number, 0 to 4294967295
	 * @param body the body: its readable bytes; released by this method, whatever the
	 * result
	 * @return completes when the message is written
	 * @throws IllegalArgumentException if {@code msgId} is out of range
	 */
	CompletionStage<@Nullable Void> sendAsync(long msgId, ByteBuf body);

	/**
	 * Send a text in UTF-8 and be notified when it is written, as
	 * {@link #sendAsync(long, byte[])}.
	 * @param msgId the message number, 0 to 4294967295
	 * @param text the body
	 * @return completes when the message is written
	 * @throws IllegalArgumentException if {@code msgId} is out of range
	 */
	default CompletionStage<@Nullable Void> sendAsync(long msgId, String text) {
		return sendAsync(msgId, text.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Send bytes without the head and tail of the wire format, for example a greeting.
	 * They keep their order with messages, never come inside one, and do not count as a
	 * message; in all else as {@link #send(long, byte[])}.
	 * @param bytes the bytes; copied before this method returns
	 * @return the result
	 */
	SendResult sendRaw(byte[] bytes);

	/**
	 * Send bytes without head and tail, as {@link #sendRaw(byte[])}.
	 * @param bytes the readable bytes of a buffer; released by this method, whatever the
	 * result
	 * @return the result
	 */
	SendResult sendRaw(ByteBuf bytes);

	/**
	 * Run a task on the lane of this connection: after the messages and tasks that
	 * already wait, never at the same time as the connection's routers and listeners, and
	 * on the threads that run those. Returns at once, also when called by a router or
	 * listener. An accepted task runs before {@code onStop}, even if the connection was
	 * closed meanwhile; only the end of a server's grace period may prevent it. An
	 * exception it throws is logged and counted as the failure of a handler.
	 * @param task the task; like a router it must not block in worker mode
	 * {@code event-loop}
	 * @return whether the task was accepted: {@code false} before {@code onStart}, once
	 * {@code onStop} is due, and while {@code zinx.max-worker-task-len} such tasks wait
	 */
	boolean execute(Runnable task);

	/**
	 * Close the connection with {@link CloseReason#HANDLER}.
	 */
	default void close() {
		close(CloseReason.HANDLER);
	}

	/**
	 * Send a last message, then close the connection, as {@link #close(CloseReason)}. The
	 * message replaces the one that is configured for the reason, if there is one.
	 * @param reason the reason
	 * @param goodbye the message; flushed like all messages accepted before
	 * @return the result for the message
	 * @throws NullPointerException if there is no reason; nothing is sent then
	 */
	default SendResult close(CloseReason reason, Message goodbye) {
		Objects.requireNonNull(reason, "reason");
		SendResult result = send(goodbye.msgId(), goodbye.body());
		close(reason);
		return result;
	}

	/**
	 * Close the connection. Returns at once. Messages accepted before are still written,
	 * within {@code zinx.outbound.flush-timeout}; messages received and not yet handled
	 * are dropped. The first call decides the reason; later calls have no effect.
	 * @param reason the reason
	 * @throws NullPointerException if there is no reason
	 */
	void close(CloseReason reason);

	/**
	 * Return whether the connection accepts messages.
	 * @return {@code false} once {@link #close} was called or the peer has disconnected
	 */
	boolean isOpen();

	/**
	 * The reason for which the connection has ended.
	 * @return the reason, or {@code null} while it is open
	 */
	@Nullable CloseReason closeReason();

}

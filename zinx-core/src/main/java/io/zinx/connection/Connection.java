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
import io.zinx.message.Body;
import io.zinx.message.Message;
import io.zinx.session.BindResult;
import io.zinx.session.DuplicateLogin;
import org.jspecify.annotations.Nullable;

/**
 * One client that is connected. All methods may be called from any thread.
 */
public interface Connection {

	/**
	 * The number of this connection.
	 * @return 1 or more, never used twice in the life of a server
	 */
	long connId();

	/**
	 * The peer's address.
	 * @return the address, also after the connection has ended
	 */
	SocketAddress remoteAddress();

	/**
	 * The server's address of this connection.
	 * @return the address, also after the connection has ended
	 */
	SocketAddress localAddress();

	/**
	 * What TLS has agreed on: protocol, cipher, and who the peer is if it has shown a
	 * certificate ({@link SSLSession#getPeerPrincipal()}).
	 * @return the session, there from {@code onStart} on and also after the connection
	 * has ended; {@code null} if the connection is not encrypted, or not yet
	 */
	default @Nullable SSLSession tlsSession() {
		return null;
	}

	/**
	 * The wire format that its messages are read and written in.
	 * @return the codec, also after the connection has ended
	 */
	FrameCodec codec();

	/**
	 * When the connection was admitted.
	 * @return the time
	 */
	Instant openedAt();

	/**
	 * When bytes were last received.
	 * @return the time; that of admission if there were none yet
	 */
	Instant lastActiveAt();

	/**
	 * How many messages were received.
	 * @return whole frames, handled or still waiting
	 */
	long messagesIn();

	/**
	 * How many messages were accepted by {@link #send}.
	 * @return whole frames, written or still waiting
	 */
	long messagesOut();

	/**
	 * How many bytes were received.
	 * @return bytes as on the wire
	 */
	long bytesIn();

	/**
	 * How many bytes were accepted by {@link #send}.
	 * @return bytes as on the wire, heads included
	 */
	long bytesOut();

	/**
	 * How many bytes wait to be written to the socket.
	 * @return bytes, about
	 */
	long bytesQueued();

	/**
	 * Whether it is sensible to send: fewer bytes wait than the high-water mark allows
	 * ({@code zinx.outbound.high-water-mark}), or they have been written since. Sending
	 * is possible either way, up to {@code zinx.outbound.max-bytes};
	 * {@link ConnectionListener#onWritabilityChanged} tells of changes.
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
	 * Attach a key to this connection, for example a user or device: then
	 * {@link ConnManager#byKey} finds it. If another connection holds the key, the
	 * server's policy says what happens, {@code zinx.session.duplicate-login}.
	 * <p>
	 * A connection may have any number of keys. They are free for others from the moment
	 * its end is decided, before {@code onStop} runs.
	 * @param key the key
	 * @return what became of it; {@link BindResult#BOUND} also if this connection had the
	 * key
	 */
	BindResult bind(String key);

	/**
	 * Attach a key, as {@link #bind(String)}, with a policy for this key.
	 * @param key the key
	 * @param policy what happens if another connection holds it
	 * @return what became of it
	 */
	BindResult bind(String key, DuplicateLogin policy);

	/**
	 * Take a key from this connection.
	 * @param key the key
	 * @return whether it had the key
	 */
	boolean unbind(String key);

	/**
	 * The keys of this connection; when it has ended, those it had then.
	 * @return a snapshot, in no order
	 */
	Set<String> keys();

	/**
	 * The groups this connection is in, see {@link ConnManager#group}; when it has ended,
	 * those it was in then.
	 * @return a snapshot, in no order
	 */
	Set<String> groups();

	/**
	 * Be told when this connection has ended: behind {@code onStop} of all listeners, in
	 * the order of registration. Also called when the server has no listeners. One that
	 * is registered while the connection is closing runs with the others; one that is
	 * registered when they have run, runs at once on the calling thread.
	 * @param callback what to call
	 * @return takes the callback back
	 * @throws IllegalStateException if a thousand were registered while the callbacks run
	 */
	CloseCallback.Handle onClose(CloseCallback callback);

	/**
	 * Send a message. Messages leave in the order in which they were accepted, whatever
	 * thread sends; a message is never torn. Never throws because the connection has
	 * ended meanwhile, and never blocks unless the policy for slow consumers is
	 * {@code block}.
	 * @param msgId the message number, 0 to 4294967295
	 * @param body the body; copied before this method returns
	 * @return what became of it
	 * @throws IllegalArgumentException if {@code msgId} is out of range
	 */
	SendResult send(long msgId, byte[] body);

	/**
	 * Send a message, as {@link #send(long, byte[])}.
	 * @param msgId the message number, 0 to 4294967295
	 * @param body the body: its readable bytes; released by this method, whatever the
	 * result
	 * @return what became of it
	 * @throws IllegalArgumentException if {@code msgId} is out of range
	 */
	SendResult send(long msgId, ByteBuf body);

	/**
	 * Send a message, as {@link #send(long, byte[])}, whose body writes itself: a request
	 * from this or another connection, for example, without a copy in between.
	 * @param msgId the message number, 0 to 4294967295
	 * @param body the body, written before this method returns
	 * @return what became of it
	 * @throws IllegalArgumentException if {@code msgId} is out of range
	 * @throws IllegalStateException if the body does not write as many bytes as it said,
	 * or is a request that was handled already; nothing is sent then
	 */
	SendResult send(long msgId, Body body);

	/**
	 * Send a text in UTF-8, as {@link #send(long, byte[])}.
	 * @param msgId the message number, 0 to 4294967295
	 * @param text the body
	 * @return what became of it
	 * @throws IllegalArgumentException if {@code msgId} is out of range
	 */
	default SendResult send(long msgId, String text) {
		return send(msgId, text.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Send a message and hear when it is written. It leaves in the same order as those of
	 * {@link #send(long, byte[])}. Never blocks, whatever the policy for slow consumers.
	 * @param msgId the message number, 0 to 4294967295
	 * @param body the body; copied before this method returns
	 * @return completes when the message is written to the socket, which does not mean
	 * that the peer has it; fails with {@link SendFailedException} when it is refused, or
	 * the connection ends before. Completes mostly on the event loop: what depends on it
	 * must not block, or be attached with an executor. No event loop may wait for it:
	 * that throws {@link IllegalStateException} at once, but for what
	 * {@code CompletableFuture.allOf} or {@code anyOf} make of it, which would wait for
	 * ever
	 * @throws IllegalArgumentException if {@code msgId} is out of range
	 */
	CompletionStage<@Nullable Void> sendAsync(long msgId, byte[] body);

	/**
	 * Send a message and hear when it is written, as {@link #sendAsync(long, byte[])}.
	 * @param msgId the message number, 0 to 4294967295
	 * @param body the body: its readable bytes; released by this method, whatever the
	 * result
	 * @return completes when the message is written
	 * @throws IllegalArgumentException if {@code msgId} is out of range
	 */
	CompletionStage<@Nullable Void> sendAsync(long msgId, ByteBuf body);

	/**
	 * Send a text in UTF-8 and hear when it is written, as
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
	 * Send bytes as they are, without the wire format's head or tail: for greetings and
	 * protocols that the codec does not know. In order with messages, never inside one,
	 * and as {@link #send(long, byte[])} in everything else; not counted as a message.
	 * @param bytes the bytes; copied before this method returns
	 * @return what became of them
	 */
	SendResult sendRaw(byte[] bytes);

	/**
	 * Send bytes as they are, as {@link #sendRaw(byte[])}.
	 * @param bytes the readable bytes of a buffer; released by this method, whatever the
	 * result
	 * @return what became of them
	 */
	SendResult sendRaw(ByteBuf bytes);

	/**
	 * Run a task on this connection's lane: behind what is there, never at the same time
	 * as the connection's routers and hooks, and on the thread that runs these. Returns
	 * at once, also when called by a router or hook. A task that was taken runs before
	 * {@code onStop}, also when the connection was closed meanwhile; only the end of a
	 * server's grace period may keep it from running. What it throws is logged and
	 * counted as a handler's failure.
	 * @param task the task; like a router it must not block in worker mode
	 * {@code event-loop}
	 * @return whether the task was taken: {@code false} before the connection has begun,
	 * when the turn of its {@code onStop} has come, or when
	 * {@code zinx.max-worker-task-len} of such tasks wait
	 */
	boolean execute(Runnable task);

	/**
	 * Close the connection because the application wants so: {@link CloseReason#HANDLER}.
	 */
	default void close() {
		close(CloseReason.HANDLER);
	}

	/**
	 * Send a last message, then close the connection, as {@link #close(CloseReason)}. It
	 * takes the place of the one that is configured for the reason, if there is one.
	 * @param reason why
	 * @param goodbye the message; flushed like all that was accepted before
	 * @return what became of the message
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
	 * within a few seconds; messages received and not yet handled are dropped. The first
	 * reason counts; later calls have no effect.
	 * @param reason why
	 * @throws NullPointerException if there is no reason
	 */
	void close(CloseReason reason);

	/**
	 * Whether messages are accepted.
	 * @return {@code false} once {@link #close} was called or the peer has gone
	 */
	boolean isOpen();

	/**
	 * Why the connection has ended.
	 * @return the reason, or {@code null} while it is open
	 */
	@Nullable CloseReason closeReason();

}

package io.zinx.boot.test.client;

import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Predicate;

import io.netty.buffer.ByteBuf;
import io.zinx.codec.FrameCodec;
import io.zinx.connection.CloseReason;
import io.zinx.connection.Connection;
import io.zinx.message.Message;
import org.jspecify.annotations.Nullable;

/**
 * A client for tests. It is connected when a test gets it, and closed after the test:
 *
 * <pre class="code">
 * &#064;Autowired
 * ZinxTestClient client;
 *
 * &#064;Test
 * void answersOrders() {
 *     this.client.send(7, new Purchase("tea", 3));
 *     assertThat(this.client.receive(8)).hasPayload(new Receipt("3 x tea"));
 * }</pre>
 *
 * It speaks the server's wire format. Each wait ends with a readable
 * {@link AssertionError} when its time is over, 10 seconds unless
 * {@link #timeout(Duration)} says otherwise. Any thread may use it.
 */
public final class ZinxTestClient implements AutoCloseable {

	/** The default time that a client waits for the server. */
	public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

	private final Link link;

	private final Inbound inbound;

	private final Framing framing;

	private final PayloadConversion conversion;

	/**
	 * Messages that came before the requested one; guarded by the lock of the inbound
	 * data.
	 */
	private final Deque<ReceivedMessage> waiting = new ArrayDeque<>();

	private volatile Duration timeout = DEFAULT_TIMEOUT;

	ZinxTestClient(Link link, Framing framing, PayloadConversion conversion) {
		this.link = link;
		this.inbound = link.inbound();
		this.framing = framing;
		this.conversion = conversion;
	}

	/**
	 * Connect to a server that is not in this JVM, or not in a Spring application. The
	 * client must be closed.
	 * @param server where the server listens
	 * @param codec its wire format
	 * @return the client; it sends and receives text and bytes only, and knows nothing of
	 * the server's side
	 * @throws AssertionError if nobody listens there
	 */
	public static ZinxTestClient connect(SocketAddress server, FrameCodec codec) {
		return new ZinxTestClient(Link.alone(server), new Framing(codec), PayloadConversion.NONE);
	}

	/**
	 * Set the time to wait for the server from now on.
	 * @param timeout the time, more than zero
	 * @return this client
	 */
	public ZinxTestClient timeout(Duration timeout) {
		this.timeout = Objects.requireNonNull(timeout, "timeout");
		return this;
	}

	/**
	 * Send a message without a body.
	 * @param msgId the message number, 0 to 4294967295
	 * @return this client
	 */
	public ZinxTestClient send(long msgId) {
		return sendRaw(frame(msgId, ""));
	}

	/**
	 * Send a message.
	 * @param msgId the message number, 0 to 4294967295
	 * @param payload the body: text in the application's charset,
	 * {@code zinx.payload-charset}, {@code byte[]} as they are, any other value in the
	 * application's format, {@code zinx.payload}
	 * @return this client
	 * @throws IllegalArgumentException if the value cannot be written, or the wire format
	 * has no such message
	 * @throws AssertionError if the connection has ended
	 */
	public ZinxTestClient send(long msgId, Object payload) {
		return sendRaw(frame(msgId, payload));
	}

	/**
	 * Send a message, as {@link #send(long, Object)}, and wait for the reply with the
	 * same number.
	 * @param msgId the message number, 0 to 4294967295
	 * @param payload the body
	 * @return the reply
	 * @throws AssertionError if it does not come in time
	 */
	public ReceivedMessage exchange(long msgId, Object payload) {
		return send(msgId, payload).receive(msgId);
	}

	/**
	 * The bytes of a message, as {@link #send(long, Object)} sends them: to send parts of
	 * them, or several at once.
	 * @param msgId the message number, 0 to 4294967295
	 * @param payload the body
	 * @return the whole frame
	 */
	public byte[] frame(long msgId, Object payload) {
		return this.framing.encode(msgId, this.conversion.write(payload));
	}

	/**
	 * Send bytes as they are.
	 * @param bytes the bytes
	 * @return this client
	 * @throws AssertionError if the connection has ended
	 */
	public ZinxTestClient sendRaw(byte... bytes) {
		return sendRaw(bytes, 0, bytes.length);
	}

	/**
	 * Send a part of some bytes as they are: half a frame, for example.
	 * @param bytes the bytes
	 * @param from the index of the first to send
	 * @param to the index behind the last
	 * @return this client
	 * @throws AssertionError if the connection has ended
	 */
	public ZinxTestClient sendRaw(byte[] bytes, int from, int to) {
		Objects.checkFromToIndex(from, to, bytes.length);
		if (this.inbound.end() != null) {
			throw new AssertionError("Expected an open connection to send to, but " + state());
		}
		this.link.channel().send(bytes, from, to);
		return this;
	}

	/**
	 * Wait for the next message, whatever its number.
	 * @return the message
	 * @throws AssertionError if none comes in time
	 */
	public ReceivedMessage receive() {
		return take("a message", (message) -> true, this.timeout);
	}

	/**
	 * Wait for the next message with a number. Others that come before it stay for later.
	 * @param msgId the message number, 0 to 4294967295
	 * @return the message
	 * @throws AssertionError if none comes in time
	 */
	public ReceivedMessage receive(long msgId) {
		return receive(msgId, this.timeout);
	}

	/**
	 * Wait for the next message with a number, as {@link #receive(long)}.
	 * @param msgId the message number, 0 to 4294967295
	 * @param timeout the time to wait
	 * @return the message
	 * @throws AssertionError if none comes in time
	 */
	public ReceivedMessage receive(long msgId, Duration timeout) {
		return take("message " + msgId, (message) -> message.msgId() == msgId, timeout);
	}

	private ReceivedMessage take(String what, Predicate<ReceivedMessage> wanted, Duration timeout) {
		ReceivedMessage taken = this.inbound.take(timeout, (received) -> find(received, wanted));
		if (taken == null) {
			throw failure("Expected " + what, timeout);
		}
		return taken;
	}

	/**
	 * Called under the lock of what was received.
	 */
	private @Nullable ReceivedMessage find(ByteBuf received, Predicate<ReceivedMessage> wanted) {
		for (Iterator<ReceivedMessage> all = this.waiting.iterator(); all.hasNext();) {
			ReceivedMessage message = all.next();
			if (wanted.test(message)) {
				all.remove();
				return message;
			}
		}
		Message next;
		while ((next = this.framing.decode(received)) != null) {
			ReceivedMessage message = new ReceivedMessage(next.msgId(), next.body(), this.conversion);
			if (wanted.test(message)) {
				return message;
			}
			this.waiting.add(message);
		}
		return null;
	}

	/**
	 * Wait for bytes as they are, behind the messages received so far.
	 * @param length the number of bytes
	 * @return the bytes
	 * @throws AssertionError if they do not come in time
	 */
	public byte[] receiveRaw(int length) {
		byte[] bytes = this.inbound.take(this.timeout, (received) -> {
			if (received.readableBytes() < length) {
				return null;
			}
			byte[] taken = new byte[length];
			received.readBytes(taken);
			return taken;
		});
		if (bytes == null) {
			throw failure("Expected " + length + " bytes", this.timeout);
		}
		return bytes;
	}

	/**
	 * Check that no message comes within a time. It takes that time, so keep it short;
	 * where it can be, let the server answer something else and check that this is the
	 * next that {@link #receive()} returns.
	 * @param duration the time to wait
	 * @throws AssertionError if one comes, or is there
	 */
	public void expectNothing(Duration duration) {
		ReceivedMessage message = this.inbound.take(duration, (received) -> find(received, (any) -> true));
		if (message != null) {
			throw new AssertionError("Expected no message within " + seconds(duration) + ", but received " + message);
		}
	}

	/**
	 * Wait until the server has closed the connection. Messages that it had sent before
	 * can still be received.
	 * @return the end as this client sees it
	 * @throws AssertionError if the connection is still open when the time is over
	 */
	public ConnectionEnd expectClose() {
		ConnectionEnd end = this.inbound.awaitEnd(this.timeout);
		if (end == null) {
			throw failure("Expected the server to close the connection", this.timeout);
		}
		return end;
	}

	/**
	 * Wait until the server has closed the connection, and check why. The reason is not
	 * sent to clients: it is read from the server, which must be in this JVM.
	 * @param reason the expected reason; {@link CloseReason#REJECTED} if the connection
	 * was never admitted
	 * @return the end as this client sees it
	 * @throws AssertionError if the connection is still open when the time is over, or
	 * was closed for another reason
	 */
	public ConnectionEnd expectClose(CloseReason reason) {
		ConnectionEnd end = expectClose();
		Connection connection = this.link.connection();
		CloseReason actual = (connection != null) ? connection.closeReason() : CloseReason.REJECTED;
		if (actual != reason) {
			throw new AssertionError("Expected the server to close the connection because of " + reason
					+ ", but the reason was " + actual + ": " + state());
		}
		return end;
	}

	/**
	 * The server's side of this connection. Only if the server is in this JVM.
	 * @return the connection, also when it has ended
	 * @throws AssertionError if the server has not admitted it
	 */
	public Connection connection() {
		Connection connection = this.link.connection();
		if (connection == null) {
			throw new AssertionError("The server has not admitted the connection from " + localAddress()
					+ ", or is not in this JVM: " + state());
		}
		return connection;
	}

	/**
	 * The client's own address, which the server sees as the remote one.
	 * @return the address
	 */
	public SocketAddress localAddress() {
		return this.link.channel().localAddress();
	}

	/**
	 * Half-close the connection: nothing more is sent, but receiving goes on. Not in
	 * memory.
	 * @return this client
	 * @throws UnsupportedOperationException if the connection is in memory
	 */
	public ZinxTestClient shutdownOutput() {
		this.link.channel().shutdownOutput();
		return this;
	}

	/**
	 * Break the connection: the server sees a reset. Not in memory.
	 * @throws UnsupportedOperationException if the connection is in memory
	 */
	public void reset() {
		this.link.channel().reset();
		this.link.forget().run();
	}

	/**
	 * Close the connection on this side. Returns when it is closed here; the server
	 * notices it soon after.
	 */
	@Override
	public void close() {
		this.link.channel().close();
		this.link.forget().run();
	}

	private AssertionError failure(String expected, Duration timeout) {
		boolean ended = this.inbound.end() != null;
		return new AssertionError(expected + (ended ? "" : " within " + seconds(timeout)) + ", but " + state());
	}

	private static String seconds(Duration duration) {
		return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
	}

	/**
	 * Describe the state of the connection, for error messages.
	 */
	private String state() {
		ConnectionEnd end = this.inbound.end();
		StringBuilder text = new StringBuilder((end == null) ? "the connection is open" : switch (end) {
			case CLOSED -> "the server has closed the connection";
			case RESET -> "the connection was reset";
			case BY_CLIENT -> "this client was closed";
		});
		Connection connection = this.link.connection();
		if (end != null && connection != null) {
			text.append(" (").append(connection.closeReason()).append(')');
		}
		this.inbound.take(Duration.ZERO, (received) -> {
			text.append(this.waiting.isEmpty() ? ", and no other message was received"
					: ", and these messages were received: " + this.waiting);
			if (received.isReadable()) {
				text.append(", and ").append(Framing.describe(received)).append(" that are not a whole message");
			}
			return null;
		});
		return text.toString();
	}

	@Override
	public String toString() {
		return "ZinxTestClient at " + localAddress() + ": " + state();
	}

}

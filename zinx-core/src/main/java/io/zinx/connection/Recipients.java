package io.zinx.connection;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.function.Predicate;
import java.util.function.Supplier;

import io.netty.buffer.ByteBuf;
import io.zinx.message.Message;
import io.zinx.outbound.Encoding;

/**
 * The recipients of a broadcast: all connections of a server, or some of them. They are
 * determined at the time of the broadcast; nothing is copied before. Any thread, also
 * inside routers and listeners.
 */
public class Recipients {

	private final Supplier<? extends Collection<ChannelConnection>> source;

	private final Predicate<? super Connection> filter;

	Recipients(Supplier<? extends Collection<ChannelConnection>> source, Predicate<? super Connection> filter) {
		this.source = source;
		this.filter = filter;
	}

	/**
	 * The same recipients without one connection.
	 * @param connection the connection to leave out, for example the sender
	 * @return the recipients
	 */
	public Recipients except(Connection connection) {
		return where((candidate) -> candidate != connection);
	}

	/**
	 * Those of these recipients that pass a filter.
	 * @param filter called for each at the time of the broadcast, with no lock held; an
	 * exception ends the broadcast and is rethrown
	 * @return the recipients
	 */
	public Recipients where(Predicate<? super Connection> filter) {
		return new Recipients(this.source, (connection) -> this.filter.test(connection) && filter.test(connection));
	}

	/**
	 * Send a message to each of them. It is encoded once. Never blocks, whatever the
	 * policy for slow consumers: a connection whose queue bound is reached is closed with
	 * policy {@code close}, and otherwise does not get this message. Each of them
	 * receives the messages of one sending thread in order.
	 * @param msgId the message number, 0 to 4294967295
	 * @param body the body; copied before this method returns
	 * @return the result
	 * @throws IllegalArgumentException if {@code msgId} is out of range
	 */
	public BroadcastResult broadcast(long msgId, byte[] body) {
		return broadcast(msgId, body, Encoding.MESSAGE);
	}

	/**
	 * Send a text in UTF-8, as {@link #broadcast(long, byte[])}.
	 * @param msgId the message number, 0 to 4294967295
	 * @param text the body
	 * @return the result
	 * @throws IllegalArgumentException if {@code msgId} is out of range
	 */
	public BroadcastResult broadcast(long msgId, String text) {
		return broadcast(msgId, text.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Send a message, as {@link #broadcast(long, byte[])}.
	 * @param msgId the message number, 0 to 4294967295
	 * @param body the body: its readable bytes; released by this method, whatever the
	 * result
	 * @return the result
	 * @throws IllegalArgumentException if {@code msgId} is out of range
	 */
	public BroadcastResult broadcast(long msgId, ByteBuf body) {
		try {
			return broadcast(msgId, body, Encoding.MESSAGE_BUFFER);
		}
		finally {
			body.release();
		}
	}

	private <T> BroadcastResult broadcast(long msgId, T body, Encoding<T> encoding) {
		try (Broadcast<T> broadcast = new Broadcast<>(Message.requireMsgId(msgId), body, encoding)) {
			for (ChannelConnection connection : this.source.get()) {
				if (this.filter.test(connection)) {
					broadcast.send(connection);
				}
			}
			return broadcast.result();
		}
	}

}

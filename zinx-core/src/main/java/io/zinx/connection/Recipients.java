package io.zinx.connection;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.function.Predicate;
import java.util.function.Supplier;

import io.netty.buffer.ByteBuf;
import io.zinx.message.Message;
import io.zinx.outbound.Encoding;

/**
 * To whom a message goes: all connections of a server, or some of them. Says who at the
 * moment of the broadcast; nothing is copied before. Any thread, also from inside hooks
 * and routers.
 */
public class Recipients {

	private final Supplier<? extends Collection<ChannelConnection>> source;

	private final Predicate<? super Connection> filter;

	Recipients(Supplier<? extends Collection<ChannelConnection>> source, Predicate<? super Connection> filter) {
		this.source = source;
		this.filter = filter;
	}

	/**
	 * The same without one.
	 * @param connection who is left out, for example the sender
	 * @return those recipients
	 */
	public Recipients except(Connection connection) {
		return where((candidate) -> candidate != connection);
	}

	/**
	 * Those of them that pass a filter, too.
	 * @param filter asked for each at the moment of the broadcast, with no lock held;
	 * what it throws ends the broadcast and is thrown on
	 * @return those recipients
	 */
	public Recipients where(Predicate<? super Connection> filter) {
		return new Recipients(this.source, (connection) -> this.filter.test(connection) && filter.test(connection));
	}

	/**
	 * Send a message to each of them. It is encoded once. Never blocks, whatever the
	 * policy for slow consumers: one that has no room is closed where the policy is
	 * {@code close}, else this message is lost to it. To each of them the order of what
	 * one thread sends holds.
	 * @param msgId the message number, 0 to 4294967295
	 * @param body the body; copied before this method returns
	 * @return what became of it
	 * @throws IllegalArgumentException if {@code msgId} is out of range
	 */
	public BroadcastResult broadcast(long msgId, byte[] body) {
		return broadcast(msgId, body, Encoding.MESSAGE);
	}

	/**
	 * Send a text in UTF-8, as {@link #broadcast(long, byte[])}.
	 * @param msgId the message number, 0 to 4294967295
	 * @param text the body
	 * @return what became of it
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
	 * @return what became of it
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

package io.zinx.bench.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;

/**
 * One connection of the load. One thread.
 */
final class Peer {

	private final ClientChannel channel;

	private final SelectionKey key;

	private final FrameStream requests;

	private final FrameStream replies;

	/** The times at which the requests in flight were sent, as a ring. */
	private final long[] sentAt;

	private int sent;

	private int answered;

	private int requestPlace;

	private int replyPlace;

	private long unsent;

	Peer(Selector selector, ClientChannel channel, FrameStream requests, FrameStream replies, int mostInFlight)
			throws IOException {
		this.requests = requests;
		this.replies = replies;
		this.sentAt = new long[Math.max(1, Integer.highestOneBit(mostInFlight * 2 - 1))];
		this.channel = channel;
		this.channel.socket().configureBlocking(false);
		this.key = this.channel.socket().register(selector, SelectionKey.OP_READ, this);
	}

	/**
	 * Add requests after those that were sent before.
	 * @param count the number of requests
	 * @param time the time at which they are due
	 * @return whether there was space for them
	 */
	boolean request(int count, long time) {
		if (this.sent - this.answered + count > this.sentAt.length) {
			return false;
		}
		for (int i = 0; i < count; i++) {
			this.sentAt[this.sent++ & (this.sentAt.length - 1)] = time;
		}
		this.unsent += (long) count * this.requests.frameLength();
		return true;
	}

	/**
	 * Write the bytes that are not written yet, as far as the socket accepts them.
	 * @throws IOException if it takes nothing any more
	 */
	void flush() throws IOException {
		int written = 1;
		while (this.unsent > 0 && written > 0) {
			written = this.requests.write(this.channel, this.requestPlace, this.unsent);
			this.unsent -= written;
			this.requestPlace = (this.requestPlace + written) % this.requests.frameLength();
		}
		boolean all = this.channel.flush() && this.unsent == 0;
		int interest = all ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE;
		if (this.key.interestOps() != interest) {
			this.key.interestOps(interest);
		}
	}

	/**
	 * Read once, and check the bytes.
	 * @param buffer the buffer to read into
	 * @return the number of replies completed by it
	 * @throws IOException if the connection is broken
	 */
	int read(ByteBuffer buffer) throws IOException {
		buffer.clear();
		if (this.channel.read(buffer) < 0) {
			throw new IllegalStateException("The server has closed a connection");
		}
		int place = this.replies.check(buffer.flip(), this.replyPlace);
		this.replyPlace = place % this.replies.frameLength();
		return place / this.replies.frameLength();
	}

	/**
	 * Remove the oldest request in flight, which was answered.
	 * @return the time at which it was sent
	 */
	long answered() {
		if (this.answered == this.sent) {
			throw new IllegalStateException("A reply that nobody has asked for");
		}
		return this.sentAt[this.answered++ & (this.sentAt.length - 1)];
	}

	void close() throws IOException {
		this.channel.close();
	}

}

package io.zinx.sample;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Clients that send numbered messages at a given rate, all together and each in turn, and
 * check that the replies come in order and whole. One thread.
 */
final class Crowd implements AutoCloseable {

	/** All frames, requests and replies, are of this length. */
	private static final int FRAME = 16;

	private static final int ECHO = 1;

	private static final int SLEEP = 3;

	private static final double NANOS_PER_SECOND = 1e9;

	private final Selector selector = Selector.open();

	private final List<Client> clients = new ArrayList<>();

	private final double rate;

	private long start;

	private long made;

	Crowd(int port, int count, int rate) throws IOException {
		this.rate = rate;
		for (int i = 0; i < count; i++) {
			this.clients.add(new Client(port));
		}
	}

	/**
	 * Send and receive for some time, or until the server has closed all connections.
	 */
	void run(long nanos) throws IOException {
		long now = System.nanoTime();
		long end = now + nanos;
		this.start = now - (long) (this.made / this.rate * NANOS_PER_SECOND);
		while (System.nanoTime() - end < 0 && !hasEnded()) {
			long due = (long) ((System.nanoTime() - this.start) / NANOS_PER_SECOND * this.rate);
			while (this.made < due) {
				Client client = this.clients.get((int) (this.made++ % this.clients.size()));
				client.add(ECHO, client.added);
			}
			for (Client client : this.clients) {
				client.write();
			}
			this.selector.select(1);
			for (SelectionKey key : this.selector.selectedKeys()) {
				((Client) key.attachment()).read();
			}
			this.selector.selectedKeys().clear();
		}
	}

	/**
	 * Let one client ask for a reply that takes its time.
	 */
	void sleep(int client, int millis) {
		Client sleeper = this.clients.get(client);
		sleeper.sleepAt = sleeper.added;
		sleeper.sleepMillis = millis;
		sleeper.add(SLEEP, millis);
	}

	/**
	 * From now on messages may stay unanswered.
	 */
	void mark() {
		this.clients.forEach((client) -> client.marked = client.written / FRAME);
	}

	boolean hasEnded() {
		return this.clients.stream().allMatch((client) -> client.ended);
	}

	/**
	 * How many messages were sent before the mark, by all clients.
	 */
	long marked() {
		return this.clients.stream().mapToLong((client) -> client.marked).sum();
	}

	/**
	 * How many of those have no reply.
	 */
	long lost() {
		return this.clients.stream().mapToLong((client) -> Math.max(0, client.marked - client.received)).sum();
	}

	/**
	 * How many clients hold a part of a reply.
	 */
	long torn() {
		return this.clients.stream().filter((client) -> client.in.position() != 0).count();
	}

	@Override
	public void close() throws IOException {
		for (Client client : this.clients) {
			client.channel.close();
		}
		this.selector.close();
	}

	private final class Client {

		private final SocketChannel channel;

		private final ByteBuffer out = ByteBuffer.allocate(1 << 20);

		private final ByteBuffer in = ByteBuffer.allocate(1 << 16);

		private long added;

		private long written;

		private long received;

		private long marked;

		private long sleepAt = -1;

		private int sleepMillis;

		private boolean ended;

		Client(int port) throws IOException {
			this.channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
			this.channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
			this.channel.configureBlocking(false);
			this.channel.register(Crowd.this.selector, SelectionKey.OP_READ, this);
		}

		void add(int msgId, long number) {
			this.out.putInt(msgId).putInt(FRAME - 8).put(text(number));
			this.added++;
		}

		private byte[] text(long number) {
			return String.format("%08d", number).getBytes(StandardCharsets.US_ASCII);
		}

		void write() {
			if (this.out.position() == 0 || this.ended) {
				return;
			}
			this.out.flip();
			try {
				this.written += this.channel.write(this.out);
			}
			catch (IOException ex) {
				// The server has closed; what it sent before is still to be read.
				this.out.position(this.out.limit());
			}
			this.out.compact();
		}

		void read() throws IOException {
			int length;
			try {
				length = this.channel.read(this.in);
			}
			catch (IOException ex) {
				length = -1;
			}
			this.in.flip();
			while (this.in.remaining() >= FRAME) {
				check();
			}
			this.in.compact();
			if (length < 0) {
				this.ended = true;
				this.channel.close();
			}
		}

		private void check() {
			boolean slept = this.received == this.sleepAt;
			int msgId = this.in.getInt();
			int bodyLength = this.in.getInt();
			byte[] body = new byte[FRAME - 8];
			this.in.get(body);
			String expected = new String(text(slept ? this.sleepMillis : this.received), StandardCharsets.US_ASCII);
			String text = new String(body, StandardCharsets.US_ASCII);
			if (msgId != (slept ? SLEEP : ECHO) || bodyLength != FRAME - 8 || !text.equals(expected)) {
				throw new AssertionError("Expected reply " + this.received + ", got " + msgId + " " + text);
			}
			this.received++;
		}

	}

}

package io.zinx.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

import io.zinx.testing.ChildJvm;

/**
 * Clients of a broadcast in a process of their own: some never read, the others count
 * what they miss. Message 1 begins with a number that grows by one, message 2 is the end.
 */
final class Receivers {

	private static final int HEAD = 8;

	private final ByteBuffer in = ByteBuffer.allocate(256 * 1024);

	private final SocketChannel channel;

	private long received;

	private long missed;

	private boolean ended;

	private Receivers(SocketChannel channel) {
		this.channel = channel;
	}

	/**
	 * Connect, say so, read until all have seen the end, and print what came.
	 * @param args the port, how many read, how many are silent
	 * @throws IOException if a connection breaks
	 */
	public static void main(String[] args) throws IOException {
		InetSocketAddress server = new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0]));
		List<SocketChannel> silent = new ArrayList<>();
		for (int i = 0; i < Integer.parseInt(args[2]); i++) {
			silent.add(connect(server));
		}
		try (Selector selector = Selector.open()) {
			List<Receivers> readers = new ArrayList<>();
			for (int i = 0; i < Integer.parseInt(args[1]); i++) {
				Receivers reader = new Receivers(connect(server));
				reader.channel.configureBlocking(false);
				reader.channel.register(selector, SelectionKey.OP_READ, reader);
				readers.add(reader);
			}
			ChildJvm.print("ready");
			while (!readers.stream().allMatch((reader) -> reader.ended)) {
				selector.select((key) -> ((Receivers) key.attachment()).read(key));
			}
			ChildJvm.print(readers.stream().mapToLong((reader) -> reader.received).sum() + " "
					+ readers.stream().mapToLong((reader) -> reader.missed).sum());
		}
		for (SocketChannel channel : silent) {
			channel.close();
		}
	}

	private static SocketChannel connect(InetSocketAddress server) throws IOException {
		SocketChannel channel = SocketChannel.open();
		channel.setOption(StandardSocketOptions.SO_RCVBUF, 16 * 1024);
		channel.connect(server);
		return channel;
	}

	private void read(SelectionKey key) {
		try {
			if (this.channel.read(this.in) < 0) {
				this.missed++;
				end(key);
				return;
			}
			this.in.flip();
			while (this.in.remaining() >= HEAD
					&& this.in.remaining() >= HEAD + this.in.getInt(this.in.position() + 4)) {
				take(key);
			}
			this.in.compact();
		}
		catch (IOException ex) {
			this.missed++;
			end(key);
		}
	}

	private void take(SelectionKey key) {
		int at = this.in.position();
		if (this.in.getInt(at) == 2) {
			end(key);
		}
		else {
			long number = this.in.getLong(at + HEAD);
			this.missed += number - this.received;
			this.received = number + 1;
		}
		this.in.position(at + HEAD + this.in.getInt(at + 4));
	}

	private void end(SelectionKey key) {
		this.ended = true;
		key.cancel();
	}

}

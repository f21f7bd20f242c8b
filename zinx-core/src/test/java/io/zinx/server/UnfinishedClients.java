package io.zinx.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;

import io.zinx.testing.ChildJvm;

/**
 * A process of clients that never finish what they begin: each is silent, or sends half a
 * TLS handshake or half a PROXY header, and waits until the server closes it. Its
 * arguments are the port, the number of clients and how many of them begin in a second.
 * It prints a line when all have begun, and one with their number and the longest time
 * that one was open, in milliseconds, when all are closed.
 */
final class UnfinishedClients {

	private static final byte[][] BEGINNINGS = { {}, HexFormat.of().parseHex("16030100c8010000c40303"),
			"PROXY TCP4 192.0.2.7 198".getBytes(StandardCharsets.US_ASCII),
			HexFormat.of().parseHex("0d0a0d0a000d0a515549540a2111000cc000"),
			"GET / HTTP/1.1\r\nHost: localhost\r\nUpgra".getBytes(StandardCharsets.US_ASCII) };

	private final Selector selector = Selector.open();

	private final ByteBuffer buffer = ByteBuffer.allocate(1024);

	private int open;

	private int cut;

	private long longestNanos;

	private UnfinishedClients() throws IOException {
	}

	public static void main(String[] args) throws IOException {
		new UnfinishedClients().run(Integer.parseInt(args[0]), Integer.parseInt(args[1]), Integer.parseInt(args[2]));
	}

	private void run(int port, int count, int perSecond) throws IOException {
		long start = System.nanoTime();
		int begun = 0;
		while (begun < count || this.open > 0) {
			long due = (System.nanoTime() - start) * perSecond / TimeUnit.SECONDS.toNanos(1);
			for (; begun < Math.min(count, due); begun++) {
				begin(port, BEGINNINGS[begun % BEGINNINGS.length]);
				if (begun == count - 1) {
					ChildJvm.print("all have begun");
				}
			}
			this.selector.select(1);
			for (SelectionKey key : this.selector.selectedKeys()) {
				read(key);
			}
			this.selector.selectedKeys().clear();
		}
		ChildJvm.print(this.cut + " " + TimeUnit.NANOSECONDS.toMillis(this.longestNanos));
	}

	private void begin(int port, byte[] beginning) throws IOException {
		SocketChannel channel = SocketChannel.open();
		channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
		channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
		channel.write(ByteBuffer.wrap(beginning));
		channel.configureBlocking(false);
		channel.register(this.selector, SelectionKey.OP_READ, System.nanoTime());
		this.open++;
	}

	private void read(SelectionKey key) throws IOException {
		SocketChannel channel = (SocketChannel) key.channel();
		this.buffer.clear();
		try {
			if (channel.read(this.buffer) >= 0) {
				return;
			}
		}
		catch (IOException ex) {
			// A reset is an end, too.
		}
		channel.close();
		this.open--;
		this.cut++;
		this.longestNanos = Math.max(this.longestNanos, System.nanoTime() - (long) key.attachment());
	}

}

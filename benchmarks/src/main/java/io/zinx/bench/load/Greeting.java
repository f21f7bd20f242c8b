package io.zinx.bench.load;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * One echo on a connection, before it is measured: then the server has accepted it, and
 * with one event loop those that were opened before.
 */
final class Greeting {

	private static final byte BODY = 'z';

	private Greeting() {
	}

	static void exchange(ClientChannel channel) throws IOException {
		ByteBuffer frame = ByteBuffer.allocate(9).putInt(LoadClient.ECHO).putInt(1).put(BODY).flip();
		while (frame.hasRemaining()) {
			channel.write(frame);
		}
		ByteBuffer reply = ByteBuffer.allocate(ClientChannel.LEAST_SPACE);
		while (reply.position() < frame.capacity()) {
			if (channel.read(reply) < 0) {
				throw new EOFException("The server has closed a connection");
			}
		}
		if (!reply.flip().equals(frame.flip())) {
			throw new IllegalStateException("A wrong byte in a reply");
		}
	}

}

package io.zinx.boot.test.client;

import java.net.SocketAddress;
import java.util.concurrent.TimeUnit;

import io.netty.channel.EventLoopGroup;
import io.zinx.boot.test.client.Admissions.Admission;
import io.zinx.connection.Connection;
import org.jspecify.annotations.Nullable;

/**
 * The link of a client to its server.
 *
 * @param channel sends its bytes
 * @param inbound the data it has received
 * @param admission the server's side
 * @param forget called when the client is closed
 */
record Link(ClientChannel channel, Inbound inbound, Admission admission, Runnable forget) {

	/**
	 * Connect to a server outside of the application.
	 */
	static Link alone(SocketAddress server) {
		EventLoopGroup loop = ClientChannel.newLoop(server);
		try {
			Inbound inbound = new Inbound();
			ClientChannel channel = ClientChannel.connect(loop, server, inbound, null, (address) -> {
			});
			return new Link(channel, inbound, new Admission(), () -> end(loop));
		}
		catch (Throwable ex) {
			end(loop);
			throw ex;
		}
	}

	static void end(EventLoopGroup loop) {
		loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
	}

	/**
	 * The server's side, if it has admitted the client.
	 */
	@Nullable Connection connection() {
		return this.admission.connection().getNow(null);
	}

}

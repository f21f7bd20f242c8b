package io.zinx.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * A socket to this machine that sends at once, and waits at most ten seconds for
 * anything.
 */
class LoopbackSocket extends Socket {

	private static final int TIMEOUT_MILLIS = 10_000;

	/**
	 * Connect to a port of this machine.
	 * @param port the port
	 * @param receiveBuffer the size of the receive buffer in bytes, 0 for the default
	 * @throws IOException if nobody listens there
	 */
	LoopbackSocket(int port, int receiveBuffer) throws IOException {
		if (receiveBuffer > 0) {
			setReceiveBufferSize(receiveBuffer);
		}
		connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
		setTcpNoDelay(true);
		setSoTimeout(TIMEOUT_MILLIS);
	}

}

package io.zinx.transport;

import io.zinx.ZinxException;

/**
 * Thrown when a server cannot listen on the configured address and port.
 */
public final class ServerBindException extends ZinxException {

	private final String host;

	private final int port;

	private final boolean portInUse;

	ServerBindException(String host, int port, Throwable cause) {
		super("Cannot listen on " + host + ":" + port + ": "
				+ (isPortInUse(cause) ? "the port is in use" : cause.getMessage()), cause);
		this.host = host;
		this.port = port;
		this.portInUse = isPortInUse(cause);
	}

	private static boolean isPortInUse(Throwable cause) {
		String message = cause.getMessage();
		return message != null && message.contains("in use");
	}

	/**
	 * The address to listen on.
	 * @return as configured
	 */
	public String host() {
		return this.host;
	}

	/**
	 * The port to listen on.
	 * @return as configured
	 */
	public int port() {
		return this.port;
	}

	/**
	 * Return whether another socket listens there.
	 * @return {@code false} if there is another cause, for example that the address is
	 * not one of this machine
	 */
	public boolean isPortInUse() {
		return this.portInUse;
	}

}

package io.zinx.transport;

import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;

import io.zinx.ZinxException;

/**
 * Thrown when a server cannot listen on the configured address and port.
 */
public final class ServerBindException extends ZinxException {

	private final String host;

	private final int port;

	private final String reason;

	private final boolean portInUse;

	ServerBindException(String host, int port, Throwable cause) {
		super("Cannot listen on " + host + ":" + port + ": " + reason(cause), cause);
		this.host = host;
		this.port = port;
		this.reason = reason(cause);
		this.portInUse = isPortInUse(cause);
	}

	private static String reason(Throwable cause) {
		if (isPortInUse(cause)) {
			return "the port is in use";
		}
		if (cause instanceof UnresolvedAddressException || cause instanceof UnknownHostException) {
			return "there is no such host";
		}
		String message = cause.getMessage();
		return (message != null) ? message : cause.toString();
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
	 * The reason in words.
	 * @return for example {@code the port is in use}; that of the system if it is another
	 * one
	 */
	public String reason() {
		return this.reason;
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

package io.zinx.transport;

import java.net.BindException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;

import io.zinx.ZinxException;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when a server cannot listen on the configured address and port, or on the
 * configured Unix domain socket.
 */
public final class ServerBindException extends ZinxException {

	private final String host;

	private final int port;

	private final String reason;

	private final boolean portInUse;

	private final transient @Nullable Path unixSocket;

	private final String property;

	/**
	 * Create an exception for a port.
	 * @param host the address or host name
	 * @param port the port
	 * @param property the property of the port
	 * @param cause the cause
	 */
	ServerBindException(String host, int port, String property, Throwable cause) {
		super("Cannot listen on " + host + ":" + port + ": " + reason(cause), cause);
		this.host = host;
		this.port = port;
		this.property = property;
		this.reason = reason(cause);
		this.portInUse = isPortInUse(cause);
		this.unixSocket = null;
	}

	/**
	 * Create an exception for a Unix domain socket.
	 * @param path its path
	 * @param cause the cause, with a message for the operator
	 */
	ServerBindException(Path path, Throwable cause) {
		super("Cannot listen on " + path + " (zinx.unix-socket.path): " + unixReason(cause), cause);
		this.host = path.toString();
		this.port = -1;
		this.property = "zinx.unix-socket.path";
		this.reason = unixReason(cause);
		this.portInUse = cause instanceof BindException;
		this.unixSocket = path;
	}

	private static String unixReason(Throwable cause) {
		if (cause instanceof AccessDeniedException denied) {
			return "no permission for " + denied.getFile();
		}
		return reasonOfSystem(cause);
	}

	private static String reason(Throwable cause) {
		if (isPortInUse(cause)) {
			return "the port is in use";
		}
		if (cause instanceof UnresolvedAddressException || cause instanceof UnknownHostException) {
			return "there is no such host";
		}
		return reasonOfSystem(cause);
	}

	private static String reasonOfSystem(Throwable cause) {
		String message = cause.getMessage();
		return (message != null) ? message : cause.toString();
	}

	private static boolean isPortInUse(Throwable cause) {
		String message = cause.getMessage();
		return message != null && message.contains("in use");
	}

	/**
	 * The address to listen on.
	 * @return as configured; the path of a Unix domain socket
	 */
	public String host() {
		return this.host;
	}

	/**
	 * The port to listen on.
	 * @return as configured; -1 for a Unix domain socket
	 */
	public int port() {
		return this.port;
	}

	/**
	 * The property that names the port or path.
	 * @return {@code zinx.port}, {@code zinx.websocket.port} or
	 * {@code zinx.unix-socket.path}
	 */
	public String property() {
		return this.property;
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

	/**
	 * The Unix domain socket to listen on.
	 * @return its path; {@code null} if it is a port that cannot be listened on
	 */
	public @Nullable Path unixSocket() {
		return this.unixSocket;
	}

}

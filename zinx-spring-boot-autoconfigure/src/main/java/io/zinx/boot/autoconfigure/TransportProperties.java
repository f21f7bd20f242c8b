package io.zinx.boot.autoconfigure;

import java.time.Duration;

import org.springframework.boot.context.properties.NestedConfigurationProperty;

/**
 * The part of the properties of a server that is about its port and what lies between
 * sockets and messages.
 */
@SuppressWarnings("checkstyle:MissingJavadocMethod")
public abstract class TransportProperties {

	/**
	 * Address or host name to listen on. All addresses of the machine if not set.
	 */
	private String host = "0.0.0.0";

	/**
	 * Port to listen on. A random free port if 0, none if -1 with zinx.unix-socket.path
	 * or zinx.websocket.port.
	 */
	private int port = 8999;

	/**
	 * Number of threads that do I/O. One for each processor if 0.
	 */
	private int eventLoops = 0;

	/**
	 * Maximum number of connections that wait in the kernel to be accepted. The kernel
	 * may lower it.
	 */
	private int backlog = 4096;

	/**
	 * Epoll is used if its native library is on the class path, otherwise NIO.
	 */
	private boolean nativeTransport = true;

	/**
	 * Time that a client has for its first bytes if these decide between messages and
	 * TLS, a PROXY header or WebSocket. After it, the connection begins in plain text.
	 */
	private Duration sniffTimeout = Duration.ofMillis(200);

	@NestedConfigurationProperty
	private final HandshakeProperties handshake = new HandshakeProperties();

	@NestedConfigurationProperty
	private final AuthenticationProperties authentication = new AuthenticationProperties();

	private final ZinxProperties.Socket socket = new ZinxProperties.Socket();

	@NestedConfigurationProperty
	private final UnixSocketProperties unixSocket = new UnixSocketProperties();

	@NestedConfigurationProperty
	private final SslProperties ssl = new SslProperties();

	@NestedConfigurationProperty
	private final ProxyProtocolProperties proxyProtocol = new ProxyProtocolProperties();

	@NestedConfigurationProperty
	private final WebSocketProperties websocket = new WebSocketProperties();

	public String getHost() {
		return this.host;
	}

	public void setHost(String host) {
		this.host = host;
	}

	public int getPort() {
		return this.port;
	}

	public void setPort(int port) {
		this.port = port;
	}

	public int getEventLoops() {
		return this.eventLoops;
	}

	public void setEventLoops(int eventLoops) {
		this.eventLoops = eventLoops;
	}

	public int getBacklog() {
		return this.backlog;
	}

	public void setBacklog(int backlog) {
		this.backlog = backlog;
	}

	public boolean isNativeTransport() {
		return this.nativeTransport;
	}

	public void setNativeTransport(boolean nativeTransport) {
		this.nativeTransport = nativeTransport;
	}

	public ZinxProperties.Socket getSocket() {
		return this.socket;
	}

	public UnixSocketProperties getUnixSocket() {
		return this.unixSocket;
	}

	public SslProperties getSsl() {
		return this.ssl;
	}

	public AuthenticationProperties getAuthentication() {
		return this.authentication;
	}

	public HandshakeProperties getHandshake() {
		return this.handshake;
	}

	public Duration getSniffTimeout() {
		return this.sniffTimeout;
	}

	public void setSniffTimeout(Duration sniffTimeout) {
		this.sniffTimeout = sniffTimeout;
	}

	public WebSocketProperties getWebsocket() {
		return this.websocket;
	}

	public ProxyProtocolProperties getProxyProtocol() {
		return this.proxyProtocol;
	}

}

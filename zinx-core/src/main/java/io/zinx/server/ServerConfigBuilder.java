package io.zinx.server;

import java.time.Duration;
import java.util.Objects;

import io.zinx.InvalidSettingException;
import io.zinx.admission.ConnectionSettings;
import io.zinx.authentication.AuthenticationSettings;
import io.zinx.codec.FrameCodec;
import io.zinx.codec.TlvCodec;
import io.zinx.dispatch.WorkerMode;
import io.zinx.dispatch.WorkerSettings;
import io.zinx.heartbeat.HeartbeatSettings;
import io.zinx.heartbeat.IdleSettings;
import io.zinx.heartbeat.ReceiveTimeouts;
import io.zinx.inbound.InboundSettings;
import io.zinx.link.LinkSettings;
import io.zinx.link.PendingHandshakes;
import io.zinx.link.ProxyProtocolSettings;
import io.zinx.link.TlsSettings;
import io.zinx.link.WebSocketSettings;
import io.zinx.message.Message;
import io.zinx.metrics.HandlerTiming;
import io.zinx.outbound.OutboundSettings;
import io.zinx.outbound.SlowConsumerPolicy;
import io.zinx.transport.TransportSettings;
import io.zinx.transport.UnixSocketSettings;
import org.jspecify.annotations.Nullable;

/**
 * Builder of a {@link ServerConfig}: collects settings, which {@link #build()} checks.
 * For one thread at a time.
 */
public final class ServerConfigBuilder {

	private static final int LONGEST_PACKET = 1 << 30;

	String name = "ZinxServerApp";

	String host = TransportSettings.DEFAULTS.host();

	int port = TransportSettings.DEFAULTS.port();

	int backlog = TransportSettings.DEFAULTS.backlog();

	int eventLoops = TransportSettings.DEFAULTS.eventLoops();

	boolean nativeTransport = TransportSettings.DEFAULTS.nativeTransport();

	int receiveBuffer;

	int sendBuffer;

	boolean inMemory;

	@Nullable TlsSettings tls;

	ProxyProtocolSettings proxyProtocol = ProxyProtocolSettings.OFF;

	Duration sniffTimeout = LinkSettings.DEFAULT_SNIFF_TIMEOUT;

	int maxPendingHandshakes = PendingHandshakes.DEFAULT_MAX;

	@Nullable UnixSocketSettings unixSocket;

	AuthenticationSettings authentication = AuthenticationSettings.DEFAULTS;

	@Nullable WebSocketSettings webSocket;

	int maxConn = 12_000;

	long maxPacketSize = 4096;

	FrameCodec codec = new TlvCodec();

	WorkerMode workerMode = WorkerSettings.DEFAULTS.mode();

	int workerPoolSize = WorkerSettings.DEFAULTS.poolSize();

	int maxWorkerTaskLen = WorkerSettings.DEFAULTS.maxTaskLen();

	int bindMaxThreads = WorkerSettings.DEFAULTS.maxThreads();

	Duration asyncTimeout = WorkerSettings.DEFAULTS.asyncTimeout();

	long inboundMaxBytes;

	long inboundTotalMaxBytes;

	long outboundMaxBytes = OutboundSettings.DEFAULTS.maxBytes();

	long outboundTotalMaxBytes = OutboundSettings.DEFAULTS.totalMaxBytes();

	boolean totalMaxBytesGiven;

	int highWaterMark;

	int lowWaterMark;

	SlowConsumerPolicy slowConsumerPolicy = OutboundSettings.DEFAULTS.policy();

	Duration blockTimeout = OutboundSettings.DEFAULTS.blockTimeout();

	Duration flushTimeout = OutboundSettings.DEFAULTS.flushTimeout();

	ConnectionSettings connections = ConnectionSettings.DEFAULTS;

	HeartbeatSettings heartbeat = HeartbeatSettings.OFF;

	IdleSettings idle = IdleSettings.OFF;

	ReceiveTimeouts receive = ReceiveTimeouts.OFF;

	Duration gracePeriod = Duration.ofSeconds(20);

	@Nullable Message goodbye;

	DrainSettings drain = DrainSettings.DEFAULTS;

	HandlerTiming handlerTiming = HandlerTiming.SAMPLED;

	@Nullable ClassLoader classLoader;

	ServerConfigBuilder() {
	}

	/**
	 * Set the name of the server, in log lines, thread names and the tags of meters.
	 * @param name the name, not blank; {@code ZinxServerApp} by default
	 * @return this builder
	 */
	public ServerConfigBuilder name(String name) {
		this.name = Objects.requireNonNull(name, "name");
		return this;
	}

	/**
	 * Set the address to listen on.
	 * @param host an address or host name, {@code 0.0.0.0} (all) by default
	 * @return this builder
	 */
	public ServerConfigBuilder host(String host) {
		this.host = Objects.requireNonNull(host, "host");
		return this;
	}

	/**
	 * Set the port to listen on.
	 * @param port 1 to 65535, 8999 by default; 0 for any free one; -1 for none, with
	 * {@link #unixSocket} or a port of {@link #webSocket} only
	 * @return this builder
	 */
	public ServerConfigBuilder port(int port) {
		this.port = port;
		return this;
	}

	/**
	 * Set the Unix domain socket to listen on, beside the port or, with port -1, alone.
	 * @param unixSocket the settings; {@code null}, the default, for none. Without effect
	 * with {@link #inMemory()}
	 * @return this builder
	 */
	public ServerConfigBuilder unixSocket(@Nullable UnixSocketSettings unixSocket) {
		this.unixSocket = unixSocket;
		return this;
	}

	/**
	 * Set the WebSocket connections to accept, on a port of their own or where others are
	 * accepted, too.
	 * @param webSocket the settings; {@code null}, the default, for none. Without effect
	 * with {@link #inMemory()}
	 * @return this builder
	 */
	public ServerConfigBuilder webSocket(@Nullable WebSocketSettings webSocket) {
		this.webSocket = webSocket;
		return this;
	}

	/**
	 * Set the length of the queue of connections that the kernel has established and the
	 * server has not accepted yet.
	 * @param backlog 1 or more, 4096 by default; the kernel may lower it
	 * @return this builder
	 */
	public ServerConfigBuilder backlog(int backlog) {
		this.backlog = backlog;
		return this;
	}

	/**
	 * Set the number of event loops, the threads that do I/O.
	 * @param eventLoops 1 to 1024; 0, the default, for one for each processor
	 * @return this builder
	 */
	public ServerConfigBuilder eventLoops(int eventLoops) {
		this.eventLoops = eventLoops;
		return this;
	}

	/**
	 * Set the use of epoll where its native library is available.
	 * @param nativeTransport {@code true} by default; {@code false} for NIO
	 * @return this builder
	 */
	public ServerConfigBuilder nativeTransport(boolean nativeTransport) {
		this.nativeTransport = nativeTransport;
		return this;
	}

	/**
	 * Set the sizes of the kernel's buffers of each connection.
	 * @param receive bytes of the receive buffer; 0, the default, for the choice of the
	 * kernel
	 * @param send bytes of the send buffer; 0 as well
	 * @return this builder
	 */
	public ServerConfigBuilder socketBuffers(int receive, int send) {
		this.receiveBuffer = receive;
		this.sendBuffer = send;
		return this;
	}

	/**
	 * Open no port: accept clients in this JVM only, at
	 * {@link ZinxServer#localAddress()}, which is an
	 * {@link io.netty.channel.local.LocalAddress} then. For tests: no socket means no
	 * half-closed connections, no resets and no slow consumers.
	 * @return this builder
	 */
	public ServerConfigBuilder inMemory() {
		this.inMemory = true;
		return this;
	}

	/**
	 * Set the encryption of connections.
	 * @param tls the settings; {@code null}, the default, for plain text. Without effect
	 * with {@link #inMemory()}
	 * @return this builder
	 */
	public ServerConfigBuilder tls(@Nullable TlsSettings tls) {
		this.tls = tls;
		return this;
	}

	/**
	 * Set the use of the PROXY protocol, with which a load balancer names the addresses
	 * of clients.
	 * @param proxyProtocol the settings, {@link ProxyProtocolSettings#OFF} by default.
	 * Without effect with {@link #inMemory()}
	 * @return this builder
	 */
	public ServerConfigBuilder proxyProtocol(ProxyProtocolSettings proxyProtocol) {
		this.proxyProtocol = Objects.requireNonNull(proxyProtocol, "proxyProtocol");
		return this;
	}

	/**
	 * Set the time limit and threads of the application's authenticator. Without effect
	 * if there is none.
	 * @param authentication the settings, by default
	 * {@link AuthenticationSettings#DEFAULTS}
	 * @return this builder
	 */
	public ServerConfigBuilder authentication(AuthenticationSettings authentication) {
		this.authentication = Objects.requireNonNull(authentication, "authentication");
		return this;
	}

	/**
	 * Set the time that a client has for its first bytes where these decide between plain
	 * text and something else. Then its connection begins in plain text; what it sends
	 * may be something else until the server has sent a byte. Without effect where
	 * clients may not, or may only, begin with a message.
	 * @param timeout more than zero, 200 ms by default
	 * @return this builder
	 */
	public ServerConfigBuilder sniffTimeout(Duration timeout) {
		this.sniffTimeout = Objects.requireNonNull(timeout, "timeout");
		return this;
	}

	/**
	 * Set the most clients whose handshake is under way at one time. They take no slot of
	 * {@link #maxConn}. When it is reached, the one that has taken longest is closed.
	 * Without effect in plain text.
	 * @param max 1 or more, by default 1000
	 * @return this builder
	 */
	public ServerConfigBuilder maxPendingHandshakes(int max) {
		this.maxPendingHandshakes = max;
		return this;
	}

	/**
	 * Set the number of slots: the most connections at one time.
	 * @param maxConn 1 or more, 12000 by default
	 * @return this builder
	 */
	public ServerConfigBuilder maxConn(int maxConn) {
		this.maxConn = maxConn;
		return this;
	}

	/**
	 * Set the length of the longest body that a client may send.
	 * @param bytes 1 to 1 GiB, 4096 by default
	 * @return this builder
	 */
	public ServerConfigBuilder maxPacketSize(long bytes) {
		this.maxPacketSize = bytes;
		return this;
	}

	/**
	 * Set the wire format.
	 * @param codec the codec, {@link TlvCodec} by default
	 * @return this builder
	 */
	public ServerConfigBuilder codec(FrameCodec codec) {
		this.codec = Objects.requireNonNull(codec, "codec");
		return this;
	}

	/**
	 * Set the worker mode: the kind of threads that handle messages.
	 * @param workerMode {@link WorkerMode#HASH} by default
	 * @return this builder
	 */
	public ServerConfigBuilder workerMode(WorkerMode workerMode) {
		this.workerMode = Objects.requireNonNull(workerMode, "workerMode");
		return this;
	}

	/**
	 * Set the number of workers in mode {@code hash}, and so the number of handlers that
	 * may run at a time.
	 * @param workerPoolSize 1 to 4096, 10 by default
	 * @return this builder
	 */
	public ServerConfigBuilder workerPoolSize(int workerPoolSize) {
		this.workerPoolSize = workerPoolSize;
		return this;
	}

	/**
	 * Set the queue bound of a worker: the number of messages that may wait for it. In
	 * mode {@code bind}, and for routers with an execution of their own, the bound is
	 * that of one connection.
	 * @param maxWorkerTaskLen 1 or more, 1024 by default
	 * @return this builder
	 */
	public ServerConfigBuilder maxWorkerTaskLen(int maxWorkerTaskLen) {
		this.maxWorkerTaskLen = maxWorkerTaskLen;
		return this;
	}

	/**
	 * Set the most platform threads for connections in mode {@code bind} and for routers
	 * with execution {@code virtual-thread}, where the JDK has no virtual threads. When
	 * all are in use, connections wait for a free one.
	 * @param bindMaxThreads 1 to 100,000, 1000 by default
	 * @return this builder
	 */
	public ServerConfigBuilder bindMaxThreads(int bindMaxThreads) {
		this.bindMaxThreads = bindMaxThreads;
		return this;
	}

	/**
	 * Set the time that a connection waits for the stage of an asynchronous router.
	 * @param asyncTimeout 30 seconds by default; zero for no limit
	 * @return this builder
	 */
	public ServerConfigBuilder asyncTimeout(Duration asyncTimeout) {
		this.asyncTimeout = Objects.requireNonNull(asyncTimeout, "asyncTimeout");
		return this;
	}

	/**
	 * Set the bound on memory for messages of one connection that were received and are
	 * not handled yet. A connection that reaches it is not read until half of it is
	 * handled.
	 * @param bytes at least one whole frame, up to 1 GiB; 0, the default, for the larger
	 * of 1 MiB and two whole frames
	 * @return this builder
	 */
	public ServerConfigBuilder inboundMaxBytes(long bytes) {
		this.inboundMaxBytes = bytes;
		return this;
	}

	/**
	 * Set the bound on memory for messages of all connections that were received and are
	 * not handled yet. When it is reached, connections that hold more than an equal share
	 * of it are not read.
	 * @param bytes at least {@code inboundMaxBytes}; 0, the default, for an eighth of the
	 * memory, the smaller of heap and direct memory
	 * @return this builder
	 */
	public ServerConfigBuilder inboundTotalMaxBytes(long bytes) {
		this.inboundTotalMaxBytes = bytes;
		return this;
	}

	/**
	 * Set the outbound queue bound of one connection: the bytes that may wait to be
	 * written.
	 * @param bytes 1 KiB to 1 GiB, 1 MiB by default
	 * @return this builder
	 */
	public ServerConfigBuilder outboundMaxBytes(long bytes) {
		this.outboundMaxBytes = bytes;
		return this;
	}

	/**
	 * Set the outbound queue bound of all connections together.
	 * @param bytes at least {@code outboundMaxBytes}, a quarter of the memory by default,
	 * the smaller of heap and direct memory
	 * @return this builder
	 */
	public ServerConfigBuilder outboundTotalMaxBytes(long bytes) {
		this.outboundTotalMaxBytes = bytes;
		this.totalMaxBytesGiven = true;
		return this;
	}

	/**
	 * Set the water marks of waiting outbound bytes: above the high one a connection is
	 * congested and not read, below the low one it is read again.
	 * @param low bytes, up to {@code high}; 0, the default, for half of {@code high}
	 * @param high bytes, up to {@code outboundMaxBytes}; 0, the default, for a quarter of
	 * that
	 * @return this builder
	 */
	public ServerConfigBuilder waterMarks(int low, int high) {
		this.lowWaterMark = low;
		this.highWaterMark = high;
		return this;
	}

	/**
	 * Set the policy for a message that exceeds an outbound queue bound.
	 * @param policy {@link SlowConsumerPolicy#CLOSE} by default
	 * @return this builder
	 */
	public ServerConfigBuilder slowConsumerPolicy(SlowConsumerPolicy policy) {
		this.slowConsumerPolicy = Objects.requireNonNull(policy, "policy");
		return this;
	}

	/**
	 * Set the longest wait of a sending thread with {@link SlowConsumerPolicy#BLOCK}.
	 * @param blockTimeout more than zero, up to an hour, five seconds by default
	 * @return this builder
	 */
	public ServerConfigBuilder blockTimeout(Duration blockTimeout) {
		this.blockTimeout = Objects.requireNonNull(blockTimeout, "blockTimeout");
		return this;
	}

	/**
	 * Set the time that a closing connection has to write accepted messages.
	 * @param flushTimeout zero to one hour, five seconds by default
	 * @return this builder
	 */
	public ServerConfigBuilder flushTimeout(Duration flushTimeout) {
		this.flushTimeout = Objects.requireNonNull(flushTimeout, "flushTimeout");
		return this;
	}

	/**
	 * Set the policies for a full server, duplicate logins and kicks.
	 * @param connections the settings
	 * @return this builder
	 */
	public ServerConfigBuilder connections(ConnectionSettings connections) {
		this.connections = Objects.requireNonNull(connections, "connections");
		return this;
	}

	/**
	 * Set the heartbeats, which detect dead peers.
	 * @param heartbeat the settings, {@link HeartbeatSettings#OFF} by default
	 * @return this builder
	 */
	public ServerConfigBuilder heartbeat(HeartbeatSettings heartbeat) {
		this.heartbeat = Objects.requireNonNull(heartbeat, "heartbeat");
		return this;
	}

	/**
	 * Set the timeouts of idle connections.
	 * @param idle the settings, {@link IdleSettings#OFF} by default
	 * @return this builder
	 */
	public ServerConfigBuilder idle(IdleSettings idle) {
		this.idle = Objects.requireNonNull(idle, "idle");
		return this;
	}

	/**
	 * Set the time limits for a client to send a message.
	 * @param receive the settings, {@link ReceiveTimeouts#OFF} by default
	 * @return this builder
	 */
	public ServerConfigBuilder receive(ReceiveTimeouts receive) {
		this.receive = Objects.requireNonNull(receive, "receive");
		return this;
	}

	/**
	 * Set the grace period: the time that a stop or drain gives connections before it
	 * closes them with work unfinished.
	 * @param gracePeriod zero or more, 20 seconds by default
	 * @return this builder
	 */
	public ServerConfigBuilder gracePeriod(Duration gracePeriod) {
		this.gracePeriod = Objects.requireNonNull(gracePeriod, "gracePeriod");
		return this;
	}

	/**
	 * Set the goodbye message to every client when the server stops or drains.
	 * @param goodbye the message, or {@code null}, the default, for none
	 * @return this builder
	 */
	public ServerConfigBuilder goodbye(@Nullable Message goodbye) {
		this.goodbye = goodbye;
		return this;
	}

	/**
	 * Set the choice of messages whose handling time is measured.
	 * @param handlerTiming {@link HandlerTiming#SAMPLED} by default
	 * @return this builder
	 */
	public ServerConfigBuilder handlerTiming(HandlerTiming handlerTiming) {
		this.handlerTiming = Objects.requireNonNull(handlerTiming, "handlerTiming");
		return this;
	}

	/**
	 * Set how the server drains: closes its connections in good order.
	 * @param drain the settings, {@link DrainSettings#DEFAULTS} by default
	 * @return this builder
	 */
	public ServerConfigBuilder drain(DrainSettings drain) {
		this.drain = Objects.requireNonNull(drain, "drain");
		return this;
	}

	/**
	 * The settings of drains as they are set so far.
	 * @return the settings, to be changed with one of their methods
	 */
	public DrainSettings drain() {
		return this.drain;
	}

	/**
	 * Set the class loader of the application, which becomes the context class loader of
	 * all threads of the server, whichever thread starts them.
	 * @param classLoader the class loader; {@code null}, the default, for the context
	 * class loader of the thread that calls {@link #build()}
	 * @return this builder
	 */
	public ServerConfigBuilder classLoader(@Nullable ClassLoader classLoader) {
		this.classLoader = classLoader;
		return this;
	}

	ClassLoader classLoader() {
		ClassLoader given = (this.classLoader != null) ? this.classLoader
				: Thread.currentThread().getContextClassLoader();
		return (given != null) ? given : ServerConfigBuilder.class.getClassLoader();
	}

	/**
	 * Check the settings and build the configuration.
	 * @return the configuration
	 * @throws InvalidSettingException if one has a value the server cannot work with
	 */
	public ServerConfig build() {
		return new ServerConfig(this);
	}

	String name() {
		if (this.name.isBlank()) {
			throw new InvalidSettingException("name", "'" + this.name + "'", "a name, which is not blank");
		}
		return this.name;
	}

	TransportSettings transport() {
		return new TransportSettings(this.host, this.port, this.backlog, this.eventLoops, this.nativeTransport,
				this.receiveBuffer, this.sendBuffer, this.inMemory, new LinkSettings(this.tls, this.proxyProtocol,
						this.sniffTimeout, this.maxPendingHandshakes, this.webSocket, this.authentication),
				this.unixSocket);
	}

	WorkerSettings workers() {
		return new WorkerSettings(this.workerMode, this.workerPoolSize, this.maxWorkerTaskLen, this.bindMaxThreads,
				this.asyncTimeout);
	}

	int maxPacketSize() {
		int bytes = (int) InvalidSettingException.requireBytes("max-packet-size", this.maxPacketSize, 1,
				LONGEST_PACKET);
		if (this.codec.minBodyLength() > bytes) {
			throw new InvalidSettingException("max-packet-size", bytes,
					this.codec.minBodyLength() + " bytes or more with codec " + this.codec.name());
		}
		return bytes;
	}

	InboundSettings inbound() {
		long wholeFrame = this.codec.headLength() + this.maxPacketSize + this.codec.tailLength();
		return InboundSettings.of(this.inboundMaxBytes, this.inboundTotalMaxBytes, wholeFrame);
	}

	OutboundSettings outbound() {
		return new OutboundSettings(this.outboundMaxBytes,
				Math.max(this.outboundTotalMaxBytes, this.totalMaxBytesGiven ? 0 : this.outboundMaxBytes),
				this.highWaterMark, this.lowWaterMark, this.slowConsumerPolicy, this.blockTimeout, this.flushTimeout);
	}

}

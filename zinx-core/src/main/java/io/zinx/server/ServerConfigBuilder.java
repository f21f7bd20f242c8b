package io.zinx.server;

import java.time.Duration;
import java.util.Objects;

import io.zinx.InvalidSettingException;
import io.zinx.admission.ConnectionSettings;
import io.zinx.codec.FrameCodec;
import io.zinx.codec.TlvCodec;
import io.zinx.dispatch.WorkerMode;
import io.zinx.dispatch.WorkerSettings;
import io.zinx.heartbeat.HeartbeatSettings;
import io.zinx.heartbeat.IdleSettings;
import io.zinx.heartbeat.ReceiveTimeouts;
import io.zinx.inbound.InboundSettings;
import io.zinx.link.TlsSettings;
import io.zinx.message.Message;
import io.zinx.metrics.HandlerTiming;
import io.zinx.outbound.OutboundSettings;
import io.zinx.outbound.SlowConsumerPolicy;
import io.zinx.transport.TransportSettings;
import org.jspecify.annotations.Nullable;

/**
 * Collects settings; {@link #build()} checks them.
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
	 * Set the server's name, in logs and thread names.
	 * @param name the name, {@code ZinxServerApp} by default
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
	 * @param port 1 to 65535, 8999 by default; 0 for any free one
	 * @return this builder
	 */
	public ServerConfigBuilder port(int port) {
		this.port = port;
		return this;
	}

	/**
	 * Set how many connections the kernel keeps that are not yet accepted.
	 * @param backlog 1 or more, 4096 by default; the kernel may lower it
	 * @return this builder
	 */
	public ServerConfigBuilder backlog(int backlog) {
		this.backlog = backlog;
		return this;
	}

	/**
	 * Set how many threads do I/O.
	 * @param eventLoops 1 to 1024; 0, the default, for one a processor
	 * @return this builder
	 */
	public ServerConfigBuilder eventLoops(int eventLoops) {
		this.eventLoops = eventLoops;
		return this;
	}

	/**
	 * Set whether to use epoll where its native library is there.
	 * @param nativeTransport {@code true} by default; {@code false} for NIO
	 * @return this builder
	 */
	public ServerConfigBuilder nativeTransport(boolean nativeTransport) {
		this.nativeTransport = nativeTransport;
		return this;
	}

	/**
	 * Set the sizes of the kernel's buffers of each connection.
	 * @param receive bytes; 0, the default, to leave it to the kernel
	 * @param send the same of the send buffer
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
	 * Set how connections are encrypted.
	 * @param tls the settings; {@code null}, the default, for plain text. Without effect
	 * with {@link #inMemory()}
	 * @return this builder
	 */
	public ServerConfigBuilder tls(@Nullable TlsSettings tls) {
		this.tls = tls;
		return this;
	}

	/**
	 * Set the most connections at one time.
	 * @param maxConn 1 or more, 12000 by default
	 * @return this builder
	 */
	public ServerConfigBuilder maxConn(int maxConn) {
		this.maxConn = maxConn;
		return this;
	}

	/**
	 * Set the longest body a client may send.
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
	 * Set on which threads messages are handled.
	 * @param workerMode {@link WorkerMode#HASH} by default
	 * @return this builder
	 */
	public ServerConfigBuilder workerMode(WorkerMode workerMode) {
		this.workerMode = Objects.requireNonNull(workerMode, "workerMode");
		return this;
	}

	/**
	 * Set how many workers there are in mode {@code hash}, and so how many handlers may
	 * run at a time.
	 * @param workerPoolSize 1 to 4096, 10 by default
	 * @return this builder
	 */
	public ServerConfigBuilder workerPoolSize(int workerPoolSize) {
		this.workerPoolSize = workerPoolSize;
		return this;
	}

	/**
	 * Set how many messages may wait for one worker; in mode {@code bind}, and where
	 * routers have an execution of their own, for one connection.
	 * @param maxWorkerTaskLen 1 or more, 1024 by default
	 * @return this builder
	 */
	public ServerConfigBuilder maxWorkerTaskLen(int maxWorkerTaskLen) {
		this.maxWorkerTaskLen = maxWorkerTaskLen;
		return this;
	}

	/**
	 * Set how many platform threads there may be for connections in mode {@code bind},
	 * and for routers with execution {@code virtual-thread}, where the JDK has no virtual
	 * threads. When all are taken, connections wait for the first that is free.
	 * @param bindMaxThreads 1 to 100,000, 1000 by default
	 * @return this builder
	 */
	public ServerConfigBuilder bindMaxThreads(int bindMaxThreads) {
		this.bindMaxThreads = bindMaxThreads;
		return this;
	}

	/**
	 * Set how long a connection waits for an answer that comes later.
	 * @param asyncTimeout 30 seconds by default; zero for as long as it takes
	 * @return this builder
	 */
	public ServerConfigBuilder asyncTimeout(Duration asyncTimeout) {
		this.asyncTimeout = Objects.requireNonNull(asyncTimeout, "asyncTimeout");
		return this;
	}

	/**
	 * Set how much memory one connection may hold for what was received and is not
	 * handled. Who holds as much is not read until half of it is handled.
	 * @param bytes at least one whole frame, up to 1 GiB; 0, the default, for the larger
	 * of 1 MiB and two whole frames
	 * @return this builder
	 */
	public ServerConfigBuilder inboundMaxBytes(long bytes) {
		this.inboundMaxBytes = bytes;
		return this;
	}

	/**
	 * Set how much memory all connections together may hold for what was received and is
	 * not handled. When it is taken, connections with more than an equal share of it are
	 * not read.
	 * @param bytes at least {@code inboundMaxBytes}; 0, the default, for an eighth of the
	 * memory, the smaller of heap and direct memory
	 * @return this builder
	 */
	public ServerConfigBuilder inboundTotalMaxBytes(long bytes) {
		this.inboundTotalMaxBytes = bytes;
		return this;
	}

	/**
	 * Set how many bytes may wait to be written on one connection.
	 * @param bytes 1 KiB to 1 GiB, 1 MiB by default
	 * @return this builder
	 */
	public ServerConfigBuilder outboundMaxBytes(long bytes) {
		this.outboundMaxBytes = bytes;
		return this;
	}

	/**
	 * Set how many bytes may wait to be written on all connections together.
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
	 * Set between which numbers of waiting bytes a connection is not read.
	 * @param low reading goes on below this many, up to {@code high}; 0, the default, for
	 * half of {@code high}
	 * @param high reading pauses above this many, up to {@code outboundMaxBytes}; 0, the
	 * default, for a quarter of that
	 * @return this builder
	 */
	public ServerConfigBuilder waterMarks(int low, int high) {
		this.lowWaterMark = low;
		this.highWaterMark = high;
		return this;
	}

	/**
	 * Set what happens to a message for which there is no room.
	 * @param policy {@link SlowConsumerPolicy#CLOSE} by default
	 * @return this builder
	 */
	public ServerConfigBuilder slowConsumerPolicy(SlowConsumerPolicy policy) {
		this.slowConsumerPolicy = Objects.requireNonNull(policy, "policy");
		return this;
	}

	/**
	 * Set how long a thread waits for room with {@link SlowConsumerPolicy#BLOCK}.
	 * @param blockTimeout more than zero, up to an hour, five seconds by default
	 * @return this builder
	 */
	public ServerConfigBuilder blockTimeout(Duration blockTimeout) {
		this.blockTimeout = Objects.requireNonNull(blockTimeout, "blockTimeout");
		return this;
	}

	/**
	 * Set how long a closing connection may take to write what it has accepted.
	 * @param flushTimeout zero or more, five seconds by default
	 * @return this builder
	 */
	public ServerConfigBuilder flushTimeout(Duration flushTimeout) {
		this.flushTimeout = Objects.requireNonNull(flushTimeout, "flushTimeout");
		return this;
	}

	/**
	 * Set what is told about connections.
	 * @param connections the settings
	 * @return this builder
	 */
	public ServerConfigBuilder connections(ConnectionSettings connections) {
		this.connections = Objects.requireNonNull(connections, "connections");
		return this;
	}

	/**
	 * Set how dead peers are found out.
	 * @param heartbeat the settings, {@link HeartbeatSettings#OFF} by default
	 * @return this builder
	 */
	public ServerConfigBuilder heartbeat(HeartbeatSettings heartbeat) {
		this.heartbeat = Objects.requireNonNull(heartbeat, "heartbeat");
		return this;
	}

	/**
	 * Set how long connections may be idle.
	 * @param idle the settings, {@link IdleSettings#OFF} by default
	 * @return this builder
	 */
	public ServerConfigBuilder idle(IdleSettings idle) {
		this.idle = Objects.requireNonNull(idle, "idle");
		return this;
	}

	/**
	 * Set how long a client may take to send a message.
	 * @param receive the settings, {@link ReceiveTimeouts#OFF} by default
	 * @return this builder
	 */
	public ServerConfigBuilder receive(ReceiveTimeouts receive) {
		this.receive = Objects.requireNonNull(receive, "receive");
		return this;
	}

	/**
	 * Set how long a stop waits for messages that were received to be handled.
	 * @param gracePeriod zero or more, 20 seconds by default
	 * @return this builder
	 */
	public ServerConfigBuilder gracePeriod(Duration gracePeriod) {
		this.gracePeriod = Objects.requireNonNull(gracePeriod, "gracePeriod");
		return this;
	}

	/**
	 * Set what is sent to every client before a stop closes it.
	 * @param goodbye the message, or {@code null}, the default, for none
	 * @return this builder
	 */
	public ServerConfigBuilder goodbye(@Nullable Message goodbye) {
		this.goodbye = goodbye;
		return this;
	}

	/**
	 * Set for which messages it is measured how long their handler takes.
	 * @param handlerTiming {@link HandlerTiming#SAMPLED} by default
	 * @return this builder
	 */
	public ServerConfigBuilder handlerTiming(HandlerTiming handlerTiming) {
		this.handlerTiming = Objects.requireNonNull(handlerTiming, "handlerTiming");
		return this;
	}

	/**
	 * Set how the server parts from its clients.
	 * @param drain the settings, {@link DrainSettings#DEFAULTS} by default
	 * @return this builder
	 */
	public ServerConfigBuilder drain(DrainSettings drain) {
		this.drain = Objects.requireNonNull(drain, "drain");
		return this;
	}

	/**
	 * What is set until now about how the server parts from its clients.
	 * @return the settings, to change one of them
	 */
	public DrainSettings drain() {
		return this.drain;
	}

	/**
	 * Set the class loader of the application, which becomes the context class loader of
	 * all threads of the server, whoever causes them to be made.
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
	 * Check the settings.
	 * @return the configuration
	 * @throws InvalidSettingException if one has a value the server cannot work with
	 */
	public ServerConfig build() {
		return new ServerConfig(this);
	}

	TransportSettings transport() {
		return new TransportSettings(this.host, this.port, this.backlog, this.eventLoops, this.nativeTransport,
				this.receiveBuffer, this.sendBuffer, this.inMemory, this.tls);
	}

	WorkerSettings workers() {
		return new WorkerSettings(this.workerMode, this.workerPoolSize, this.maxWorkerTaskLen, this.bindMaxThreads,
				this.asyncTimeout);
	}

	int maxPacketSize() {
		int bytes = InvalidSettingException.requireRange("max-packet-size", this.maxPacketSize, 1, LONGEST_PACKET);
		if (this.codec.minBodyLength() > bytes) {
			throw new InvalidSettingException("max-packet-size", bytes,
					this.codec.minBodyLength() + " or more with codec " + this.codec.name());
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

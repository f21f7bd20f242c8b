package io.zinx.server;

import java.time.Duration;
import java.util.Objects;

import io.zinx.InvalidSettingException;
import io.zinx.codec.FrameCodec;
import io.zinx.codec.TlvCodec;
import io.zinx.dispatch.WorkerMode;
import io.zinx.dispatch.WorkerSettings;
import io.zinx.heartbeat.HeartbeatSettings;
import io.zinx.heartbeat.IdleSettings;
import io.zinx.message.Message;
import io.zinx.outbound.Encoding;
import io.zinx.outbound.OutboundSettings;
import io.zinx.outbound.SlowConsumerPolicy;
import io.zinx.transport.TransportSettings;
import org.jspecify.annotations.Nullable;

/**
 * Everything a server is told before it starts. Immutable; the defaults are those of
 * Zinx.
 */
public final class ServerConfig {

	private static final int LONGEST_PACKET = 1 << 30;

	private final String name;

	private final TransportSettings transport;

	private final int maxConn;

	private final int maxPacketSize;

	private final FrameCodec codec;

	private final WorkerSettings workers;

	private final OutboundSettings outbound;

	private final HeartbeatSettings heartbeat;

	private final IdleSettings idle;

	private final Duration gracePeriod;

	private final @Nullable Message goodbye;

	private ServerConfig(Builder builder) {
		this.name = builder.name;
		this.transport = new TransportSettings(builder.host, builder.port, builder.backlog, builder.eventLoops,
				builder.nativeTransport, builder.receiveBuffer, builder.sendBuffer);
		this.maxConn = InvalidSettingException.requireRange("max-conn", builder.maxConn, 1, Integer.MAX_VALUE);
		this.maxPacketSize = InvalidSettingException.requireRange("max-packet-size", builder.maxPacketSize, 1,
				LONGEST_PACKET);
		this.codec = builder.codec;
		if (this.codec.minBodyLength() > this.maxPacketSize) {
			throw new InvalidSettingException("max-packet-size", this.maxPacketSize,
					this.codec.minBodyLength() + " or more with codec " + this.codec.name());
		}
		this.workers = new WorkerSettings(builder.workerMode, builder.workerPoolSize, builder.maxWorkerTaskLen);
		this.outbound = new OutboundSettings(builder.outboundMaxBytes,
				Math.max(builder.outboundTotalMaxBytes, builder.totalMaxBytesGiven ? 0 : builder.outboundMaxBytes),
				builder.highWaterMark, builder.lowWaterMark, builder.slowConsumerPolicy, builder.blockTimeout,
				builder.flushTimeout);
		this.heartbeat = builder.heartbeat;
		this.heartbeat.requireSendable(this.codec, this.outbound.maxBytes());
		this.idle = builder.idle;
		this.gracePeriod = builder.gracePeriod;
		if (this.gracePeriod.isNegative()) {
			throw new InvalidSettingException("shutdown.grace-period", this.gracePeriod, "zero or more");
		}
		this.goodbye = builder.goodbye;
		requireSendable("shutdown.goodbye", this.goodbye);
	}

	private void requireSendable(String setting, @Nullable Message message) {
		if (message == null) {
			return;
		}
		InvalidSettingException.requireRange(setting + ".msg-id", message.msgId(), 0, this.codec.maxMsgId());
		if (Encoding.MESSAGE.encodedLength(this.codec, message.msgId(), message.body()) < 0) {
			throw new InvalidSettingException(setting + ".text", message.body().length + " bytes",
					this.codec.minBodyLength() + " to " + this.codec.maxBodyLength() + " bytes with codec "
							+ this.codec.name());
		}
	}

	/**
	 * Begin with the defaults.
	 * @return a builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * The server's name, in logs and thread names.
	 * @return the name
	 */
	public String name() {
		return this.name;
	}

	/**
	 * Where the server listens.
	 * @return the settings
	 */
	public TransportSettings transport() {
		return this.transport;
	}

	/**
	 * The most connections at one time.
	 * @return 1 or more
	 */
	public int maxConn() {
		return this.maxConn;
	}

	/**
	 * The longest body a client may send.
	 * @return bytes, 1 or more
	 */
	public int maxPacketSize() {
		return this.maxPacketSize;
	}

	/**
	 * The wire format.
	 * @return the codec
	 */
	public FrameCodec codec() {
		return this.codec;
	}

	/**
	 * How messages are handed to workers.
	 * @return the settings
	 */
	public WorkerSettings workers() {
		return this.workers;
	}

	/**
	 * How much may wait to be written.
	 * @return the settings
	 */
	public OutboundSettings outbound() {
		return this.outbound;
	}

	/**
	 * How dead peers are found out.
	 * @return the settings
	 */
	public HeartbeatSettings heartbeat() {
		return this.heartbeat;
	}

	/**
	 * How long connections may be idle.
	 * @return the settings
	 */
	public IdleSettings idle() {
		return this.idle;
	}

	/**
	 * How long a stop waits for messages that were received to be handled.
	 * @return zero or more
	 */
	public Duration gracePeriod() {
		return this.gracePeriod;
	}

	/**
	 * What is sent to every client before a stop closes it.
	 * @return the message, or {@code null} for none
	 */
	public @Nullable Message goodbye() {
		return this.goodbye;
	}

	/**
	 * Collects settings; {@link #build()} checks them.
	 */
	public static final class Builder {

		private String name = "ZinxServerApp";

		private String host = TransportSettings.DEFAULTS.host();

		private int port = TransportSettings.DEFAULTS.port();

		private int backlog = TransportSettings.DEFAULTS.backlog();

		private int eventLoops = TransportSettings.DEFAULTS.eventLoops();

		private boolean nativeTransport = TransportSettings.DEFAULTS.nativeTransport();

		private int receiveBuffer;

		private int sendBuffer;

		private int maxConn = 12_000;

		private long maxPacketSize = 4096;

		private FrameCodec codec = new TlvCodec();

		private WorkerMode workerMode = WorkerSettings.DEFAULTS.mode();

		private int workerPoolSize = WorkerSettings.DEFAULTS.poolSize();

		private int maxWorkerTaskLen = WorkerSettings.DEFAULTS.maxTaskLen();

		private long outboundMaxBytes = OutboundSettings.DEFAULTS.maxBytes();

		private long outboundTotalMaxBytes = OutboundSettings.DEFAULTS.totalMaxBytes();

		private boolean totalMaxBytesGiven;

		private int highWaterMark;

		private int lowWaterMark;

		private SlowConsumerPolicy slowConsumerPolicy = OutboundSettings.DEFAULTS.policy();

		private Duration blockTimeout = OutboundSettings.DEFAULTS.blockTimeout();

		private Duration flushTimeout = OutboundSettings.DEFAULTS.flushTimeout();

		private HeartbeatSettings heartbeat = HeartbeatSettings.OFF;

		private IdleSettings idle = IdleSettings.OFF;

		private Duration gracePeriod = Duration.ofSeconds(20);

		private @Nullable Message goodbye;

		private Builder() {
		}

		/**
		 * Set the server's name, in logs and thread names.
		 * @param name the name, {@code ZinxServerApp} by default
		 * @return this builder
		 */
		public Builder name(String name) {
			this.name = Objects.requireNonNull(name, "name");
			return this;
		}

		/**
		 * Set the address to listen on.
		 * @param host an address or host name, {@code 0.0.0.0} (all) by default
		 * @return this builder
		 */
		public Builder host(String host) {
			this.host = Objects.requireNonNull(host, "host");
			return this;
		}

		/**
		 * Set the port to listen on.
		 * @param port 1 to 65535, 8999 by default; 0 for any free one
		 * @return this builder
		 */
		public Builder port(int port) {
			this.port = port;
			return this;
		}

		/**
		 * Set how many connections the kernel keeps that are not yet accepted.
		 * @param backlog 1 or more, 4096 by default; the kernel may lower it
		 * @return this builder
		 */
		public Builder backlog(int backlog) {
			this.backlog = backlog;
			return this;
		}

		/**
		 * Set how many threads do I/O.
		 * @param eventLoops 1 to 1024; 0, the default, for one a processor
		 * @return this builder
		 */
		public Builder eventLoops(int eventLoops) {
			this.eventLoops = eventLoops;
			return this;
		}

		/**
		 * Set whether to use epoll where its native library is there.
		 * @param nativeTransport {@code true} by default; {@code false} for NIO
		 * @return this builder
		 */
		public Builder nativeTransport(boolean nativeTransport) {
			this.nativeTransport = nativeTransport;
			return this;
		}

		/**
		 * Set the sizes of the kernel's buffers of each connection.
		 * @param receive bytes; 0, the default, to leave it to the kernel
		 * @param send the same of the send buffer
		 * @return this builder
		 */
		public Builder socketBuffers(int receive, int send) {
			this.receiveBuffer = receive;
			this.sendBuffer = send;
			return this;
		}

		/**
		 * Set the most connections at one time.
		 * @param maxConn 1 or more, 12000 by default
		 * @return this builder
		 */
		public Builder maxConn(int maxConn) {
			this.maxConn = maxConn;
			return this;
		}

		/**
		 * Set the longest body a client may send.
		 * @param bytes 1 to 1 GiB, 4096 by default
		 * @return this builder
		 */
		public Builder maxPacketSize(long bytes) {
			this.maxPacketSize = bytes;
			return this;
		}

		/**
		 * Set the wire format.
		 * @param codec the codec, {@link TlvCodec} by default
		 * @return this builder
		 */
		public Builder codec(FrameCodec codec) {
			this.codec = Objects.requireNonNull(codec, "codec");
			return this;
		}

		/**
		 * Set on which threads messages are handled.
		 * @param workerMode {@link WorkerMode#HASH} by default
		 * @return this builder
		 */
		public Builder workerMode(WorkerMode workerMode) {
			this.workerMode = Objects.requireNonNull(workerMode, "workerMode");
			return this;
		}

		/**
		 * Set how many worker threads there are in mode {@code hash}.
		 * @param workerPoolSize 1 to 4096, 10 by default
		 * @return this builder
		 */
		public Builder workerPoolSize(int workerPoolSize) {
			this.workerPoolSize = workerPoolSize;
			return this;
		}

		/**
		 * Set how many messages may wait for one worker.
		 * @param maxWorkerTaskLen 1 or more, 1024 by default
		 * @return this builder
		 */
		public Builder maxWorkerTaskLen(int maxWorkerTaskLen) {
			this.maxWorkerTaskLen = maxWorkerTaskLen;
			return this;
		}

		/**
		 * Set how many bytes may wait to be written on one connection.
		 * @param bytes 1 KiB to 1 GiB, 1 MiB by default
		 * @return this builder
		 */
		public Builder outboundMaxBytes(long bytes) {
			this.outboundMaxBytes = bytes;
			return this;
		}

		/**
		 * Set how many bytes may wait to be written on all connections together.
		 * @param bytes at least {@code outboundMaxBytes}, a quarter of the memory by
		 * default
		 * @return this builder
		 */
		public Builder outboundTotalMaxBytes(long bytes) {
			this.outboundTotalMaxBytes = bytes;
			this.totalMaxBytesGiven = true;
			return this;
		}

		/**
		 * Set between which numbers of waiting bytes a connection is not read.
		 * @param low reading goes on below this many, up to {@code high}; 0, the default,
		 * for half of {@code high}
		 * @param high reading pauses above this many, up to {@code outboundMaxBytes}; 0,
		 * the default, for a quarter of that
		 * @return this builder
		 */
		public Builder waterMarks(int low, int high) {
			this.lowWaterMark = low;
			this.highWaterMark = high;
			return this;
		}

		/**
		 * Set what happens to a message for which there is no room.
		 * @param policy {@link SlowConsumerPolicy#CLOSE} by default
		 * @return this builder
		 */
		public Builder slowConsumerPolicy(SlowConsumerPolicy policy) {
			this.slowConsumerPolicy = Objects.requireNonNull(policy, "policy");
			return this;
		}

		/**
		 * Set how long a thread waits for room with {@link SlowConsumerPolicy#BLOCK}.
		 * @param blockTimeout more than zero, up to an hour, five seconds by default
		 * @return this builder
		 */
		public Builder blockTimeout(Duration blockTimeout) {
			this.blockTimeout = Objects.requireNonNull(blockTimeout, "blockTimeout");
			return this;
		}

		/**
		 * Set how long a closing connection may take to write what it has accepted.
		 * @param flushTimeout zero or more, five seconds by default
		 * @return this builder
		 */
		public Builder flushTimeout(Duration flushTimeout) {
			this.flushTimeout = Objects.requireNonNull(flushTimeout, "flushTimeout");
			return this;
		}

		/**
		 * Set how dead peers are found out.
		 * @param heartbeat the settings, {@link HeartbeatSettings#OFF} by default
		 * @return this builder
		 */
		public Builder heartbeat(HeartbeatSettings heartbeat) {
			this.heartbeat = Objects.requireNonNull(heartbeat, "heartbeat");
			return this;
		}

		/**
		 * Set how long connections may be idle.
		 * @param idle the settings, {@link IdleSettings#OFF} by default
		 * @return this builder
		 */
		public Builder idle(IdleSettings idle) {
			this.idle = Objects.requireNonNull(idle, "idle");
			return this;
		}

		/**
		 * Set how long a stop waits for messages that were received to be handled.
		 * @param gracePeriod zero or more, 20 seconds by default
		 * @return this builder
		 */
		public Builder gracePeriod(Duration gracePeriod) {
			this.gracePeriod = Objects.requireNonNull(gracePeriod, "gracePeriod");
			return this;
		}

		/**
		 * Set what is sent to every client before a stop closes it.
		 * @param goodbye the message, or {@code null}, the default, for none
		 * @return this builder
		 */
		public Builder goodbye(@Nullable Message goodbye) {
			this.goodbye = goodbye;
			return this;
		}

		/**
		 * Check the settings.
		 * @return the configuration
		 * @throws InvalidSettingException if one has a value the server cannot work with
		 */
		public ServerConfig build() {
			return new ServerConfig(this);
		}

	}

}

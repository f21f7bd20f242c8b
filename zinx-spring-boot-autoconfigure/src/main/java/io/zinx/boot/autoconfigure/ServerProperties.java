package io.zinx.boot.autoconfigure;

import java.time.Duration;

import io.zinx.admission.MaxConnPolicy;
import io.zinx.dispatch.WorkerMode;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.util.unit.DataSize;

/**
 * Configuration properties of one server, independent of the prefix they are bound to.
 * Nested types are declared in {@link ZinxProperties}, so that metadata and applications
 * name them by that class.
 */
@SuppressWarnings("checkstyle:MissingJavadocMethod")
public class ServerProperties extends TransportProperties {

	/**
	 * Name of the server, in logs, thread names and meters. Defaults to the value of
	 * 'spring.application.name', or to ZinxServerApp if that is not set.
	 */
	private @Nullable String name;

	/**
	 * Maximum number of connections at a time.
	 */
	private int maxConn = 12_000;

	/**
	 * Action to take when a client connects while there are zinx.max-conn connections.
	 */
	private MaxConnPolicy maxConnPolicy = MaxConnPolicy.CLOSE;

	/**
	 * Age at which a connection is closed gracefully, so that clients spread over all
	 * instances again after a rollout. Disabled if 0.
	 */
	private Duration maxConnAge = Duration.ZERO;

	/**
	 * Maximum fraction of zinx.max-conn-age that is subtracted at random, from 0 to 0.5.
	 */
	private double maxConnAgeJitter = 0.1;

	/**
	 * Maximum length of the body of a message that a client sends. A client that
	 * announces a longer one is disconnected.
	 */
	private DataSize maxPacketSize = DataSize.ofBytes(4096);

	/**
	 * Number of workers, and so of handlers that may run at a time, in worker mode 'hash'
	 * and for routers with execution 'worker'.
	 */
	private int workerPoolSize = 10;

	/**
	 * Maximum number of messages that may wait for one worker, or for one connection in
	 * worker mode 'bind' and where routers set their execution. While that many wait, the
	 * connections that send more are not read.
	 */
	private int maxWorkerTaskLen = 1024;

	/**
	 * Kind of thread on which messages are handled. In every mode, messages of one
	 * connection are handled in the order received. Defaults to 'bind' with
	 * 'spring.threads.virtual.enabled' on Java 21 and later, otherwise to 'hash'.
	 */
	private @Nullable WorkerMode workerMode;

	/**
	 * Maximum number of platform threads for connections in worker mode 'bind' and for
	 * routers with execution 'virtual-thread', if the JDK has no virtual threads. When
	 * all are in use, connections wait for the next free one.
	 */
	private int bindMaxThreads = 1000;

	/**
	 * Maximum time that a connection waits for the answer of an asynchronous handler.
	 * After it, the message counts as failed and the connection goes on. No limit if 0.
	 */
	private Duration asyncTimeout = Duration.ofSeconds(30);

	/**
	 * Wire format of the messages of clients and server. Ignored if there is a bean of
	 * type FrameCodec.
	 */
	private ZinxProperties.Codec codec = ZinxProperties.Codec.TLV;

	@NestedConfigurationProperty
	private final CodecProperties.HtlvCrc htlvCrc = new CodecProperties.HtlvCrc();

	@NestedConfigurationProperty
	private final CodecProperties.LengthField lengthField = new CodecProperties.LengthField();

	@NestedConfigurationProperty
	private final CodecProperties.Delimiter delimiter = new CodecProperties.Delimiter();

	@NestedConfigurationProperty
	private final CodecProperties.Fixed fixed = new CodecProperties.Fixed();

	@NestedConfigurationProperty
	private final CodecProperties.Magic magic = new CodecProperties.Magic();

	@NestedConfigurationProperty
	private final CodecProperties.FirstPacket firstPacket = new CodecProperties.FirstPacket();

	@NestedConfigurationProperty
	private final MaxConnRejectProperties maxConnReject = new MaxConnRejectProperties();

	@NestedConfigurationProperty
	private final SessionProperties session = new SessionProperties();

	@NestedConfigurationProperty
	private final InboundProperties inbound = new InboundProperties();

	@NestedConfigurationProperty
	private final OutboundProperties outbound = new OutboundProperties();

	@NestedConfigurationProperty
	private final HeartbeatProperties heartbeat = new HeartbeatProperties();

	@NestedConfigurationProperty
	private final IdleProperties idle = new IdleProperties();

	@NestedConfigurationProperty
	private final ReceiveProperties receive = new ReceiveProperties();

	@NestedConfigurationProperty
	private final MetricsProperties metrics = new MetricsProperties();

	@NestedConfigurationProperty
	private final ShutdownProperties shutdown = new ShutdownProperties();

	public @Nullable String getName() {
		return this.name;
	}

	public void setName(@Nullable String name) {
		this.name = name;
	}

	public int getMaxConn() {
		return this.maxConn;
	}

	public void setMaxConn(int maxConn) {
		this.maxConn = maxConn;
	}

	public MaxConnPolicy getMaxConnPolicy() {
		return this.maxConnPolicy;
	}

	public void setMaxConnPolicy(MaxConnPolicy maxConnPolicy) {
		this.maxConnPolicy = maxConnPolicy;
	}

	public Duration getMaxConnAge() {
		return this.maxConnAge;
	}

	public void setMaxConnAge(Duration maxConnAge) {
		this.maxConnAge = maxConnAge;
	}

	public double getMaxConnAgeJitter() {
		return this.maxConnAgeJitter;
	}

	public void setMaxConnAgeJitter(double maxConnAgeJitter) {
		this.maxConnAgeJitter = maxConnAgeJitter;
	}

	public DataSize getMaxPacketSize() {
		return this.maxPacketSize;
	}

	public void setMaxPacketSize(DataSize maxPacketSize) {
		this.maxPacketSize = maxPacketSize;
	}

	public int getWorkerPoolSize() {
		return this.workerPoolSize;
	}

	public void setWorkerPoolSize(int workerPoolSize) {
		this.workerPoolSize = workerPoolSize;
	}

	public int getMaxWorkerTaskLen() {
		return this.maxWorkerTaskLen;
	}

	public void setMaxWorkerTaskLen(int maxWorkerTaskLen) {
		this.maxWorkerTaskLen = maxWorkerTaskLen;
	}

	public @Nullable WorkerMode getWorkerMode() {
		return this.workerMode;
	}

	public void setWorkerMode(@Nullable WorkerMode workerMode) {
		this.workerMode = workerMode;
	}

	public int getBindMaxThreads() {
		return this.bindMaxThreads;
	}

	public void setBindMaxThreads(int bindMaxThreads) {
		this.bindMaxThreads = bindMaxThreads;
	}

	public Duration getAsyncTimeout() {
		return this.asyncTimeout;
	}

	public void setAsyncTimeout(Duration asyncTimeout) {
		this.asyncTimeout = asyncTimeout;
	}

	public ZinxProperties.Codec getCodec() {
		return this.codec;
	}

	public void setCodec(ZinxProperties.Codec codec) {
		this.codec = codec;
	}

	public CodecProperties.HtlvCrc getHtlvCrc() {
		return this.htlvCrc;
	}

	public CodecProperties.LengthField getLengthField() {
		return this.lengthField;
	}

	public CodecProperties.Delimiter getDelimiter() {
		return this.delimiter;
	}

	public CodecProperties.Fixed getFixed() {
		return this.fixed;
	}

	public CodecProperties.Magic getMagic() {
		return this.magic;
	}

	public CodecProperties.FirstPacket getFirstPacket() {
		return this.firstPacket;
	}

	public MaxConnRejectProperties getMaxConnReject() {
		return this.maxConnReject;
	}

	public SessionProperties getSession() {
		return this.session;
	}

	public InboundProperties getInbound() {
		return this.inbound;
	}

	public OutboundProperties getOutbound() {
		return this.outbound;
	}

	public HeartbeatProperties getHeartbeat() {
		return this.heartbeat;
	}

	public IdleProperties getIdle() {
		return this.idle;
	}

	public ReceiveProperties getReceive() {
		return this.receive;
	}

	public MetricsProperties getMetrics() {
		return this.metrics;
	}

	public ShutdownProperties getShutdown() {
		return this.shutdown;
	}

}

package io.zinx.server;

import java.time.Duration;

import io.zinx.InvalidSettingException;
import io.zinx.admission.ConnectionSettings;
import io.zinx.admission.MaxConnPolicy;
import io.zinx.codec.FrameCodec;
import io.zinx.dispatch.WorkerSettings;
import io.zinx.heartbeat.HeartbeatSettings;
import io.zinx.heartbeat.IdleSettings;
import io.zinx.heartbeat.ReceiveTimeouts;
import io.zinx.inbound.InboundSettings;
import io.zinx.message.Message;
import io.zinx.metrics.HandlerTiming;
import io.zinx.outbound.Encoding;
import io.zinx.outbound.OutboundSettings;
import io.zinx.transport.TransportSettings;
import org.jspecify.annotations.Nullable;

/**
 * Everything a server is told before it starts. Immutable; the defaults are those of
 * Zinx.
 */
public final class ServerConfig {

	private final String name;

	private final TransportSettings transport;

	private final int maxConn;

	private final int maxPacketSize;

	private final FrameCodec codec;

	private final WorkerSettings workers;

	private final InboundSettings inbound;

	private final OutboundSettings outbound;

	private final ConnectionSettings connections;

	private final HeartbeatSettings heartbeat;

	private final IdleSettings idle;

	private final ReceiveTimeouts receive;

	private final Duration gracePeriod;

	private final @Nullable Message goodbye;

	private final DrainSettings drain;

	private final HandlerTiming handlerTiming;

	private final ClassLoader classLoader;

	ServerConfig(ServerConfigBuilder builder) {
		this.name = builder.name;
		this.transport = builder.transport();
		this.maxConn = InvalidSettingException.requireRange("max-conn", builder.maxConn, 1, Integer.MAX_VALUE);
		this.maxPacketSize = builder.maxPacketSize();
		this.codec = builder.codec;
		this.workers = builder.workers();
		this.inbound = builder.inbound();
		this.outbound = builder.outbound();
		this.connections = builder.connections;
		if (this.transport.isEncrypted() && this.connections.maxConnPolicy() == MaxConnPolicy.REJECT_MESSAGE) {
			throw new InvalidSettingException("max-conn-policy", this.connections.maxConnPolicy(),
					"close or wait with TLS, whose handshake costs more than a rejected client may");
		}
		this.heartbeat = builder.heartbeat;
		this.heartbeat.requireSendable(this.codec, this.outbound.maxBytes());
		this.idle = builder.idle;
		this.receive = builder.receive;
		this.gracePeriod = builder.gracePeriod;
		this.goodbye = builder.goodbye;
		requireSendable("shutdown.goodbye", this.goodbye);
		requireSendable("max-conn-reject", this.connections.maxConnReject());
		requireSendable("session.kick", this.connections.kick());
		requireSendable("session.replaced", this.connections.replaced());
		this.handlerTiming = builder.handlerTiming;
		this.drain = builder.drain;
		this.classLoader = builder.classLoader();
		requireSendable("shutdown.refusal", this.drain.refusal());
		this.drain.requireWithin(this.gracePeriod);
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
	public static ServerConfigBuilder builder() {
		return new ServerConfigBuilder();
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
	 * The memory that may be held for what was received and is not handled.
	 * @return the settings
	 */
	public InboundSettings inbound() {
		return this.inbound;
	}

	/**
	 * How much may wait to be written.
	 * @return the settings
	 */
	public OutboundSettings outbound() {
		return this.outbound;
	}

	/**
	 * What it is told about its connections.
	 * @return the settings
	 */
	public ConnectionSettings connections() {
		return this.connections;
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
	 * How long a client may take to send a message.
	 * @return the settings
	 */
	public ReceiveTimeouts receive() {
		return this.receive;
	}

	/**
	 * How long a stop waits for messages that were received to be handled.
	 * @return zero or more
	 */
	public Duration gracePeriod() {
		return this.gracePeriod;
	}

	/**
	 * For which messages it is measured how long their handler takes.
	 * @return the setting
	 */
	public HandlerTiming handlerTiming() {
		return this.handlerTiming;
	}

	/**
	 * The class loader of the application, and so of all threads of the server.
	 * @return the class loader
	 */
	public ClassLoader classLoader() {
		return this.classLoader;
	}

	/**
	 * How the server parts from its clients.
	 * @return the settings
	 */
	public DrainSettings drain() {
		return this.drain;
	}

	/**
	 * What is sent to every client before a stop closes it.
	 * @return the message, or {@code null} for none
	 */
	public @Nullable Message goodbye() {
		return this.goodbye;
	}

}

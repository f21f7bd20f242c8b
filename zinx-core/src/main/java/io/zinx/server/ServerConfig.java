package io.zinx.server;

import java.time.Duration;

import io.zinx.InvalidSettingException;
import io.zinx.admission.ConnectionSettings;
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
 * The complete, checked configuration of a server. Immutable; the defaults are those of
 * Zinx where Zinx has the setting.
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
		this.name = builder.name();
		this.transport = builder.transport();
		this.maxConn = InvalidSettingException.requireRange("max-conn", builder.maxConn, 1, Integer.MAX_VALUE);
		this.maxPacketSize = builder.maxPacketSize();
		this.codec = builder.codec;
		this.workers = builder.workers();
		this.inbound = builder.inbound();
		this.outbound = builder.outbound();
		this.connections = builder.connections;
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
		WebSocketText.require(this.transport.link().webSocket(), this.codec);
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
	 * Create a builder with the default values.
	 * @return a new builder
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
	 * The listening address, sockets and event loops.
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
	 * The length of the longest body that a client may send.
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
	 * The threads that handle messages, and the bounds of their queues.
	 * @return the settings
	 */
	public WorkerSettings workers() {
		return this.workers;
	}

	/**
	 * The bounds on memory for messages that were received and are not handled yet.
	 * @return the settings
	 */
	public InboundSettings inbound() {
		return this.inbound;
	}

	/**
	 * The bounds on messages that wait to be written, and the policy for slow consumers.
	 * @return the settings
	 */
	public OutboundSettings outbound() {
		return this.outbound;
	}

	/**
	 * The number of slots, and the policies for a full server and for duplicate logins.
	 * @return the settings
	 */
	public ConnectionSettings connections() {
		return this.connections;
	}

	/**
	 * The heartbeats, which detect dead peers.
	 * @return the settings
	 */
	public HeartbeatSettings heartbeat() {
		return this.heartbeat;
	}

	/**
	 * The timeouts of idle connections.
	 * @return the settings
	 */
	public IdleSettings idle() {
		return this.idle;
	}

	/**
	 * The time limits for a client to send a message.
	 * @return the settings
	 */
	public ReceiveTimeouts receive() {
		return this.receive;
	}

	/**
	 * The time that a stop or drain gives connections before it closes them with work
	 * unfinished.
	 * @return zero or more
	 */
	public Duration gracePeriod() {
		return this.gracePeriod;
	}

	/**
	 * The choice of messages whose handling time is measured.
	 * @return the setting
	 */
	public HandlerTiming handlerTiming() {
		return this.handlerTiming;
	}

	/**
	 * The class loader of the application: the context class loader of all threads of the
	 * server.
	 * @return the class loader
	 */
	public ClassLoader classLoader() {
		return this.classLoader;
	}

	/**
	 * The settings of drains: how the server closes connections in good order.
	 * @return the settings
	 */
	public DrainSettings drain() {
		return this.drain;
	}

	/**
	 * The goodbye message to every client when the server stops or drains.
	 * @return the message, or {@code null} for none
	 */
	public @Nullable Message goodbye() {
		return this.goodbye;
	}

}

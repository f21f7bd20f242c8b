package io.zinx.boot.metrics;

import io.micrometer.common.docs.KeyName;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.micrometer.core.instrument.docs.MeterDocumentation;
import org.jspecify.annotations.Nullable;

/**
 * All meters of the server. No tag has a value that a client chooses.
 */
public enum ZinxMeters implements MeterDocumentation {

	/**
	 * The current number of connections, by transport:
	 * {@link io.zinx.metrics.ConnectionTransport}.
	 */
	CONNECTIONS_ACTIVE("zinx.connections.active", Meter.Type.GAUGE, "Current number of connections", Tags.TRANSPORT),

	/** The largest number of connections allowed, {@code zinx.max-conn}. */
	CONNECTIONS_MAX("zinx.connections.max", Meter.Type.GAUGE, "Largest number of connections allowed"),

	/** Clients that wait for a free slot, with {@code zinx.max-conn-policy=wait}. */
	CONNECTIONS_WAITING("zinx.connections.waiting", Meter.Type.GAUGE, "Clients that wait for a free slot"),

	/** Connections accepted, by transport. */
	CONNECTIONS_ACCEPTED("zinx.connections.accepted", Meter.Type.COUNTER, "Connections accepted", Tags.TRANSPORT),

	/**
	 * Clients turned away before they became connections, by reason:
	 * {@link io.zinx.connection.RejectReason}.
	 */
	CONNECTIONS_REJECTED("zinx.connections.rejected", Meter.Type.COUNTER, "Clients turned away", Tags.REASON),

	/** Connections closed, by reason: {@link io.zinx.connection.CloseReason}. */
	CONNECTIONS_CLOSED("zinx.connections.closed", Meter.Type.COUNTER, "Connections closed", Tags.REASON),

	/** Clients whose handshake is under way. */
	HANDSHAKES_PENDING("zinx.handshakes.pending", Meter.Type.GAUGE, "Clients whose handshake is under way"),

	/** TLS handshakes that have ended, by result. */
	HANDSHAKES("zinx.handshakes", Meter.Type.COUNTER, "TLS handshakes that have ended", Tags.RESULT),

	/**
	 * Headers of the PROXY protocol that were read, or awaited and are not, by result:
	 * {@link io.zinx.metrics.ProxyHeaderResult}.
	 */
	PROXY_HEADERS("zinx.proxy.headers", Meter.Type.COUNTER,
			"Headers of the PROXY protocol that were read, or awaited and are not", Tags.RESULT),

	/**
	 * Requests that could begin a WebSocket connection, by result:
	 * {@link io.zinx.metrics.UpgradeResult}.
	 */
	WEBSOCKET_UPGRADES("zinx.websocket.upgrades", Meter.Type.COUNTER,
			"Requests that could begin a WebSocket connection", Tags.RESULT),

	/**
	 * Questions to the application's authenticator, by result:
	 * {@link io.zinx.metrics.AuthenticationOutcome}.
	 */
	AUTHENTICATIONS("zinx.authentications", Meter.Type.COUNTER,
			"Questions to the authenticator whether a client may connect", Tags.RESULT),

	/**
	 * Connections that are not read because too many bytes wait to be written to them.
	 */
	CONNECTIONS_PAUSED("zinx.connections.paused", Meter.Type.GAUGE,
			"Connections that are not read because too many bytes wait to be written to them"),

	/** The lifetime of connections that have closed. */
	CONNECTIONS_LIFETIME("zinx.connections.lifetime", Meter.Type.TIMER, Units.SECONDS,
			"Lifetime of connections that have closed"),

	/**
	 * Messages handled, by number and outcome. A message that was dropped is not among
	 * them.
	 */
	MESSAGES_HANDLED("zinx.messages.handled", Meter.Type.COUNTER, "Messages handled", Tags.MSG_ID, Tags.OUTCOME),

	/**
	 * The time that handlers take, by message number and outcome; of the messages that
	 * are measured.
	 */
	HANDLER_TIME("zinx.handler.time", Meter.Type.TIMER, Units.SECONDS,
			"Time that handlers take, of the messages that are measured", Tags.MSG_ID, Tags.OUTCOME),

	/**
	 * The time that messages wait for a thread, of the batches that are measured; none in
	 * mode {@code event-loop}.
	 */
	QUEUE_WAIT("zinx.queue.wait", Meter.Type.TIMER, Units.SECONDS,
			"Time that messages wait for a thread, of the batches that are measured"),

	/** 1 while the server drains, else 0. */
	DRAINING("zinx.draining", Meter.Type.GAUGE, "1 while the server drains, else 0"),

	/**
	 * Connections closed because the client sent bytes that are not a valid frame, by
	 * reason.
	 */
	DECODE_FAILURES("zinx.decode.failures", Meter.Type.COUNTER,
			"Connections closed because the client sent bytes that are not a valid frame", Tags.REASON),

	/** Heartbeats sent. */
	HEARTBEATS_SENT("zinx.heartbeats.sent", Meter.Type.COUNTER, "Heartbeats sent"),

	/** Clients that were silent for longer than the heartbeat timeout. */
	HEARTBEATS_MISSED("zinx.heartbeats.missed", Meter.Type.COUNTER,
			"Clients that were silent for longer than the heartbeat timeout"),

	/**
	 * Bytes that wait to be written. Connections on which less than 16 KiB wait are not
	 * counted.
	 */
	OUTBOUND_QUEUED("zinx.outbound.queued", Meter.Type.GAUGE, Units.BYTES,
			"Bytes that wait to be written, on connections where at least 16 KiB wait"),

	/** The most bytes that may wait to be written. */
	OUTBOUND_MAX("zinx.outbound.max", Meter.Type.GAUGE, Units.BYTES, "Most bytes that may wait to be written"),

	/** The memory held for messages that were received and are not yet handled. */
	INBOUND_HELD("zinx.inbound.held", Meter.Type.GAUGE, Units.BYTES,
			"Memory held for messages that were received and are not yet handled"),

	/** The part of it that is held for messages of which the end has not come. */
	INBOUND_INCOMPLETE("zinx.inbound.incomplete", Meter.Type.GAUGE, Units.BYTES,
			"Memory held for messages of which only a part was received"),

	/** The most memory that may be held for received messages. */
	INBOUND_MAX("zinx.inbound.max", Meter.Type.GAUGE, Units.BYTES,
			"Most memory that may be held for received messages"),

	/**
	 * Connections that are not read because too much memory is held for received
	 * messages.
	 */
	INBOUND_PAUSED("zinx.inbound.paused", Meter.Type.GAUGE,
			"Connections that are not read because too much memory is held for received messages"),

	/** Messages received, by number. */
	MESSAGES_RECEIVED("zinx.messages.received", Meter.Type.COUNTER, "Messages received", Tags.MSG_ID),

	/** Messages handed to sockets, by number. */
	MESSAGES_SENT("zinx.messages.sent", Meter.Type.COUNTER, "Messages handed to sockets", Tags.MSG_ID),

	/**
	 * Messages that were received and not handled, or were not sent, by reason:
	 * {@link io.zinx.metrics.DropReason}.
	 */
	MESSAGES_DROPPED("zinx.messages.dropped", Meter.Type.COUNTER,
			"Messages that were received and not handled, or were not sent", Tags.REASON),

	/** Bytes of the messages received, head and tail included, by number. */
	DATA_RECEIVED("zinx.data.received", Meter.Type.COUNTER, Units.BYTES,
			"Bytes of the messages received, head and tail included", Tags.MSG_ID),

	/**
	 * Bytes received that belong to no frame, with {@code zinx.magic.on-mismatch=resync}.
	 */
	DATA_SKIPPED("zinx.data.skipped", Meter.Type.COUNTER, Units.BYTES, "Bytes received that belong to no frame"),

	/** Bytes handed to sockets, head and tail included, by number. */
	DATA_SENT("zinx.data.sent", Meter.Type.COUNTER, Units.BYTES, "Bytes handed to sockets, head and tail included",
			Tags.MSG_ID),

	/** Messages and tasks whose handler has thrown an exception. */
	HANDLER_FAILURES("zinx.handler.failures", Meter.Type.COUNTER,
			"Messages and tasks whose handler has thrown an exception"),

	/** Messages that wait for a worker, in all queues together. */
	WORKER_QUEUE_SIZE("zinx.worker.queue.size", Meter.Type.GAUGE,
			"Messages that wait for a worker, in all queues together"),

	/** The fill level of the fullest worker queue, 0 to 1. */
	WORKER_SATURATION("zinx.worker.saturation", Meter.Type.GAUGE, "Fill level of the fullest worker queue, 0 to 1"),

	/** Handlers that have been running for a second or longer. */
	HANDLERS_SLOW("zinx.handlers.slow", Meter.Type.GAUGE, "Handlers that have been running for a second or longer"),

	/** The running time of the slowest of them, 0 if there is none. */
	HANDLERS_LONGEST("zinx.handlers.longest", Meter.Type.GAUGE, Units.SECONDS,
			"Running time of the slowest handler that has been running for a second or longer"),

	/**
	 * Messages sent to the connections of all nodes of a cluster, by state:
	 * {@link io.zinx.cluster.PushState}. This meter and the following ones are there in a
	 * cluster only.
	 */
	CLUSTER_PUSHES("zinx.cluster.pushes", Meter.Type.COUNTER, "Messages sent to the connections of all nodes",
			Tags.STATE),

	/** Messages of other nodes that did not arrive. */
	CLUSTER_FRAMES_LOST("zinx.cluster.frames.lost", Meter.Type.COUNTER, "Messages of other nodes that did not arrive"),

	/**
	 * Messages of other nodes that arrived and were dropped, by reason:
	 * {@link io.zinx.cluster.FrameDropReason}.
	 */
	CLUSTER_FRAMES_DROPPED("zinx.cluster.frames.dropped", Meter.Type.COUNTER,
			"Messages of other nodes that arrived and were dropped", Tags.REASON),

	/**
	 * The time that the last heartbeat of this node took through the backplane; no value
	 * until one has returned.
	 */
	CLUSTER_LAG("zinx.cluster.lag", Meter.Type.GAUGE, Units.SECONDS,
			"Time that the last heartbeat of this node took through the backplane"),

	/** The number of nodes that were heard lately, this one included. */
	CLUSTER_NODES("zinx.cluster.nodes", Meter.Type.GAUGE, "Nodes that were heard lately, this one included"),

	/** Subscriptions of this node that the backplane has acknowledged. */
	CLUSTER_SUBSCRIPTIONS("zinx.cluster.subscriptions", Meter.Type.GAUGE,
			"Subscriptions that the backplane has acknowledged"),

	/** 1 while the backplane is connected, else 0. */
	CLUSTER_CONNECTED("zinx.cluster.connected", Meter.Type.GAUGE, "1 while the backplane is connected, else 0");

	private final String name;

	private final Meter.Type type;

	private final @Nullable String unit;

	private final String description;

	@SuppressWarnings("ImmutableEnumChecker")
	private final KeyName[] keyNames;

	ZinxMeters(String name, Meter.Type type, String description, KeyName... keyNames) {
		this(name, type, null, description, keyNames);
	}

	ZinxMeters(String name, Meter.Type type, @Nullable String unit, String description, KeyName... keyNames) {
		this.name = name;
		this.type = type;
		this.unit = unit;
		this.description = description;
		this.keyNames = KeyName.merge(new KeyName[] { Tags.SERVER }, keyNames);
	}

	@Override
	public String getName() {
		return this.name;
	}

	@Override
	public Meter.Type getType() {
		return this.type;
	}

	@Override
	public @Nullable String getBaseUnit() {
		return this.unit;
	}

	@Override
	public KeyName[] getKeyNames() {
		return this.keyNames.clone();
	}

	String description() {
		return this.description;
	}

	/**
	 * The tags.
	 */
	public enum Tags implements KeyName {

		/** The name of the server, {@code zinx.name}. Every meter has it. */
		SERVER("server"),

		/** The reason: one of few words, for example {@code peer-closed}. */
		REASON("reason"),

		/** The result: one of few words, for example {@code timeout}. */
		RESULT("result"),

		/** The transport of a connection, for example {@code tls}. */
		TRANSPORT("transport"),

		/** The state of a push: one of few words, for example {@code no-receiver}. */
		STATE("state"),

		/**
		 * A message number that has a router of its own; {@code unknown} for all others.
		 */
		MSG_ID("msg.id"),

		/** The outcome: {@link io.zinx.metrics.HandlerOutcome}. */
		OUTCOME("outcome");

		private final String key;

		Tags(String key) {
			this.key = key;
		}

		@Override
		public String asString() {
			return this.key;
		}

	}

	/**
	 * The units.
	 */
	private static final class Units {

		private static final String BYTES = BaseUnits.BYTES;

		private static final String SECONDS = "seconds";

	}

}

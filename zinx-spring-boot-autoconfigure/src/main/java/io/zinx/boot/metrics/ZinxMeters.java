package io.zinx.boot.metrics;

import io.micrometer.common.docs.KeyName;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.micrometer.core.instrument.docs.MeterDocumentation;
import org.jspecify.annotations.Nullable;

/**
 * All meters of the server. None is tagged with anything that a client chooses.
 */
public enum ZinxMeters implements MeterDocumentation {

	/** Connections there are now. */
	CONNECTIONS_ACTIVE("zinx.connections.active", Meter.Type.GAUGE, "Connections there are now"),

	/** The most connections at one time. */
	CONNECTIONS_MAX("zinx.connections.max", Meter.Type.GAUGE, "The most connections at one time"),

	/** Clients that wait for a slot, with {@code zinx.max-conn-policy=wait}. */
	CONNECTIONS_WAITING("zinx.connections.waiting", Meter.Type.GAUGE, "Clients that wait for a slot"),

	/** Connections admitted. */
	CONNECTIONS_ACCEPTED("zinx.connections.accepted", Meter.Type.COUNTER, "Connections admitted"),

	/** Connections turned away, by reason. */
	CONNECTIONS_REJECTED("zinx.connections.rejected", Meter.Type.COUNTER, "Connections turned away", Tags.REASON),

	/** Connections ended, by reason. */
	CONNECTIONS_CLOSED("zinx.connections.closed", Meter.Type.COUNTER, "Connections ended", Tags.REASON),

	/** TLS handshakes that are over, by result. */
	HANDSHAKES("zinx.handshakes", Meter.Type.COUNTER, "TLS handshakes that are over", Tags.RESULT),

	/**
	 * Connections that are not read because too much waits to be written to them.
	 */
	CONNECTIONS_PAUSED("zinx.connections.paused", Meter.Type.GAUGE,
			"Connections that are not read because too much waits to be written to them"),

	/** How long connections that have ended have lasted. */
	CONNECTIONS_LIFETIME("zinx.connections.lifetime", Meter.Type.TIMER, Units.SECONDS,
			"How long connections that have ended have lasted"),

	/** Messages handled, by number and outcome. */
	MESSAGES_HANDLED("zinx.messages.handled", Meter.Type.COUNTER, "Messages handled", Tags.MSG_ID, Tags.OUTCOME),

	/**
	 * How long handlers take, by message number and outcome; of the messages that are
	 * measured.
	 */
	HANDLER_TIME("zinx.handler.time", Meter.Type.TIMER, Units.SECONDS,
			"How long handlers take, of the messages that are measured", Tags.MSG_ID, Tags.OUTCOME),

	/**
	 * How long messages wait for a thread, of the batches that are measured; none in mode
	 * {@code event-loop}.
	 */
	QUEUE_WAIT("zinx.queue.wait", Meter.Type.TIMER, Units.SECONDS,
			"How long messages wait for a thread, of the batches that are measured"),

	/** 1 while the server parts from its clients, else 0. */
	DRAINING("zinx.draining", Meter.Type.GAUGE, "1 while the server parts from its clients"),

	/** Connections whose bytes were no frame, by reason. */
	DECODE_FAILURES("zinx.decode.failures", Meter.Type.COUNTER, "Connections whose bytes were no frame", Tags.REASON),

	/** Heartbeats sent. */
	HEARTBEATS_SENT("zinx.heartbeats.sent", Meter.Type.COUNTER, "Heartbeats sent"),

	/** Clients that were silent for longer than the heartbeat timeout. */
	HEARTBEATS_MISSED("zinx.heartbeats.missed", Meter.Type.COUNTER,
			"Clients that were silent for longer than the heartbeat timeout"),

	/**
	 * Bytes that wait to be written, but for connections on which less than 16 KiB wait.
	 */
	OUTBOUND_QUEUED("zinx.outbound.queued", Meter.Type.GAUGE, Units.BYTES,
			"Bytes that wait to be written, but for connections on which less than 16 KiB wait"),

	/** The most bytes that may wait to be written. */
	OUTBOUND_MAX("zinx.outbound.max", Meter.Type.GAUGE, Units.BYTES, "The most bytes that may wait to be written"),

	/** The memory held for what was received and is not handled. */
	INBOUND_HELD("zinx.inbound.held", Meter.Type.GAUGE, Units.BYTES,
			"The memory held for what was received and is not handled"),

	/** That part of it that belongs to messages that have not come as a whole. */
	INBOUND_BEGUN("zinx.inbound.begun", Meter.Type.GAUGE, Units.BYTES,
			"The memory held for messages that have not come as a whole"),

	/** The most memory that may be held for what was received. */
	INBOUND_MAX("zinx.inbound.max", Meter.Type.GAUGE, Units.BYTES,
			"The most memory that may be held for what was received"),

	/** Connections that are not read because too much is held. */
	INBOUND_PAUSED("zinx.inbound.paused", Meter.Type.GAUGE, "Connections that are not read because too much is held"),

	/** Messages received, by number. */
	MESSAGES_RECEIVED("zinx.messages.received", Meter.Type.COUNTER, "Messages received", Tags.MSG_ID),

	/** Messages handed to sockets, by number. */
	MESSAGES_SENT("zinx.messages.sent", Meter.Type.COUNTER, "Messages handed to sockets", Tags.MSG_ID),

	/** Messages no router is there for. */
	MESSAGES_UNKNOWN("zinx.messages.unknown", Meter.Type.COUNTER, "Messages no router is there for"),

	/** Messages that were not sent because their receiver is slow. */
	MESSAGES_DROPPED("zinx.messages.dropped", Meter.Type.COUNTER,
			"Messages that were not sent because their receiver is slow"),

	/** Bytes of messages received, head and tail included, by number. */
	BYTES_RECEIVED("zinx.bytes.received", Meter.Type.COUNTER, Units.BYTES, "Bytes of messages received", Tags.MSG_ID),

	/**
	 * Bytes received that belong to no frame, with {@code zinx.magic.on-mismatch=resync}.
	 */
	BYTES_SKIPPED("zinx.bytes.skipped", Meter.Type.COUNTER, Units.BYTES, "Bytes received that belong to no frame"),

	/** Bytes handed to sockets, head and tail included, by number. */
	BYTES_SENT("zinx.bytes.sent", Meter.Type.COUNTER, Units.BYTES, "Bytes handed to sockets", Tags.MSG_ID),

	/** Messages whose router threw. */
	HANDLER_FAILURES("zinx.handler.failures", Meter.Type.COUNTER, "Messages whose router threw"),

	/** Messages that wait for a worker, of all workers together. */
	WORKER_QUEUE_SIZE("zinx.worker.queue.size", Meter.Type.GAUGE, "Messages that wait for a worker"),

	/** How full the fullest queue of a worker is, 0 to 1. */
	WORKER_SATURATION("zinx.worker.saturation", Meter.Type.GAUGE, "How full the fullest queue of a worker is, 0 to 1"),

	/** Handlers that have been at work for a second or longer. */
	HANDLERS_SLOW("zinx.handlers.slow", Meter.Type.GAUGE, "Handlers that have been at work for a second or longer"),

	/** How long the longest of them has been at work. */
	HANDLERS_LONGEST("zinx.handlers.longest", Meter.Type.GAUGE, Units.SECONDS,
			"How long the handler longest at work has been so");

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
		this.keyNames = keyNames;
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

		/** Why: one of few words, for example {@code peer-closed}. */
		REASON("reason"),

		/** How it has ended: one of few words, for example {@code timeout}. */
		RESULT("result"),

		/**
		 * A message number that has a router of its own; {@code unknown} for all others.
		 */
		MSG_ID("msg.id"),

		/** What became of it: {@code success} or {@code failure}. */
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

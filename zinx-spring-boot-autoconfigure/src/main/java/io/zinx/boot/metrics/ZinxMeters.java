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
	CONNECTIONS_REJECTED("zinx.connections.rejected", Meter.Type.COUNTER, "Connections turned away") {

		@Override
		public KeyName[] getKeyNames() {
			return new KeyName[] { Tags.REASON };
		}

	},

	/** Connections ended, by reason. */
	CONNECTIONS_CLOSED("zinx.connections.closed", Meter.Type.COUNTER, "Connections ended") {

		@Override
		public KeyName[] getKeyNames() {
			return new KeyName[] { Tags.REASON };
		}

	},

	/** TLS handshakes that are over, by result. */
	HANDSHAKES("zinx.handshakes", Meter.Type.COUNTER, "TLS handshakes that are over") {

		@Override
		public KeyName[] getKeyNames() {
			return new KeyName[] { Tags.RESULT };
		}

	},

	/**
	 * Connections that are not read because too much waits to be written to them.
	 */
	CONNECTIONS_PAUSED("zinx.connections.paused", Meter.Type.GAUGE,
			"Connections that are not read because too much waits to be written to them"),

	/** How long connections that have ended have lasted. */
	CONNECTIONS_LIFETIME("zinx.connections.lifetime", Meter.Type.TIMER,
			"How long connections that have ended have lasted") {

		@Override
		public String getBaseUnit() {
			return SECONDS;
		}

	},

	/** Messages handled, by number and outcome. */
	MESSAGES_HANDLED("zinx.messages.handled", Meter.Type.COUNTER, "Messages handled") {

		@Override
		public KeyName[] getKeyNames() {
			return new KeyName[] { Tags.MSG_ID, Tags.OUTCOME };
		}

	},

	/** How long handlers take, by message number; of the messages that are measured. */
	HANDLER_TIME("zinx.handler.time", Meter.Type.TIMER, "How long handlers take, of the messages that are measured") {

		@Override
		public String getBaseUnit() {
			return SECONDS;
		}

		@Override
		public KeyName[] getKeyNames() {
			return new KeyName[] { Tags.MSG_ID };
		}

	},

	/**
	 * How long messages wait for a thread, of the batches that are measured; none in mode
	 * {@code event-loop}.
	 */
	QUEUE_WAIT("zinx.queue.wait", Meter.Type.TIMER,
			"How long messages wait for a thread, of the batches that are measured") {

		@Override
		public String getBaseUnit() {
			return SECONDS;
		}

	},

	/** 1 while the server parts from its clients, else 0. */
	DRAINING("zinx.draining", Meter.Type.GAUGE, "1 while the server parts from its clients"),

	/** Connections whose bytes were no frame, by reason. */
	DECODE_FAILURES("zinx.decode.failures", Meter.Type.COUNTER, "Connections whose bytes were no frame") {

		@Override
		public KeyName[] getKeyNames() {
			return new KeyName[] { Tags.REASON };
		}

	},

	/** Heartbeats sent. */
	HEARTBEATS_SENT("zinx.heartbeats.sent", Meter.Type.COUNTER, "Heartbeats sent"),

	/** Clients that were silent for longer than the heartbeat timeout. */
	HEARTBEATS_MISSED("zinx.heartbeats.missed", Meter.Type.COUNTER,
			"Clients that were silent for longer than the heartbeat timeout"),

	/**
	 * Bytes that wait to be written, but for connections on which less than 16 KiB wait.
	 */
	OUTBOUND_QUEUED("zinx.outbound.queued", Meter.Type.GAUGE,
			"Bytes that wait to be written, but for connections on which less than 16 KiB wait") {

		@Override
		public String getBaseUnit() {
			return BaseUnits.BYTES;
		}

	},

	/** The most bytes that may wait to be written. */
	OUTBOUND_MAX("zinx.outbound.max", Meter.Type.GAUGE, "The most bytes that may wait to be written") {

		@Override
		public String getBaseUnit() {
			return BaseUnits.BYTES;
		}

	},

	/** Messages received. */
	MESSAGES_RECEIVED("zinx.messages.received", Meter.Type.COUNTER, "Messages received"),

	/** Messages handed to sockets. */
	MESSAGES_SENT("zinx.messages.sent", Meter.Type.COUNTER, "Messages handed to sockets"),

	/** Messages no router is there for. */
	MESSAGES_UNKNOWN("zinx.messages.unknown", Meter.Type.COUNTER, "Messages no router is there for"),

	/** Messages that were not sent because their receiver is slow. */
	MESSAGES_DROPPED("zinx.messages.dropped", Meter.Type.COUNTER,
			"Messages that were not sent because their receiver is slow"),

	/** Bytes received. */
	BYTES_RECEIVED("zinx.bytes.received", Meter.Type.COUNTER, "Bytes received") {

		@Override
		public String getBaseUnit() {
			return BaseUnits.BYTES;
		}

	},

	/**
	 * Bytes received that belong to no frame, with {@code zinx.magic.on-mismatch=resync}.
	 */
	BYTES_SKIPPED("zinx.bytes.skipped", Meter.Type.COUNTER, "Bytes received that belong to no frame") {

		@Override
		public String getBaseUnit() {
			return BaseUnits.BYTES;
		}

	},

	/** Bytes handed to sockets. */
	BYTES_SENT("zinx.bytes.sent", Meter.Type.COUNTER, "Bytes handed to sockets") {

		@Override
		public String getBaseUnit() {
			return BaseUnits.BYTES;
		}

	},

	/** Messages whose router threw. */
	HANDLER_FAILURES("zinx.handler.failures", Meter.Type.COUNTER, "Messages whose router threw"),

	/** Messages that wait for a worker, of all workers together. */
	WORKER_QUEUE_SIZE("zinx.worker.queue.size", Meter.Type.GAUGE, "Messages that wait for a worker"),

	/** How full the fullest queue of a worker is, 0 to 1. */
	WORKER_SATURATION("zinx.worker.saturation", Meter.Type.GAUGE, "How full the fullest queue of a worker is, 0 to 1"),

	/** Handlers that have been at work for a second or longer. */
	HANDLERS_SLOW("zinx.handlers.slow", Meter.Type.GAUGE, "Handlers that have been at work for a second or longer"),

	/** How long the longest of them has been at work. */
	HANDLERS_LONGEST("zinx.handlers.longest", Meter.Type.GAUGE, "How long the handler longest at work has been so") {

		@Override
		public String getBaseUnit() {
			return SECONDS;
		}

	};

	private static final String SECONDS = "seconds";

	private final String name;

	private final Meter.Type type;

	private final String description;

	ZinxMeters(String name, Meter.Type type, String description) {
		this.name = name;
		this.type = type;
		this.description = description;
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
		return null;
	}

	String description() {
		return this.description;
	}

	/**
	 * The tags.
	 */
	public enum Tags implements KeyName {

		/** Why: one of few words, for example {@code peer-closed}. */
		REASON {

			@Override
			public String asString() {
				return "reason";
			}

		},

		/** How it has ended: one of few words, for example {@code timeout}. */
		RESULT {

			@Override
			public String asString() {
				return "result";
			}

		},

		/**
		 * A message number that has a router of its own; {@code unknown} for all others.
		 */
		MSG_ID {

			@Override
			public String asString() {
				return "msg.id";
			}

		},

		/** What became of it: {@code success} or {@code failure}. */
		OUTCOME {

			@Override
			public String asString() {
				return "outcome";
			}

		}

	}

}

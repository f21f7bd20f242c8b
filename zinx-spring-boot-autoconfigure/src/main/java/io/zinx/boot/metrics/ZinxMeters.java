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
			return Tags.values();
		}

	},

	/** Connections ended, by reason. */
	CONNECTIONS_CLOSED("zinx.connections.closed", Meter.Type.COUNTER, "Connections ended") {

		@Override
		public KeyName[] getKeyNames() {
			return Tags.values();
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
	WORKER_QUEUE_SIZE("zinx.worker.queue.size", Meter.Type.GAUGE, "Messages that wait for a worker");

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

		}

	}

}

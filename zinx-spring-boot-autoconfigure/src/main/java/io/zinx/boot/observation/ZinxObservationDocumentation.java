package io.zinx.boot.observation;

import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.docs.ObservationDocumentation;

/**
 * All observations of the server.
 */
public enum ZinxObservationDocumentation implements ObservationDocumentation {

	/**
	 * A message is handled, from the interceptors until its router has returned, or until
	 * the answer is done that comes later.
	 */
	SERVER_REQUEST {

		@Override
		public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
			return DefaultZinxServerObservationConvention.class;
		}

		@Override
		public KeyName[] getLowCardinalityKeyNames() {
			return LowCardinalityKeyNames.values();
		}

		@Override
		public KeyName[] getHighCardinalityKeyNames() {
			return HighCardinalityKeyNames.values();
		}

	};

	static final String NAME = "zinx.server.request";

	/**
	 * Tags of meters and traces.
	 */
	public enum LowCardinalityKeyNames implements KeyName {

		/** The name of the server, {@code zinx.name}. */
		SERVER("server"),

		/**
		 * The message number, {@code unknown} if it has no router of its own.
		 */
		MSG_ID("msg.id"),

		/**
		 * {@code success}, {@code failure}, or {@code handled} if an exception handler
		 * has handled the exception.
		 */
		OUTCOME("outcome"),

		/** The simple name of the exception, or {@code none}. */
		ERROR("error");

		private final String key;

		LowCardinalityKeyNames(String key) {
			this.key = key;
		}

		@Override
		public String asString() {
			return this.key;
		}

	}

	/**
	 * Tags of traces only.
	 */
	public enum HighCardinalityKeyNames implements KeyName {

		/** The connection's number. */
		CONN_ID("zinx.conn.id"),

		/** The client's address. */
		PEER("network.peer.address");

		private final String key;

		HighCardinalityKeyNames(String key) {
			this.key = key;
		}

		@Override
		public String asString() {
			return this.key;
		}

	}

}

package io.zinx.heartbeat;

/**
 * The timeouts of one connection. Event loop only.
 */
public interface KeepAlive {

	/** No timeouts. */
	KeepAlive NONE = new KeepAlive() {
		@Override
		public void begin() {
		}

		@Override
		public void readState(ReadState state) {
		}

		@Override
		public void frameBegun() {
		}

		@Override
		public void frameEnded() {
		}

		@Override
		public void end() {
		}
	};

	/**
	 * The connection is read from now on: start the timeouts.
	 */
	void begin();

	/**
	 * The connection is being read, or is not. May be repeated.
	 * @param state the state from now on
	 */
	void readState(ReadState state);

	/**
	 * The last read ended with an incomplete frame. Called once for each such frame.
	 */
	void frameBegun();

	/**
	 * All frames that were read are complete.
	 */
	void frameEnded();

	/**
	 * The socket is closed: end the timeouts.
	 */
	void end();

}

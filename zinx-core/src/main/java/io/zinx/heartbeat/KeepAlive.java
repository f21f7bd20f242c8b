package io.zinx.heartbeat;

/**
 * The watch over one connection. Event loop only.
 */
public interface KeepAlive {

	/** Watches nothing. */
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
	 * The connection begins to be read: begin to watch it.
	 */
	void begin();

	/**
	 * The connection is being read, or is not. May be repeated.
	 * @param state how it is from now on
	 */
	void readState(ReadState state);

	/**
	 * The last read brought a part of a frame and not its end. Called once for each such
	 * frame.
	 */
	void frameBegun();

	/**
	 * Of what was read, no part of a frame is left.
	 */
	void frameEnded();

	/**
	 * The socket is closed: watch no more.
	 */
	void end();

}

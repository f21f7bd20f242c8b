package io.zinx.heartbeat;

/**
 * The watch over one connection. Event loop only.
 */
public interface Pulse {

	/** Watches nothing. */
	Pulse NONE = new Pulse() {
		@Override
		public void begin() {
		}

		@Override
		public void intake(Intake intake) {
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
	 * Whether the connection is being read. May be repeated.
	 * @param intake how it is from now on
	 */
	void intake(Intake intake);

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

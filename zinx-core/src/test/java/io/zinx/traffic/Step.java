package io.zinx.traffic;

/**
 * One thing that a client does.
 *
 * @param what what it does
 * @param from the first request that it sends
 * @param to the one behind the last
 * @param largest the largest segment in bytes; 0 for all in one
 * @param micros how long it waits: {@link What#PAUSE} as such, {@link What#SEND} now and
 * then between segments
 */
record Step(What what, int from, int to, int largest, int micros) {

	static Step send(int from, int to, int largest, int micros) {
		return new Step(What.SEND, from, to, largest, micros);
	}

	static Step pause(int micros) {
		return new Step(What.PAUSE, 0, 0, 0, micros);
	}

	static Step await() {
		return new Step(What.AWAIT, 0, 0, 0, 0);
	}

	@Override
	public String toString() {
		return switch (this.what) {
			case SEND -> "send " + this.from + " to " + (this.to - 1)
					+ ((this.largest > 0) ? " in segments of up to " + this.largest : "")
					+ ((this.micros > 0) ? " with pauses of " + this.micros + " us" : "");
			case PAUSE -> "pause " + this.micros + " us";
			case AWAIT -> "await replies";
		};
	}

	enum What {

		/** Send requests. */
		SEND,

		/** Do nothing for a while. */
		PAUSE,

		/** Wait for the replies to all that was sent. */
		AWAIT

	}

}

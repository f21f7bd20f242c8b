package io.zinx.connection;

import java.time.Duration;
import java.util.List;

/**
 * A reading side that notes what it is told.
 */
final class RecordingReadSide implements ReadSide {

	private final List<String> events;

	/** Done when the connection is relieved. */
	Runnable whenRelieved = () -> {
	};

	RecordingReadSide(List<String> events) {
		this.events = events;
	}

	@Override
	public void congested() {
		this.events.add("congested");
	}

	@Override
	public void relieved() {
		this.events.add("relieved");
		this.whenRelieved.run();
	}

	@Override
	public void stopReading() {
		this.events.add("stop reading");
	}

	@Override
	public void drain(DrainPlan plan) {
		this.events.add("drain " + plan.reason());
	}

	@Override
	public void endDrain() {
		this.events.add("end drain");
	}

	@Override
	public void trace(Duration duration) {
		this.events.add("trace " + duration.toSeconds() + " s");
	}

	@Override
	public void linger() {
		this.events.add("linger");
	}

	@Override
	public void discard() {
		this.events.add("discard");
	}

}

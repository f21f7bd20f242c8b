package io.zinx.pipeline;

import java.util.ArrayList;
import java.util.List;

import io.zinx.heartbeat.Intake;
import io.zinx.heartbeat.Pulse;

/**
 * A watch that writes down what it is told about frames.
 */
final class RecordingPulse implements Pulse {

	final List<String> frames = new ArrayList<>();

	@Override
	public void begin() {
	}

	@Override
	public void intake(Intake intake) {
	}

	@Override
	public void frameBegun() {
		this.frames.add("begun");
	}

	@Override
	public void frameEnded() {
		this.frames.add("ended");
	}

	@Override
	public void end() {
	}

}

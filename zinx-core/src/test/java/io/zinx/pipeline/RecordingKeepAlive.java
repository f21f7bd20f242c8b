package io.zinx.pipeline;

import java.util.ArrayList;
import java.util.List;

import io.zinx.heartbeat.KeepAlive;
import io.zinx.heartbeat.ReadState;

/**
 * A watch that records the frames it is told of.
 */
final class RecordingKeepAlive implements KeepAlive {

	final List<String> frames = new ArrayList<>();

	@Override
	public void begin() {
	}

	@Override
	public void readState(ReadState state) {
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

package io.zinx.lane;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.netty.buffer.ByteBuf;

/**
 * A lane that notes what a task does with it.
 */
final class RecordingRun implements LaneRun {

	final List<String> handled = new ArrayList<>();

	int dropped;

	int taken;

	int givenBack;

	int waits;

	/** How many messages and tasks may be handled. */
	int left = Integer.MAX_VALUE;

	boolean drops;

	boolean fails;

	@Override
	public boolean mayHandle(long msgId) {
		return this.left > 0;
	}

	@Override
	public boolean mayCall() {
		return this.left-- > 0;
	}

	@Override
	public boolean dropsWaiting() {
		return this.drops;
	}

	@Override
	public void dropped(int messages) {
		this.dropped += messages;
	}

	@Override
	public void taken(int messages) {
		this.taken += messages;
	}

	@Override
	public void givenBack(int bytes) {
		this.givenBack += bytes;
	}

	@Override
	public void waited(long nanos) {
		this.waits++;
	}

	@Override
	public void handle(long msgId, ByteBuf buffer, int bodyIndex, int bodyLength) {
		this.left--;
		this.handled.add(msgId + " " + buffer.toString(bodyIndex, bodyLength, StandardCharsets.UTF_8));
		if (this.fails) {
			throw new IllegalStateException("on purpose");
		}
	}

}

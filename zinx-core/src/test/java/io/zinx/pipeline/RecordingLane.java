package io.zinx.pipeline;

import java.util.ArrayList;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.zinx.connection.CloseReason;
import io.zinx.lane.Lane;
import io.zinx.lane.Reader;
import io.zinx.message.Message;
import org.jspecify.annotations.Nullable;

/**
 * A lane that keeps copies of the frames it is given, and has as much room as a test
 * says.
 */
final class RecordingLane implements Lane {

	final List<Message> messages = new ArrayList<>();

	final List<String> events = new ArrayList<>();

	private final Reader reader;

	private int room = Integer.MAX_VALUE;

	private boolean failing;

	private ByteBuf buffer = Unpooled.EMPTY_BUFFER;

	private @Nullable CloseReason ended;

	RecordingLane(Reader reader) {
		this.reader = reader;
	}

	void room(int room) {
		this.room = room;
	}

	/**
	 * Fail from now on.
	 */
	void fail() {
		this.failing = true;
	}

	@Nullable CloseReason ended() {
		return this.ended;
	}

	@Override
	public void start() {
		this.events.add("start");
		this.reader.begin();
	}

	@Override
	public int open(ByteBuf buffer, int wanted) {
		if (this.failing) {
			throw new IllegalStateException("As the test says");
		}
		this.buffer = buffer;
		return Math.min(wanted, this.room);
	}

	@Override
	public boolean frame(long msgId, int bodyIndex, int bodyLength) {
		this.messages.add(new Message(msgId, ByteBufUtil.getBytes(this.buffer, bodyIndex, bodyLength)));
		this.room--;
		return true;
	}

	@Override
	public void close() {
		this.buffer = Unpooled.EMPTY_BUFFER;
	}

	@Override
	public void readComplete() {
	}

	@Override
	public void end(CloseReason reason) {
		this.events.add("end " + reason + " after " + this.messages.size());
		this.ended = reason;
	}

	@Override
	public void socketClosed() {
		this.events.add("closed after " + this.messages.size());
	}

	@Override
	public void congested() {
	}

	@Override
	public void relieved() {
	}

	@Override
	public boolean execute(Runnable task) {
		task.run();
		return true;
	}

}

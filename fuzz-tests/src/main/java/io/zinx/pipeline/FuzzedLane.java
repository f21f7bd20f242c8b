package io.zinx.pipeline;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.zinx.connection.CloseReason;
import io.zinx.lane.Lane;
import io.zinx.lane.Reader;
import org.jspecify.annotations.Nullable;

/**
 * A lane that records its frames, and accepts only a few at a time if configured so.
 */
final class FuzzedLane implements Lane {

	private final Reader reader;

	private final List<String> messages = new ArrayList<>();

	/**
	 * The number of frames accepted between two calls of {@link #makeRoom}, 0 for any.
	 */
	private final int step;

	private int room;

	private boolean full;

	private ByteBuf buffer = Unpooled.EMPTY_BUFFER;

	private @Nullable CloseReason ended;

	private boolean socketClosed;

	FuzzedLane(Reader reader, int step) {
		this.reader = reader;
		this.step = step;
		this.room = step;
	}

	List<String> messages() {
		return this.messages;
	}

	@Nullable CloseReason ended() {
		return this.ended;
	}

	boolean isSocketClosed() {
		return this.socketClosed;
	}

	/**
	 * Take all that waits.
	 */
	void makeRoom() {
		while (this.full) {
			this.full = false;
			this.room = this.step;
			this.reader.resume();
		}
	}

	@Override
	public void start() {
		this.reader.begin();
	}

	@Override
	public int open(ByteBuf buffer, int wanted) {
		Oracle.require(wanted > 0, "asks for room for " + wanted);
		Oracle.require(this.ended == null, "goes on after the end");
		if (this.step == 0) {
			this.buffer = buffer;
			return wanted;
		}
		this.full = this.room == 0;
		this.buffer = this.full ? Unpooled.EMPTY_BUFFER : buffer;
		return Math.min(this.room, wanted);
	}

	@Override
	public boolean frame(long msgId, int bodyIndex, int bodyLength) {
		Oracle.require(bodyLength >= 0 && bodyLength <= Oracle.MAX_PACKET_SIZE, "has a body of " + bodyLength);
		Oracle.require(bodyIndex >= 0 && bodyIndex + bodyLength <= this.buffer.writerIndex(),
				"has a body beyond its buffer");
		Oracle.require(msgId >= 0 && msgId <= 0xFFFF_FFFFL, "has number " + msgId);
		this.room--;
		this.messages
			.add(msgId + ":" + HexFormat.of().formatHex(ByteBufUtil.getBytes(this.buffer, bodyIndex, bodyLength)));
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
		Oracle.require(this.ended == null, "ends twice");
		this.ended = reason;
	}

	@Override
	public void socketClosed() {
		Oracle.require(!this.socketClosed, "tells twice of the closed socket");
		this.socketClosed = true;
	}

	@Override
	public void congested() {
	}

	@Override
	public void relieved() {
	}

	@Override
	public boolean execute(Runnable task) {
		return false;
	}

}

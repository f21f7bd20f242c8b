package io.zinx.outbound;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPromise;
import io.zinx.metrics.TrafficCounter;
import org.jspecify.annotations.Nullable;

/**
 * The frames that were accepted since the last write, in order. Guarded by the monitor of
 * their {@link Outbound}.
 */
final class PendingWrites {

	/** The pending writes of a connection without a send. Never written to. */
	static final PendingWrites NOTHING = new PendingWrites(null);

	/**
	 * The pending writes of a connection whose accepted messages were discarded. Never
	 * written to.
	 */
	static final PendingWrites DISCARDED = new PendingWrites(null);

	private static final int SMALLEST_BUFFER = 256;

	/** The size of the largest buffer, which Netty's allocator still pools well. */
	private static final int LARGEST_BUFFER = 16 * 1024;

	private final @Nullable Channel channel;

	private @Nullable ByteBuf last;

	/** True if {@link #last} is shared, so that nothing is appended to it. */
	private boolean lastIsShared;

	/** The buffers before {@link #last}. */
	private @Nullable Deque<ByteBuf> first;

	private @Nullable List<WriteListener> listeners;

	/**
	 * The counter place of the last frame, and of all others unless there are
	 * {@link PerMessageCounts}.
	 */
	private int place;

	private @Nullable PerMessageCounts tally;

	private long bytes;

	private int messages;

	private long sharedBytes;

	private int capacity = SMALLEST_BUFFER;

	PendingWrites(@Nullable Channel channel) {
		this.channel = channel;
	}

	private Channel channel() {
		return Objects.requireNonNull(this.channel);
	}

	/**
	 * Prepare a buffer for a frame.
	 * @param length the length of the frame
	 * @return a buffer with enough space, or one that grows
	 */
	ByteBuf room(int length) {
		ByteBuf out = this.last;
		if (out != null && !this.lastIsShared && (out.writableBytes() >= length || out.capacity() < LARGEST_BUFFER)) {
			return out;
		}
		ByteBuf next = channel().alloc().ioBuffer(Math.max(length, this.capacity));
		add(next, false);
		return next;
	}

	/**
	 * Add a shared frame.
	 * @param frame the frame; retained
	 */
	void share(ByteBuf frame) {
		// Frames between shared ones may be short and need a buffer each: these buffers
		// must not take much more memory than is counted.
		this.capacity = SMALLEST_BUFFER;
		add(frame.retain(), true);
		this.sharedBytes += frame.readableBytes();
	}

	private void add(ByteBuf buffer, boolean shared) {
		ByteBuf before = this.last;
		if (before != null) {
			Deque<ByteBuf> buffers = this.first;
			if (buffers == null) {
				buffers = new ArrayDeque<>(4);
				this.first = buffers;
			}
			buffers.add(own(before));
		}
		this.last = buffer;
		this.lastIsShared = shared;
	}

	/**
	 * A duplicate of {@link #last} with indexes of its own.
	 */
	private ByteBuf own(ByteBuf last) {
		return this.lastIsShared ? last.duplicate() : last;
	}

	/**
	 * Count a frame that was written to {@link #room} or shared.
	 * @param place the counter place of its message number
	 */
	void count(int place, int messages, long bytes) {
		if (place != this.place) {
			tally();
			this.place = place;
		}
		this.messages += messages;
		this.bytes += bytes;
	}

	private void tally() {
		if (this.messages > 0 || this.bytes > 0) {
			PerMessageCounts present = this.tally;
			PerMessageCounts tally = (present != null) ? present : new PerMessageCounts();
			tally.addUpTo(this.place, this.messages, this.bytes);
			this.tally = tally;
		}
	}

	/**
	 * Count all frames as handed to the socket. Event loop only.
	 */
	void countTo(TrafficCounter traffic) {
		if (this.tally == null) {
			traffic.addOut(this.place, this.messages, this.bytes);
			return;
		}
		this.tally.addUpTo(this.place, this.messages, this.bytes);
		this.tally.countTo(traffic);
	}

	void listen(WriteListener listener) {
		if (this.listeners == null) {
			this.listeners = new ArrayList<>(2);
		}
		this.listeners.add(listener);
	}

	boolean isEmpty() {
		return this.last == null;
	}

	long bytes() {
		return this.bytes;
	}

	int messages() {
		return this.messages;
	}

	@Nullable List<WriteListener> listeners() {
		return this.listeners;
	}

	/**
	 * Pass all frames to Netty, which does not flush them yet. Must not be empty.
	 * @param promise the promise of the last write
	 */
	void handOver(ChannelPromise promise) {
		Deque<ByteBuf> before = this.first;
		ByteBuf end = own(Objects.requireNonNull(this.last));
		clear();
		if (before != null) {
			for (ByteBuf buffer : before) {
				channel().write(buffer, channel().voidPromise());
			}
		}
		channel().write(end, promise);
	}

	/**
	 * Take all frames, if they are in one buffer.
	 * @return the buffer, possibly shared, so that its indexes must not change; to be
	 * released. {@code null} if there are several, or none
	 */
	@Nullable ByteBuf takeSingle() {
		if (this.first != null) {
			return null;
		}
		ByteBuf single = this.last;
		clear();
		return single;
	}

	void release() {
		if (isEmpty()) {
			return;
		}
		if (this.first != null) {
			this.first.forEach(ByteBuf::release);
		}
		if (this.last != null) {
			this.last.release();
		}
		clear();
	}

	private void clear() {
		this.capacity = (int) Math.max(SMALLEST_BUFFER, Math.min(LARGEST_BUFFER, this.bytes - this.sharedBytes));
		this.first = null;
		this.last = null;
		this.listeners = null;
		this.tally = null;
		this.bytes = 0;
		this.messages = 0;
		this.sharedBytes = 0;
	}

}

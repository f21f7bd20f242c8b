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
 * What was accepted since the last write, in order. Guarded by the lock of its
 * {@link Outbound}.
 */
final class PendingWrites {

	/** That of a connection to which nothing was sent. Never written to. */
	static final PendingWrites NOTHING = new PendingWrites(null);

	/**
	 * That of a connection whose accepted messages were thrown away. Never written to.
	 */
	static final PendingWrites DISCARDED = new PendingWrites(null);

	private static final int SMALLEST_BUFFER = 256;

	/** Larger ones are not pooled well by Netty's allocator: its largest size class. */
	private static final int LARGEST_BUFFER = 16 * 1024;

	private final @Nullable Channel channel;

	private @Nullable ByteBuf last;

	/** Whether others have {@link #last}, too, so that nothing is written behind it. */
	private boolean lastIsShared;

	/** What comes before {@link #last}. */
	private @Nullable Deque<ByteBuf> first;

	private @Nullable List<WriteListener> listeners;

	/** Where the last of it is counted, and the rest of it unless there is a tally. */
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
	 * A buffer to write a frame to.
	 * @param length the frame's length
	 * @return a buffer that has room for it, or grows
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
	 * Add a frame that others have, too.
	 * @param frame the frame; retained
	 */
	void share(ByteBuf frame) {
		// What comes between shared frames may be short, each time with a buffer of its
		// own: those must not take much more memory than what is counted.
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
	 * {@link #last} with indexes of its own.
	 */
	private ByteBuf own(ByteBuf last) {
		return this.lastIsShared ? last.duplicate() : last;
	}

	/**
	 * Count what was written to {@link #room} or shared.
	 * @param place where its message number is counted
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
	 * Count all of it as handed over. Event loop only.
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

	@Nullable List<WriteListener> listeners() {
		return this.listeners;
	}

	/**
	 * Hand everything over to Netty, which sends nothing yet. Must not be empty.
	 * @param promise for the last of it
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
	 * Take everything, if it lies in one buffer.
	 * @return the buffer, which others may have, too, so that its indexes must stay; to
	 * be released. {@code null} if there are several, or none
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

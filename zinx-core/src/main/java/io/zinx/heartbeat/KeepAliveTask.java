package io.zinx.heartbeat;

import io.zinx.connection.ChannelConnection;
import io.zinx.connection.CloseReason;
import org.jspecify.annotations.Nullable;

/**
 * The watch over one connection: sends its heartbeats and closes it when it is dead or
 * idle or its message does not end. It is its own entry in the timer of its event loop,
 * one for the whole life of the connection: a read does not touch it, and when it is due
 * too early because something was read meanwhile, it waits for the rest of its time.
 * Event loop only.
 */
final class KeepAliveTask extends TimerWheel.Entry implements KeepAlive {

	private final ChannelConnection connection;

	private final LoopWheel wheel;

	private boolean begun;

	private ReadState readState = ReadState.OPEN;

	private long nextBeat;

	/** When the peer last showed, or need not show, life in another way than by bytes. */
	private long excused;

	/**
	 * The bytes that the socket takes; made when they are looked at for the first time.
	 */
	private @Nullable WrittenBytes output;

	/** The last silence that was suspected; made for the first. */
	private @Nullable Silence silence;

	/** The last frame that was begun; made for the first if frames have a time limit. */
	private @Nullable BegunFrame frame;

	/**
	 * Whether a message was late at the last look. As with {@link Silence#suspected}, its
	 * end may lie unread in the kernel.
	 */
	private boolean late;

	/** Whether user code is still to send a heartbeat. Set here, cleared on the lane. */
	private volatile boolean beating;

	KeepAliveTask(ChannelConnection connection, LoopWheel wheel) {
		this.connection = connection;
		this.wheel = wheel;
	}

	@Override
	public void begin() {
		if (!this.connection.isOpen()) {
			return;
		}
		long now = heartbeats().now();
		this.begun = true;
		this.excused = now;
		noteWritten(now);
		this.nextBeat = now + timing().nextInterval();
		arm(now);
	}

	@Override
	public void readState(ReadState state) {
		ReadState before = this.readState;
		if (before == state) {
			return;
		}
		this.readState = state;
		if (!this.begun || !this.connection.isOpen()) {
			return;
		}
		trust();
		long now = heartbeats().now();
		if (before != ReadState.OPEN) {
			this.excused = now;
		}
		noteWritten(now);
		arm(now);
	}

	@Override
	public void frameBegun() {
		if (timing().frame() == 0) {
			return;
		}
		BegunFrame begunFrame = this.frame;
		if (begunFrame == null) {
			begunFrame = new BegunFrame();
			this.frame = begunFrame;
		}
		begunFrame.missesRest = true;
		begunFrame.since = this.connection.lastActiveNanos();
		if (this.begun && !begunFrame.armed) {
			arm(heartbeats().now());
		}
	}

	@Override
	public void frameEnded() {
		if (this.frame != null) {
			this.frame.missesRest = false;
		}
	}

	@Override
	public void end() {
		this.wheel.remove(this);
	}

	@Override
	void due(long now) {
		if (!this.connection.isOpen()) {
			return;
		}
		boolean progress = noteWritten(now);
		if (this.readState == ReadState.HELD || (this.readState == ReadState.CONGESTED && progress)) {
			this.excused = now;
		}
		if (isDead(now) || isIdle(now)) {
			suspect(now);
		}
		else {
			trust();
		}
		closeIfLate(now);
		if (timing().interval() > 0 && now - this.nextBeat >= 0) {
			this.nextBeat = now + timing().nextInterval();
			beat();
		}
		if (this.connection.isOpen()) {
			arm(now);
		}
	}

	private void suspect(long now) {
		Silence suspect = silence();
		if (suspect.suspected) {
			suspect.suspected = false;
			judge(now);
			return;
		}
		suspect.suspected = true;
	}

	private void trust() {
		if (this.silence != null) {
			this.silence.suspected = false;
		}
	}

	private void closeIfLate(long now) {
		boolean before = this.late;
		this.late = isOver(now, this.excused, awaitedFirst()) || isFrameOver(now);
		if (before && this.late) {
			this.connection.close(CloseReason.MESSAGE_TIMEOUT);
		}
	}

	/**
	 * How long the first message may take.
	 * @return 0 if it is not waited for
	 */
	private long awaitedFirst() {
		boolean awaited = this.readState == ReadState.OPEN && this.connection.messagesIn() == 0;
		return awaited ? timing().firstMessage() : 0;
	}

	private boolean isFrameOver(long now) {
		BegunFrame awaited = awaitedFrame();
		return awaited != null && isOver(now, start(awaited), timing().frame());
	}

	/**
	 * The frame that was begun.
	 * @return {@code null} if there is none or its rest cannot come
	 */
	private @Nullable BegunFrame awaitedFrame() {
		return (this.readState == ReadState.OPEN && this.frame != null && this.frame.missesRest) ? this.frame : null;
	}

	private long start(BegunFrame awaited) {
		return later(awaited.since, this.excused);
	}

	/**
	 * Look at what was written.
	 * @return whether more of it than at the last look
	 */
	private boolean noteWritten(long now) {
		if (!looksAtOutput()) {
			return false;
		}
		long written = this.connection.bytesWritten();
		if (this.output == null) {
			this.output = new WrittenBytes(written, now);
			return false;
		}
		return this.output.note(written, now);
	}

	private long writtenAt() {
		return (this.output != null) ? this.output.writtenAt : this.excused;
	}

	private boolean looksAtOutput() {
		return this.readState == ReadState.CONGESTED || timing().watchesOutput();
	}

	/**
	 * Whether the peer was silent for too long and the application does not know it.
	 */
	private boolean isDead(long now) {
		long heard = heard();
		return isOver(now, heard, timing().timeout()) && !isKnownSilent(heard);
	}

	private boolean isIdle(long now) {
		long heard = heard();
		return isOver(now, heard, timing().read()) || isOver(now, writtenAt(), timing().write())
				|| isOver(now, later(heard, writtenAt()), timing().all());
	}

	private static boolean isOver(long now, long since, long duration) {
		return duration > 0 && now - since >= duration;
	}

	private void judge(long now) {
		if (isIdle(now)) {
			this.connection.close(CloseReason.IDLE);
			return;
		}
		heartbeats().metrics().countHeartbeatMissed();
		silence().reported = true;
		if (heartbeats().settings().isDefaultAction() || !this.connection.execute(this::remoteNotAlive)) {
			this.connection.close(CloseReason.HEARTBEAT_MISSED);
		}
	}

	/**
	 * The silence that there is now.
	 */
	private Silence silence() {
		long heard = heard();
		Silence last = this.silence;
		if (last != null && last.since == heard) {
			return last;
		}
		Silence begunSilence = new Silence(heard);
		this.silence = begunSilence;
		return begunSilence;
	}

	/**
	 * Tell the application. On the lane. A peer that nobody deals with is closed.
	 */
	private void remoteNotAlive() {
		try {
			heartbeats().settings().remoteNotAlive(this.connection);
		}
		catch (Throwable ex) {
			this.connection.close(CloseReason.HEARTBEAT_MISSED);
			throw ex;
		}
	}

	/**
	 * Send a heartbeat. A peer that does not read gets none: enough waits for it, and it
	 * must not be closed for a heartbeat too many.
	 */
	private void beat() {
		HeartbeatSettings settings = heartbeats().settings();
		if (this.readState == ReadState.CONGESTED || this.beating || !this.connection.isOpen()) {
			return;
		}
		if (settings.runsUserCode()) {
			this.beating = true;
			if (!this.connection.execute(this::beatOnLane)) {
				this.beating = false;
			}
			return;
		}
		byte[] body = settings.fixedBody();
		this.connection.send(settings.msgId(), (body != null) ? body : HeartbeatText.of(this.connection));
		heartbeats().metrics().countHeartbeatSent();
	}

	private void beatOnLane() {
		this.beating = false;
		heartbeats().settings().send(this.connection);
		heartbeats().metrics().countHeartbeatSent();
	}

	/**
	 * When the peer last showed life, or need not have shown it.
	 */
	private long heard() {
		return later(this.connection.lastActiveNanos(), this.excused);
	}

	private static long later(long one, long other) {
		return (one - other > 0) ? one : other;
	}

	/**
	 * Wait until the next thing may be due.
	 */
	private void arm(long now) {
		Timing timing = timing();
		long heard = heard();
		long delay = looksAtOutput() ? timing.look() : Long.MAX_VALUE;
		delay = sooner(delay, timing.interval(), this.nextBeat - now);
		delay = sooner(delay, timing.timeout(),
				isKnownSilent(heard) ? timing.timeout() : left(heard, timing.timeout(), now));
		delay = sooner(delay, timing.read(), left(heard, timing.read(), now));
		delay = sooner(delay, timing.write(), left(writtenAt(), timing.write(), now));
		delay = sooner(delay, timing.all(), left(later(heard, writtenAt()), timing.all(), now));
		delay = sooner(delay, awaitedFirst(), left(this.excused, awaitedFirst(), now));
		delay = Math.min(delay, armFrame(now));
		if (delay < Long.MAX_VALUE) {
			this.wheel.arm(this, now + delay, now);
		}
	}

	/**
	 * Note whether the timer is armed for the end of a frame.
	 * @return how long that is from now, {@link Long#MAX_VALUE} if none is awaited
	 */
	private long armFrame(long now) {
		BegunFrame awaited = awaitedFrame();
		if (this.frame != null) {
			this.frame.armed = awaited != null;
		}
		return (awaited != null) ? left(start(awaited), timing().frame(), now) : Long.MAX_VALUE;
	}

	/**
	 * Whether the application knows that the peer is silent. It can be silent once more
	 * in a timeout from now at the earliest.
	 */
	private boolean isKnownSilent(long heard) {
		return this.silence != null && this.silence.reported && this.silence.since == heard;
	}

	private static long left(long since, long duration, long now) {
		return since + duration - now;
	}

	private static long sooner(long delay, long duration, long left) {
		return (duration > 0) ? Math.min(delay, left) : delay;
	}

	private Timing timing() {
		return heartbeats().timing();
	}

	private Heartbeats heartbeats() {
		return this.wheel.heartbeats();
	}

	@Override
	public String toString() {
		return this.connection.toString();
	}

}

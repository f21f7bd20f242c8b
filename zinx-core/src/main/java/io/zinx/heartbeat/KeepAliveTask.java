package io.zinx.heartbeat;

import io.zinx.connection.ChannelConnection;
import io.zinx.connection.CloseReason;
import org.jspecify.annotations.Nullable;

/**
 * The timer task of one connection: sends its heartbeats and closes it when it is dead or
 * idle or a message takes too long. It is an entry in the timer of its event loop, the
 * same one for the whole life of the connection: a read does not change it; if it is due
 * too early because of a read, it waits for the rest of the time. Event loop only.
 */
final class KeepAliveTask extends TimerWheel.Entry implements KeepAlive {

	private final ChannelConnection connection;

	private final LoopWheel wheel;

	private boolean begun;

	private ReadState readState = ReadState.OPEN;

	private long nextBeat;

	/**
	 * The last time at which the peer showed life in another way than by bytes, or did
	 * not have to.
	 */
	private long excused;

	/**
	 * The bytes that the socket has accepted; created at the first look.
	 */
	private @Nullable WrittenBytes output;

	/** The last suspected silence; created for the first one. */
	private @Nullable Silence silence;

	/**
	 * The last incomplete frame; created for the first one if frames have a time limit.
	 */
	private @Nullable IncompleteFrame frame;

	/**
	 * True if a message was late at the last look. As with {@link Silence#suspected}, its
	 * end may be unread in the kernel.
	 */
	private boolean late;

	/** True while a heartbeat of user code is due. Set here, cleared on the lane. */
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
		IncompleteFrame begunFrame = this.frame;
		if (begunFrame == null) {
			begunFrame = new IncompleteFrame();
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
	 * The time limit of the first message.
	 * @return 0 if it is not awaited
	 */
	private long awaitedFirst() {
		boolean awaited = this.readState == ReadState.OPEN && this.connection.messagesIn() == 0;
		return awaited ? timing().firstMessage() : 0;
	}

	private boolean isFrameOver(long now) {
		IncompleteFrame awaited = awaitedFrame();
		return awaited != null && isOver(now, start(awaited), timing().frame());
	}

	/**
	 * The incomplete frame.
	 * @return {@code null} if there is none, or its rest cannot arrive
	 */
	private @Nullable IncompleteFrame awaitedFrame() {
		return (this.readState == ReadState.OPEN && this.frame != null && this.frame.missesRest) ? this.frame : null;
	}

	private long start(IncompleteFrame awaited) {
		return later(awaited.since, this.excused);
	}

	/**
	 * Check the number of bytes written.
	 * @return whether it has grown since the last check
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
	 * True if the peer was silent for too long and the application was not notified.
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
	 * The current silence.
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
	 * Notify the application. On the lane. If that fails, the connection is closed.
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
	 * Send a heartbeat. A congested connection gets none, so that heartbeats never exceed
	 * its queue bound.
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
	 * The last time at which the peer showed life, or did not have to.
	 */
	private long heard() {
		return later(this.connection.lastActiveNanos(), this.excused);
	}

	private static long later(long one, long other) {
		return (one - other > 0) ? one : other;
	}

	/**
	 * Arm the timer for the next deadline.
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
	 * Record whether the timer is armed for the end of a frame.
	 * @return the time until then, {@link Long#MAX_VALUE} if none is awaited
	 */
	private long armFrame(long now) {
		IncompleteFrame awaited = awaitedFrame();
		if (this.frame != null) {
			this.frame.armed = awaited != null;
		}
		return (awaited != null) ? left(start(awaited), timing().frame(), now) : Long.MAX_VALUE;
	}

	/**
	 * True if the application was notified that the peer is silent. The next silence
	 * begins one timeout from now at the earliest.
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

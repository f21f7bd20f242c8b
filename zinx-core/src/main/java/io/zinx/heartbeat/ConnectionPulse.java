package io.zinx.heartbeat;

import io.zinx.connection.ChannelConnection;
import io.zinx.connection.CloseReason;

/**
 * The watch over one connection: sends its heartbeats and closes it when it is dead or
 * idle or its message does not end. It is its own entry in the timer of its event loop,
 * one for the whole life of the connection: a read does not touch it, and when it is due
 * too early because something was read meanwhile, it waits for the rest of its time.
 * Event loop only.
 */
final class ConnectionPulse extends TimerWheel.Entry implements Pulse {

	private final ChannelConnection connection;

	private final LoopWheel wheel;

	private boolean begun;

	private Intake intake = Intake.OPEN;

	private long nextBeat;

	/** When the peer last showed, or need not show, life in another way than by bytes. */
	private long excused;

	private long written;

	/** When {@link #written} was last seen to change. */
	private long writtenAt;

	/**
	 * Whether the peer seemed dead or idle at the last look. What it sent may lie unread
	 * in the kernel if the event loop was held up, so it is looked at once more, one tick
	 * and with it one round of reading later.
	 */
	private boolean suspected;

	/** Whether the application knows of the silence. */
	private boolean reported;

	/** When the silence began that is suspected, reported or both. */
	private long silentSince;

	private boolean midFrame;

	private long frameSince;

	/** Whether the timer is armed for the end of a frame, too. */
	private boolean frameArmed;

	/**
	 * Whether a message was late at the last look. As with {@link #suspected}, its end
	 * may lie unread in the kernel.
	 */
	private boolean late;

	/** Whether user code is still to send a heartbeat. Set here, cleared on the lane. */
	private volatile boolean beating;

	ConnectionPulse(ChannelConnection connection, LoopWheel wheel) {
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
		this.written = this.connection.bytesWritten();
		this.writtenAt = now;
		this.nextBeat = now + timing().nextInterval();
		arm(now);
	}

	@Override
	public void intake(Intake intake) {
		Intake before = this.intake;
		if (before == intake) {
			return;
		}
		this.intake = intake;
		if (!this.begun || !this.connection.isOpen()) {
			return;
		}
		this.suspected = false;
		long now = heartbeats().now();
		if (before != Intake.OPEN) {
			this.excused = now;
		}
		noteWritten(now);
		arm(now);
	}

	@Override
	public void frameBegun() {
		this.midFrame = true;
		this.frameSince = this.connection.lastActiveNanos();
		if (this.begun && !this.frameArmed && timing().frame() > 0) {
			arm(heartbeats().now());
		}
	}

	@Override
	public void frameEnded() {
		this.midFrame = false;
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
		if (this.intake == Intake.HELD || (this.intake == Intake.CONGESTED && progress)) {
			this.excused = now;
		}
		if (!isDead(now) && !isIdle(now)) {
			this.suspected = false;
		}
		else if (this.suspected && this.silentSince == heard()) {
			this.suspected = false;
			judge(now);
		}
		else {
			noteSilence();
			this.suspected = true;
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

	private void closeIfLate(long now) {
		boolean before = this.late;
		this.late = isOver(now, this.excused, awaitedFirst()) || isOver(now, frameStart(), awaitedFrame());
		if (before && this.late) {
			this.connection.close(CloseReason.MESSAGE_TIMEOUT);
		}
	}

	/**
	 * How long the first message may take.
	 * @return 0 if it is not waited for
	 */
	private long awaitedFirst() {
		boolean awaited = this.intake == Intake.OPEN && this.connection.messagesIn() == 0;
		return awaited ? timing().firstMessage() : 0;
	}

	/**
	 * How long the frame that was begun may take.
	 * @return 0 if there is none or its rest cannot come
	 */
	private long awaitedFrame() {
		return (this.intake == Intake.OPEN && this.midFrame) ? timing().frame() : 0;
	}

	private long frameStart() {
		return later(this.frameSince, this.excused);
	}

	/**
	 * Look at what was written.
	 * @return whether more of it than at the last look
	 */
	private boolean noteWritten(long now) {
		if (!looksAtOutput()) {
			return false;
		}
		long before = this.written;
		this.written = this.connection.bytesWritten();
		if (this.written == before) {
			return false;
		}
		this.writtenAt = now;
		return true;
	}

	private boolean looksAtOutput() {
		return this.intake == Intake.CONGESTED || timing().watchesOutput();
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
		return isOver(now, heard, timing().read()) || isOver(now, this.writtenAt, timing().write())
				|| isOver(now, later(heard, this.writtenAt), timing().all());
	}

	private static boolean isOver(long now, long since, long duration) {
		return duration > 0 && now - since >= duration;
	}

	private void judge(long now) {
		if (isIdle(now)) {
			this.connection.close(CloseReason.IDLE);
			return;
		}
		noteSilence();
		heartbeats().metrics().countHeartbeatMissed();
		this.reported = true;
		if (heartbeats().settings().isDefaultAction() || !this.connection.execute(this::remoteNotAlive)) {
			this.connection.close(CloseReason.HEARTBEAT_MISSED);
		}
	}

	private void noteSilence() {
		long heard = heard();
		if (this.silentSince != heard) {
			this.silentSince = heard;
			this.suspected = false;
			this.reported = false;
		}
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
		if (this.intake == Intake.CONGESTED || this.beating || !this.connection.isOpen()) {
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
		delay = sooner(delay, timing.write(), left(this.writtenAt, timing.write(), now));
		delay = sooner(delay, timing.all(), left(later(heard, this.writtenAt), timing.all(), now));
		delay = sooner(delay, awaitedFirst(), left(this.excused, awaitedFirst(), now));
		delay = sooner(delay, awaitedFrame(), left(frameStart(), awaitedFrame(), now));
		this.frameArmed = awaitedFrame() > 0;
		if (delay < Long.MAX_VALUE) {
			this.wheel.arm(this, now + delay, now);
		}
	}

	/**
	 * Whether the application knows that the peer is silent. It can be silent once more
	 * in a timeout from now at the earliest.
	 */
	private boolean isKnownSilent(long heard) {
		return this.reported && this.silentSince == heard;
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

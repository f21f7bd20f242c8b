package io.zinx.heartbeat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.embedded.EmbeddedChannel;
import io.zinx.codec.TlvCodec;
import io.zinx.connection.ChannelConnection;
import io.zinx.connection.ConnectionLane;
import io.zinx.connection.ReadSide;
import io.zinx.diagnostics.Clocks;
import io.zinx.testing.TestConnections;
import org.jspecify.annotations.Nullable;

/**
 * A connection that is watched, on a channel without a socket and with a clock that a
 * test moves. Its lane runs what it is given when the test says so.
 */
final class KeepAliveFixture implements AutoCloseable {

	static final SocketAddress LOCAL = new InetSocketAddress(InetAddress.getLoopbackAddress(), 17102);

	static final SocketAddress REMOTE = new InetSocketAddress(InetAddress.getLoopbackAddress(), 47738);

	private static final Duration STEP = Duration.ofMillis(50);

	private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000_000_000);

	private final Clocks clocks = new Clocks(InstantSource.system(), this.nanos::get);

	private final SlowChannel channel = new SlowChannel();

	private final Queue<Runnable> tasks = new ArrayDeque<>();

	private final Heartbeats heartbeats;

	private final ChannelConnection connection;

	private final KeepAlive keepAlive;

	private boolean laneTakesTasks = true;

	KeepAliveFixture(HeartbeatSettings settings, IdleSettings idle) {
		this(settings, idle, ReceiveTimeouts.OFF);
	}

	KeepAliveFixture(HeartbeatSettings settings, IdleSettings idle, ReceiveTimeouts receive) {
		this.heartbeats = new Heartbeats("test", settings, idle, receive, this.clocks.nanoTime());
		this.connection = TestConnections.accept(this.channel, new TlvCodec(), this.clocks);
		this.connection.readSide(new NoReadSide());
		this.connection.lane(lane());
		this.keepAlive = this.heartbeats.newKeepAlive(this.connection, this.channel.eventLoop());
		this.keepAlive.begin();
	}

	private ConnectionLane lane() {
		return (task) -> this.laneTakesTasks && this.tasks.add(task);
	}

	ChannelConnection connection() {
		return this.connection;
	}

	KeepAlive keepAlive() {
		return this.keepAlive;
	}

	int armed() {
		return this.heartbeats.wheel(this.channel.eventLoop()).size();
	}

	void laneTakesTasks(boolean taken) {
		this.laneTakesTasks = taken;
	}

	int tasks() {
		return this.tasks.size();
	}

	void runLane() {
		for (Runnable task = this.tasks.poll(); task != null; task = this.tasks.poll()) {
			task.run();
		}
	}

	/**
	 * Let time pass in small steps, as an event loop would see it.
	 */
	void pass(Duration time) {
		long end = this.nanos.get() + time.toNanos();
		while (end - this.nanos.get() > 0) {
			this.nanos.addAndGet(Math.min(STEP.toNanos(), end - this.nanos.get()));
			this.heartbeats.wheel(this.channel.eventLoop()).run();
			this.channel.runPendingTasks();
		}
	}

	void pass(long millis) {
		pass(Duration.ofMillis(millis));
	}

	/**
	 * Let time pass in which the event loop does nothing, and its timer come first then.
	 */
	void stall(long millis) {
		this.nanos.addAndGet(Duration.ofMillis(millis).toNanos());
		this.heartbeats.wheel(this.channel.eventLoop()).run();
	}

	/**
	 * The peer sends something.
	 */
	void receive() {
		this.connection.received(1);
	}

	/**
	 * Let the peer read so many bytes from now on.
	 */
	void peerReads(long bytes) {
		this.channel.allowed = bytes;
		this.channel.flush();
	}

	/**
	 * What the peer has read since the last call, in hex.
	 * @return {@code null} if it was nothing
	 */
	@Nullable String written() {
		StringBuilder hex = new StringBuilder();
		for (ByteBuf buffer = this.channel.readOutbound(); buffer != null; buffer = this.channel.readOutbound()) {
			hex.append(ByteBufUtil.hexDump(buffer));
			buffer.release();
		}
		return hex.isEmpty() ? null : hex.toString();
	}

	@Override
	public void close() {
		this.connection.socketClosed();
		this.channel.close();
		this.channel.releaseOutbound();
	}

	/**
	 * A channel whose peer reads as much as a test says.
	 */
	private static final class SlowChannel extends EmbeddedChannel {

		private long allowed = Long.MAX_VALUE;

		@Override
		protected SocketAddress localAddress0() {
			return LOCAL;
		}

		@Override
		protected SocketAddress remoteAddress0() {
			return REMOTE;
		}

		@Override
		protected void doWrite(ChannelOutboundBuffer in) throws Exception {
			if (this.allowed == Long.MAX_VALUE) {
				super.doWrite(in);
				return;
			}
			long taken = Math.min(this.allowed, in.totalPendingWriteBytes());
			this.allowed -= taken;
			in.nioBuffers();
			in.removeBytes(taken);
		}

	}

	private static final class NoReadSide implements ReadSide {

		@Override
		public void congested() {
		}

		@Override
		public void relieved() {
		}

		@Override
		public void stopReading() {
		}

		@Override
		public void linger() {
		}

		@Override
		public void discard() {
		}

	}

}

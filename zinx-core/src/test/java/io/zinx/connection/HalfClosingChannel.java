package io.zinx.connection;

import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.DuplexChannel;
import org.jspecify.annotations.Nullable;

/**
 * A channel without a socket, whose event loop a test drives, whose sides end one by one
 * like those of TCP, and which takes nothing while a test says so. Notes what is done to
 * it.
 */
public final class HalfClosingChannel extends EmbeddedChannel implements DuplexChannel {

	private final List<String> events;

	private final @Nullable SocketAddress remote;

	private boolean stuck;

	private boolean inputShutdown;

	private boolean outputShutdown;

	/**
	 * Make a channel with events of its own.
	 */
	public HalfClosingChannel() {
		this(new ArrayList<>(), null);
	}

	/**
	 * Make a channel to a peer.
	 * @param remote its address
	 */
	public HalfClosingChannel(SocketAddress remote) {
		this(new ArrayList<>(), remote);
	}

	HalfClosingChannel(List<String> events) {
		this(events, null);
	}

	private HalfClosingChannel(List<String> events, @Nullable SocketAddress remote) {
		this.events = events;
		this.remote = remote;
		freezeTime();
		closeFuture().addListener((closed) -> events.add("closed"));
	}

	/**
	 * The things that were done, in order.
	 * @return a list that grows
	 */
	public List<String> events() {
		return this.events;
	}

	/**
	 * Take nothing from now on.
	 */
	public void stick() {
		this.stuck = true;
	}

	/**
	 * Take everything that waits, and all that comes.
	 */
	public void unstick() {
		this.stuck = false;
		flush();
		runPendingTasks();
	}

	/**
	 * The peer sends nothing more.
	 */
	public void endInput() {
		this.inputShutdown = true;
	}

	/**
	 * The bytes that were written since the last call.
	 * @return the bytes, on a heap of their own
	 */
	public byte[] takeWritten() {
		ByteBuf all = Unpooled.buffer();
		for (ByteBuf next = readOutbound(); next != null; next = readOutbound()) {
			all.writeBytes(next);
			next.release();
		}
		return ByteBufUtil.getBytes(all);
	}

	/**
	 * Let time pass, and do what is due then.
	 * @param millis how long
	 */
	public void pass(long millis) {
		advanceTimeBy(millis, TimeUnit.MILLISECONDS);
		runPendingTasks();
	}

	/**
	 * Close, and release all that was written. Unlike {@link #finishAndReleaseAll} it
	 * does not mind what could not be written.
	 */
	public void dispose() {
		close();
		releaseInbound();
		releaseOutbound();
	}

	@Override
	protected @Nullable SocketAddress remoteAddress0() {
		return (this.remote != null) ? this.remote : super.remoteAddress0();
	}

	@Override
	protected void doWrite(ChannelOutboundBuffer in) throws Exception {
		if (!this.stuck) {
			super.doWrite(in);
		}
	}

	@Override
	protected void handleOutboundMessage(Object message) {
		int bytes = ((ByteBuf) message).readableBytes();
		if (bytes > 0) {
			this.events.add("wrote " + bytes);
		}
		super.handleOutboundMessage(message);
	}

	@Override
	public boolean isInputShutdown() {
		return this.inputShutdown;
	}

	@Override
	public ChannelFuture shutdownInput() {
		return shutdownInput(newPromise());
	}

	@Override
	public ChannelFuture shutdownInput(ChannelPromise promise) {
		this.inputShutdown = true;
		return promise.setSuccess();
	}

	@Override
	public boolean isOutputShutdown() {
		return this.outputShutdown;
	}

	@Override
	public ChannelFuture shutdownOutput() {
		return shutdownOutput(newPromise());
	}

	@Override
	public ChannelFuture shutdownOutput(ChannelPromise promise) {
		this.outputShutdown = true;
		this.events.add("output ended");
		return promise.setSuccess();
	}

	@Override
	public boolean isShutdown() {
		return this.inputShutdown && this.outputShutdown;
	}

	@Override
	public ChannelFuture shutdown() {
		return shutdown(newPromise());
	}

	@Override
	public ChannelFuture shutdown(ChannelPromise promise) {
		shutdownInput();
		return shutdownOutput(promise);
	}

}

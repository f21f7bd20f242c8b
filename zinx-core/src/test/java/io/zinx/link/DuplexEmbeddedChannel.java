package io.zinx.link;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.DuplexChannel;

/**
 * A channel without a socket, whose directions can be shut down one at a time as those of
 * a socket. It only notes that they are.
 */
public final class DuplexEmbeddedChannel extends EmbeddedChannel implements DuplexChannel {

	private boolean inputShutdown;

	private boolean outputShutdown;

	private boolean inTurn;

	/**
	 * Do something as an event loop does it: tasks that come of it run behind it, not
	 * within, as they do when a channel without a socket is closed.
	 * @param work what to do
	 */
	public void turn(Runnable work) {
		this.inTurn = true;
		try {
			work.run();
		}
		finally {
			this.inTurn = false;
		}
		runPendingTasks();
	}

	@Override
	public void runPendingTasks() {
		if (!this.inTurn) {
			super.runPendingTasks();
		}
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
		this.inputShutdown = true;
		return shutdownOutput(promise);
	}

}

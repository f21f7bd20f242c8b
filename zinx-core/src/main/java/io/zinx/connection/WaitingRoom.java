package io.zinx.connection;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Policy {@code wait}: who finds no slot waits for one, first come, first served.
 * <p>
 * While anybody waits here nothing more is accepted, so these are few: those that were
 * accepted in the same moment. The others wait in the kernel's queue, whose length is
 * {@code zinx.backlog}. One that waits is read once, to notice when it goes away; what
 * came by that is handled when it is admitted.
 * <p>
 * No slot is lost: who comes looks for a slot after taking a place in the queue, who
 * gives back a slot looks at the queue after that. Nor does accepting stay switched off:
 * who changes what {@link #isFull} asks for looks at {@link #paused} after that.
 */
final class WaitingRoom extends NoRoom {

	private static final Logger logger = LoggerFactory.getLogger(WaitingRoom.class);

	private final ConnManager manager;

	private final BiConsumer<Channel, Consumer<ChannelConnection>> admission;

	private final Queue<Waiting> queue = new ConcurrentLinkedQueue<>();

	/** Channels on their way from the acceptor to their event loop. */
	private final AtomicInteger arriving = new AtomicInteger();

	/** The channel that accepts. Set before anything arrives. */
	private volatile @Nullable Channel listening;

	/** Whether accepting is switched off. The listening channel's event loop writes. */
	private volatile boolean paused;

	private volatile boolean stopped;

	/**
	 * Make a waiting room.
	 * @param manager whose slots are waited for
	 * @param admission admits a channel for which a slot was taken; on its event loop
	 */
	WaitingRoom(ConnManager manager, BiConsumer<Channel, Consumer<ChannelConnection>> admission) {
		this.manager = manager;
		this.admission = admission;
		manager.open(this);
	}

	@Override
	void arriving(Channel listening) {
		this.listening = listening;
		this.arriving.incrementAndGet();
		if (isFull()) {
			this.paused = true;
			listening.config().setAutoRead(false);
			openIfRoom(listening);
		}
	}

	@Override
	void arrived() {
		this.arriving.decrementAndGet();
		changed();
	}

	private boolean isFull() {
		return !this.queue.isEmpty() || this.manager.size() + this.arriving.get() > this.manager.maxConn();
	}

	private void changed() {
		Channel listening = this.listening;
		if (this.paused && listening != null) {
			LoopOutbox.execute(listening.eventLoop(), () -> openIfRoom(listening));
		}
	}

	private void openIfRoom(Channel listening) {
		if (this.paused && !isFull() && listening.isOpen()) {
			this.paused = false;
			listening.config().setAutoRead(true);
		}
	}

	@Override
	boolean hasWaiting() {
		return !this.queue.isEmpty();
	}

	int size() {
		return this.queue.size();
	}

	@Override
	void turnTo(Channel channel, Consumer<ChannelConnection> assembly) {
		Waiting waiting = new Waiting(channel, assembly);
		channel.pipeline().addLast(waiting);
		channel.closeFuture().addListener((closed) -> left(waiting));
		this.queue.add(waiting);
		if (this.stopped) {
			sendAway();
			return;
		}
		serve();
	}

	private void left(Waiting waiting) {
		if (this.queue.remove(waiting)) {
			changed();
		}
	}

	/**
	 * A slot is free. Any thread.
	 */
	void slotFreed() {
		serve();
		changed();
	}

	private void serve() {
		while (!this.queue.isEmpty() && this.manager.takeSlot()) {
			Waiting next = this.queue.poll();
			if (next == null || !next.call()) {
				this.manager.giveBack();
			}
		}
	}

	@Override
	void stop() {
		this.stopped = true;
		this.manager.close(this);
		sendAway();
	}

	private void sendAway() {
		for (Waiting next = this.queue.poll(); next != null; next = this.queue.poll()) {
			next.sendAway();
		}
	}

	/**
	 * One client that waits. Event loop only, but for {@link #call} and
	 * {@link #sendAway}.
	 */
	private final class Waiting extends ChannelInboundHandlerAdapter {

		private final Channel channel;

		private final Consumer<ChannelConnection> assembly;

		private final Queue<ByteBuf> read = new ArrayDeque<>(1);

		private boolean inputEnded;

		Waiting(Channel channel, Consumer<ChannelConnection> assembly) {
			this.channel = channel;
			this.assembly = assembly;
		}

		@Override
		public boolean isSharable() {
			return false;
		}

		@Override
		public void channelActive(ChannelHandlerContext ctx) {
			this.channel.config().setAutoRead(true);
		}

		@Override
		public void channelRead(ChannelHandlerContext ctx, Object msg) {
			this.read.add((ByteBuf) msg);
			this.channel.config().setAutoRead(false);
		}

		@Override
		public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
			if (!(event instanceof ChannelInputShutdownEvent)) {
				return;
			}
			this.inputEnded = true;
			if (this.read.isEmpty()) {
				this.channel.close();
			}
		}

		@Override
		public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
			this.channel.close();
		}

		@Override
		public void channelInactive(ChannelHandlerContext ctx) {
			this.read.forEach(ByteBuf::release);
			this.read.clear();
		}

		/**
		 * A slot was taken for this client. Any thread.
		 * @return whether the slot is used, or given back by the event loop
		 */
		boolean call() {
			try {
				this.channel.eventLoop().execute(this::enter);
				return true;
			}
			catch (RejectedExecutionException ex) {
				return false;
			}
		}

		private void enter() {
			if (!this.channel.isOpen() || WaitingRoom.this.stopped) {
				WaitingRoom.this.manager.giveBack();
				sendAway();
				return;
			}
			this.channel.config().setAutoRead(false);
			ChannelPipeline pipeline = this.channel.pipeline();
			pipeline.remove(this);
			try {
				WaitingRoom.this.admission.accept(this.channel, this.assembly);
			}
			catch (Throwable ex) {
				logger.error("{} waited and could not be admitted", this.channel, ex);
				this.channel.close();
			}
			pipeline.fireChannelActive();
			for (ByteBuf next = this.read.poll(); next != null; next = this.read.poll()) {
				pipeline.fireChannelRead(next);
			}
			pipeline.fireChannelReadComplete();
			if (this.inputEnded) {
				pipeline.fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
			}
		}

		void sendAway() {
			if (this.channel.isOpen()) {
				WaitingRoom.this.manager.metrics().countRejected(ConnectionAcceptor.STOPPING);
				this.channel.close();
			}
		}

	}

}

package io.zinx.admission;

import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.zinx.connection.ChannelConnection;
import io.zinx.connection.ConnectionRegistry;
import io.zinx.connection.RejectReason;
import io.zinx.connection.Slots;
import io.zinx.eventloop.EventLoopTasks;

/**
 * Policy {@code wait}: a queue of clients that wait for a slot, first come, first served.
 * <p>
 * While clients wait here, nothing more is accepted, so they are few: those that were
 * accepted at the same time. Of several listening channels, each stops accepting with the
 * next client it accepts. Others wait in the kernel's queue, whose length is
 * {@code zinx.backlog}. A waiting client is read once, to notice when it disconnects; the
 * bytes of that read are handled when it is admitted.
 * <p>
 * No slot is lost: a client looks for a free slot after it has entered the queue, and a
 * thread that gives back a slot looks at the queue after that. Accepting does not stay
 * switched off either: a thread that changes the result of {@link #isFull} checks
 * {@link #paused} after that.
 */
final class SlotQueue extends FullServerPolicy implements Slots.Waiting {

	private final ConnectionRegistry registry;

	private final BiConsumer<Channel, Consumer<ChannelConnection>> admission;

	private final Queue<WaitingClient> queue = new ConcurrentLinkedQueue<>();

	/** The channels on their way from the acceptor to their event loops. */
	private final Set<Channel> arriving = ConcurrentHashMap.newKeySet();

	/**
	 * The close listener of all arriving channels; one object, so that it can be removed
	 * from those that have arrived.
	 */
	private final ChannelFutureListener lost = (closed) -> arrived(closed.channel());

	/**
	 * The listening channels that do not accept. Each is added and removed by its event
	 * loop.
	 */
	private final Set<Channel> paused = ConcurrentHashMap.newKeySet();

	private volatile boolean stopped;

	/**
	 * Create a queue.
	 * @param registry the registry with the slots
	 * @param admission admits a channel for which a slot was taken; on its event loop
	 */
	SlotQueue(ConnectionRegistry registry, BiConsumer<Channel, Consumer<ChannelConnection>> admission) {
		this.registry = registry;
		this.admission = admission;
		registry.slots().add(this);
	}

	@Override
	void arriving(Channel listening, Channel accepted) {
		this.arriving.add(accepted);
		accepted.closeFuture().addListener(this.lost);
		if (isFull()) {
			this.paused.add(listening);
			listening.config().setAutoRead(false);
			openIfRoom(listening);
		}
	}

	@Override
	void arrived(Channel accepted) {
		if (this.arriving.remove(accepted)) {
			accepted.closeFuture().removeListener(this.lost);
		}
		changed();
	}

	private boolean isFull() {
		return !this.queue.isEmpty()
				|| this.registry.slots().taken() + this.arriving.size() > this.registry.slots().max();
	}

	private void changed() {
		for (Channel listening : this.paused) {
			EventLoopTasks.execute(listening.eventLoop(), () -> openIfRoom(listening));
		}
	}

	private void openIfRoom(Channel listening) {
		if (!isFull() && this.paused.remove(listening) && listening.isOpen()) {
			listening.config().setAutoRead(true);
		}
	}

	@Override
	boolean hasWaiting() {
		return !this.queue.isEmpty();
	}

	@Override
	public int size() {
		return this.queue.size();
	}

	@Override
	void turnAway(Channel channel, Consumer<ChannelConnection> assembly) {
		WaitingClient waiting = new WaitingClient(this, channel, assembly);
		channel.pipeline().addLast(waiting);
		channel.closeFuture().addListener((closed) -> left(waiting));
		this.queue.add(waiting);
		if (this.stopped) {
			sendAway();
			return;
		}
		serve();
	}

	private void left(WaitingClient waiting) {
		if (this.queue.remove(waiting)) {
			changed();
		}
	}

	@Override
	public void slotFreed() {
		serve();
		changed();
	}

	private void serve() {
		while (!this.queue.isEmpty() && this.registry.slots().take()) {
			WaitingClient next = this.queue.poll();
			if (next == null || !next.call()) {
				this.registry.slots().giveBack();
			}
		}
	}

	@Override
	void stop() {
		this.stopped = true;
		this.registry.slots().remove(this);
		sendAway();
	}

	private void sendAway() {
		for (WaitingClient next = this.queue.poll(); next != null; next = this.queue.poll()) {
			next.sendAway();
		}
	}

	boolean isStopped() {
		return this.stopped;
	}

	/**
	 * Give back the slot that was taken for a client. Any thread.
	 */
	void giveBack() {
		this.registry.slots().giveBack();
	}

	/**
	 * Admit a client for which a slot was taken. On its event loop.
	 */
	void admit(Channel channel, Consumer<ChannelConnection> assembly) {
		this.admission.accept(channel, assembly);
	}

	/**
	 * A client is rejected after its wait, because the server stops.
	 */
	void rejected(Channel channel) {
		Rejections.reject(this.registry, channel, RejectReason.SERVER_STOPPING);
	}

}

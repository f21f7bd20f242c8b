package io.zinx.admission;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.netty.channel.EventLoop;
import io.netty.channel.embedded.EmbeddedChannel;
import io.zinx.connection.ConnManager;
import io.zinx.connection.ConnectionRegistry;
import io.zinx.connection.RejectReason;
import org.jspecify.annotations.Nullable;

/**
 * A server with one slot, which is taken, and with policy {@code wait}: the real slots
 * and the real queue.
 */
final class FullServer {

	private final ConnManager manager = new ConnManager(1);

	final ConnectionRegistry registry = ConnectionRegistry.of(this.manager);

	/** The number of clients admitted from the queue. Written by the arbiter. */
	int admitted;

	final SlotQueue queue = new SlotQueue(this.registry, (channel, assembly) -> this.admitted++);

	FullServer() {
		this.registry.slots().take();
	}

	/**
	 * The number of clients rejected because the server stops.
	 */
	int rejected() {
		return (int) this.manager.metrics().rejected(RejectReason.SERVER_STOPPING.tag());
	}

	/**
	 * A client comes to its event loop, as in {@link ConnectionAcceptor#accept}.
	 * @return whether it got a slot at once
	 */
	boolean come(EmbeddedChannel client) {
		if (this.queue.hasWaiting() || !this.registry.slots().take()) {
			this.queue.turnAway(client, (connection) -> {
			});
			return false;
		}
		return true;
	}

	/**
	 * A channel whose event loop may be given tasks by several threads, as real ones may.
	 */
	static final class Loop extends EmbeddedChannel {

		private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

		private @Nullable EventLoop loop;

		@Override
		public EventLoop eventLoop() {
			// Netty asks in the constructor.
			return (this.loop != null) ? this.loop : super.eventLoop();
		}

		/**
		 * Take tasks from now on.
		 */
		Loop open() {
			EventLoop own = super.eventLoop();
			this.loop = (EventLoop) Proxy.newProxyInstance(Loop.class.getClassLoader(),
					new Class<?>[] { EventLoop.class }, (proxy, method, args) -> called(own, method, args));
			return this;
		}

		private @Nullable Object called(EventLoop own, Method method, @Nullable Object[] args) throws Exception {
			if (method.getName().equals("execute")) {
				this.tasks.add((Runnable) args[0]);
				return null;
			}
			return method.invoke(own, args);
		}

		/**
		 * Do all that was given. One thread.
		 */
		void turn() {
			for (Runnable task = this.tasks.poll(); task != null; task = this.tasks.poll()) {
				task.run();
			}
		}

	}

}

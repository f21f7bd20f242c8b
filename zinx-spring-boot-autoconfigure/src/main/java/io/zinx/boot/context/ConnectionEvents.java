package io.zinx.boot.context;

import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.zinx.connection.CloseReason;
import io.zinx.connection.ConnManager;
import io.zinx.connection.Connection;
import io.zinx.connection.ConnectionListener;
import io.zinx.connection.RejectReason;
import io.zinx.diagnostics.EscapedException;
import io.zinx.eventloop.ServerThreads;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Publishes {@link ConnectionOpenedEvent}, {@link ConnectionClosedEvent} and
 * {@link ConnectionRejectedEvent}. A type of event without a listener when the server
 * starts has no hook and costs nothing. An exception of a listener is logged and has no
 * other effect.
 */
public final class ConnectionEvents implements DisposableBean {

	/** The maximum number of rejections that wait to be published. */
	private static final int MOST_WAITING = 1024;

	private static final Logger logger = LoggerFactory.getLogger(ConnectionEvents.class);

	private final ConfigurableApplicationContext context;

	private final ConnManager connections;

	private final Supplier<String> serverName;

	private @Nullable ThreadPoolExecutor rejections;

	/**
	 * Publish events of a server's connections.
	 * @param context where to publish them
	 * @param connections the connections
	 * @param serverName supplies the server's name, for the name of a thread
	 */
	public ConnectionEvents(ConfigurableApplicationContext context, ConnManager connections,
			Supplier<String> serverName) {
		this.context = context;
		this.connections = connections;
		this.serverName = serverName;
	}

	/**
	 * The hooks of a server. Called at each start, by one thread.
	 * @param listeners the listeners of the application, in order
	 * @return these, followed by one that publishes events if these have listeners
	 */
	public List<ConnectionListener> hooks(List<ConnectionListener> listeners) {
		if (this.rejections == null && isListenedTo(ConnectionRejectedEvent.class)) {
			this.rejections = newExecutor();
			this.connections.onRejected(this::rejected);
		}
		boolean opened = isListenedTo(ConnectionOpenedEvent.class);
		boolean closed = isListenedTo(ConnectionClosedEvent.class);
		if (!opened && !closed) {
			return listeners;
		}
		List<ConnectionListener> all = new ArrayList<>(listeners);
		all.add(new Publisher(opened, closed));
		return all;
	}

	private boolean isListenedTo(Class<? extends ApplicationEvent> type) {
		return ListenerProbe.isHeard(this.context, type);
	}

	private ThreadPoolExecutor newExecutor() {
		ThreadPoolExecutor executor = new ThreadPoolExecutor(1, 1, 10, TimeUnit.SECONDS,
				new ArrayBlockingQueue<>(MOST_WAITING), this::newThread, new ThreadPoolExecutor.DiscardPolicy());
		executor.allowCoreThreadTimeOut(true);
		return executor;
	}

	private Thread newThread(Runnable task) {
		return new ServerThreads(this.serverName.get(), this.context.getClassLoader()).daemon("-events", task);
	}

	/**
	 * On an event loop, which must not wait for listeners.
	 */
	private void rejected(@Nullable SocketAddress remoteAddress, RejectReason reason) {
		ThreadPoolExecutor executor = this.rejections;
		if (executor != null) {
			executor.execute(() -> publish(new ConnectionRejectedEvent(this.connections, remoteAddress, reason)));
		}
	}

	private void publish(ApplicationEvent event) {
		try {
			if (this.context.isActive()) {
				this.context.publishEvent(event);
			}
		}
		catch (Throwable ex) {
			logger.error("[{}] A listener of {} failed", this.serverName.get(), event.getClass().getSimpleName(),
					EscapedException.of(ex));
		}
	}

	@Override
	public void destroy() {
		ThreadPoolExecutor executor = this.rejections;
		if (executor != null) {
			executor.shutdownNow();
		}
	}

	private final class Publisher implements ConnectionListener {

		private final boolean opened;

		private final boolean closed;

		Publisher(boolean opened, boolean closed) {
			this.opened = opened;
			this.closed = closed;
		}

		@Override
		public void onStart(Connection connection) {
			if (this.opened) {
				publish(new ConnectionOpenedEvent(connection));
			}
		}

		@Override
		public void onStop(Connection connection, CloseReason reason) {
			if (this.closed) {
				publish(new ConnectionClosedEvent(connection, reason));
			}
		}

	}

}

package io.zinx.server;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

import io.zinx.admission.ConnectionAcceptor;
import io.zinx.connection.CloseReason;
import io.zinx.connection.ConnManager;
import io.zinx.connection.ConnectionRegistry;
import io.zinx.eventloop.ServerThreads;
import io.zinx.lifecycle.Polling;
import io.zinx.transport.LoopCheck;
import io.zinx.transport.Transport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The drain of a running server: rejects clients and closes the connections in good
 * order, before a stop or on request, when {@link #resume()} can end it.
 */
final class ServerDrain {

	private static final Logger logger = LoggerFactory.getLogger(ServerDrain.class);

	private final ServerThreads threads;

	private final ConnManager connManager;

	private final ConnectionRegistry connections;

	private final ConnectionAcceptor acceptor;

	private final Transport transport;

	private final DrainMessages messages;

	private final StopCallers callers;

	private final ReentrantLock lock = new ReentrantLock();

	/** The deadline of the drain that is under way. */
	private volatile @Nullable StopDeadline underWay;

	/**
	 * The deadline of the drain before the stop, which cannot be ended by
	 * {@link #resume()}.
	 */
	private @Nullable StopDeadline stopping;

	ServerDrain(ServerThreads threads, ConnManager connManager, ConnectionAcceptor acceptor, Transport transport,
			DrainMessages messages, StopCallers callers) {
		this.threads = threads;
		this.connManager = connManager;
		this.connections = ConnectionRegistry.of(connManager);
		this.acceptor = acceptor;
		this.transport = transport;
		this.messages = messages;
		this.callers = callers;
	}

	boolean isUnderWay() {
		return this.underWay != null;
	}

	/**
	 * Drain because the server stops, until all connections have ended or the deadline is
	 * over.
	 * @param deadline the deadline
	 */
	void beforeStop(StopDeadline deadline) {
		boolean wanted = !deadline.isOver();
		if (stopAccepting(deadline, true)) {
			sendGoodbyes(deadline);
		}
		if (wanted) {
			drainAll(deadline, CloseReason.SERVER_STOPPING);
			Polling.await(() -> this.connManager.size() == 0 || this.callers.blockAll(), deadline::isOver);
		}
	}

	/**
	 * Send the goodbyes on a separate thread, because the application may block it.
	 */
	private void sendGoodbyes(StopDeadline deadline) {
		Thread goodbyes = this.threads.daemon("-goodbyes",
				() -> this.messages.sayTo(this.connManager, CloseReason.SERVER_STOPPING));
		try {
			goodbyes.start();
		}
		catch (Throwable ex) {
			logger.error("[{}] No thread could be started to send goodbye messages, clients are closed without",
					this.threads.serverName(), ex);
			return;
		}
		StopDeadline patience = StopDeadline.in(ServerEnd.TURN_TIMEOUT);
		Polling.await(() -> !goodbyes.isAlive(), () -> patience.isOver() && deadline.isOver());
	}

	/**
	 * Accept no more clients.
	 * @param end the deadline of the drain
	 * @param forGood whether it cannot be ended
	 * @return whether goodbyes are to be sent: {@code true} the first time
	 */
	private boolean stopAccepting(StopDeadline end, boolean forGood) {
		this.lock.lock();
		try {
			this.stopping = forGood ? end : this.stopping;
			boolean first = this.underWay == null;
			this.underWay = end;
			this.acceptor.stop();
			StopDeadline patience = StopDeadline.in(ServerEnd.TURN_TIMEOUT);
			this.transport.stopAccepting();
			Polling.await(() -> this.transport.refusesClients(this.callers::block), patience::isOver);
			awaitTurn(patience);
			return first;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Wait until every event loop, except blocked ones, has run the tasks it was given
	 * before.
	 */
	private void awaitTurn(StopDeadline patience) {
		LoopCheck check = this.transport.checkLoops();
		Polling.await(() -> check.unresponsive().stream().allMatch(this.callers::block), patience::isOver);
	}

	/**
	 * Drain every connection, unless the drain was ended meanwhile.
	 */
	private void drainAll(StopDeadline end, CloseReason reason) {
		this.lock.lock();
		try {
			if (this.underWay == end) {
				this.connections.drain(() -> this.messages.plan(reason));
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Drain, unless a drain is under way. Returns when no client can connect and all
	 * goodbyes are sent. Any thread that may wait.
	 * @param gracePeriod the time after which connections that are left are closed
	 * @return whether this call has begun it
	 */
	boolean drain(Duration gracePeriod) {
		StopDeadline end = new StopDeadline();
		this.lock.lock();
		try {
			if (this.underWay != null) {
				return false;
			}
			stopAccepting(end, false);
		}
		finally {
			this.lock.unlock();
		}
		this.messages.sayTo(this.connManager, CloseReason.DRAINED);
		drainAll(end, CloseReason.DRAINED);
		end.bringForward(gracePeriod);
		this.threads.daemon("-drain", () -> supervise(end)).start();
		return true;
	}

	/**
	 * Close the connections that are left when the deadline of a drain is over, unless it
	 * was ended before.
	 */
	private void supervise(StopDeadline end) {
		Polling.await(() -> this.connManager.size() == 0 || this.underWay != end, end::isOver);
		this.lock.lock();
		try {
			if (this.underWay == end) {
				int cut = reportUnfinished();
				this.connManager.closeAll(CloseReason.DRAINED);
				logger.info("[{}] Zinx server drained: {} connections were closed with work unfinished",
						this.threads.serverName(), cut);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * End a drain: open connections stay, and clients can connect.
	 * @return whether one was under way
	 * @throws io.zinx.transport.ServerBindException if another process listens on the
	 * port now, or the event loop that accepts connections is blocked; the drain
	 * continues then
	 */
	boolean resume() {
		this.lock.lock();
		try {
			if (this.underWay == null || this.underWay == this.stopping) {
				return false;
			}
			this.acceptor.resume();
			listenAgain();
			this.connections.endDrain();
			awaitTurn(StopDeadline.in(ServerEnd.TURN_TIMEOUT));
			this.underWay = null;
			return true;
		}
		finally {
			this.lock.unlock();
		}
	}

	private void listenAgain() {
		try {
			this.transport.listenAgain(this.acceptor.listeningHandler());
		}
		catch (RuntimeException ex) {
			this.acceptor.stop();
			throw ex;
		}
	}

	/**
	 * Log the connections that are closed with work unfinished.
	 * @return their number
	 */
	int reportUnfinished() {
		UnfinishedReport list = UnfinishedReport.of(this.connections);
		if (!list.isEmpty()) {
			logger
				.warn("[{}] The grace period is over (zinx.shutdown.grace-period), {} connections are closed with work "
						+ "unfinished: {}", this.threads.serverName(), list.connections(), list);
		}
		return list.connections();
	}

}

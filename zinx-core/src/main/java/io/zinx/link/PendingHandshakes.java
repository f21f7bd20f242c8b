package io.zinx.link;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;

import io.netty.channel.Channel;
import io.zinx.diagnostics.LogThrottle;
import io.zinx.metrics.HandshakeResult;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The clients whose handshake is under way. They have no connection yet and take no slot
 * of {@code zinx.max-conn}; their number has a bound of its own,
 * {@code zinx.handshake.max-pending}: when it is reached, the one that has been under way
 * for the longest time is closed to make room. One for each run of a server. Any thread.
 */
public final class PendingHandshakes {

	/** The default bound. */
	public static final int DEFAULT_MAX = 1000;

	private static final Logger logger = LoggerFactory.getLogger(PendingHandshakes.class);

	private final String serverName;

	private final int max;

	private final LogThrottle fullLines;

	/** In the order in which they began; guarded by this, as the next field. */
	private final Set<PendingHandshake> pending = new LinkedHashSet<>();

	private boolean stopped;

	/**
	 * Create it.
	 * @param serverName the server's name, for logs
	 * @param max the most handshakes that are under way, 1 or more
	 * @param nanoTime the time, as {@link System#nanoTime()}
	 */
	public PendingHandshakes(String serverName, int max, LongSupplier nanoTime) {
		this.serverName = serverName;
		this.max = max;
		this.fullLines = new LogThrottle(1, nanoTime);
	}

	/**
	 * Begin the handshake of a client. If the server stops, the channel is closed soon.
	 * @param channel its channel
	 * @return the handshake, which is over at the latest when the channel is closed
	 */
	public PendingHandshake begin(Channel channel) {
		PendingHandshake begun = new PendingHandshake(this, channel);
		PendingHandshake displaced = add(begun);
		channel.closeFuture().addListener(begun);
		if (displaced == begun) {
			begun.close(HandshakeResult.ABORTED);
		}
		else if (displaced != null) {
			displaced.close(HandshakeResult.DISPLACED);
			this.fullLines.log((withheld) -> logger.warn(
					"[{}] {} handshakes are under way (zinx.handshake.max-pending): the one that has taken longest is closed, of {} "
							+ "({} more since the last such line)",
					this.serverName, this.max, displaced, withheld));
		}
		return begun;
	}

	/**
	 * Add a handshake.
	 * @return the one to be closed instead, which may be this one; {@code null} for none
	 */
	private synchronized @Nullable PendingHandshake add(PendingHandshake begun) {
		if (this.stopped) {
			return begun;
		}
		this.pending.add(begun);
		if (this.pending.size() <= this.max) {
			return null;
		}
		Iterator<PendingHandshake> all = this.pending.iterator();
		PendingHandshake oldest = all.next();
		all.remove();
		return oldest;
	}

	synchronized void remove(PendingHandshake ended) {
		this.pending.remove(ended);
	}

	/**
	 * The handshakes that are under way.
	 * @return their number, 0 to {@link #max()}
	 */
	public synchronized int size() {
		return this.pending.size();
	}

	/**
	 * The bound.
	 * @return the most handshakes that are under way
	 */
	public int max() {
		return this.max;
	}

	/**
	 * Close all clients whose handshake is under way, and those that come later.
	 */
	public void stop() {
		List<PendingHandshake> closed;
		synchronized (this) {
			this.stopped = true;
			closed = new ArrayList<>(this.pending);
			this.pending.clear();
		}
		closed.forEach((handshake) -> handshake.close(HandshakeResult.ABORTED));
	}

	/**
	 * Let clients begin again after {@link #stop()}.
	 */
	public synchronized void resume() {
		this.stopped = false;
	}

}

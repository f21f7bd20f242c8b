package io.zinx.bench.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Requests at a fixed rate, while some connections have one request in flight after the
 * other whose handler waits. With ten workers, as connections are numbered in the order
 * in which they were opened, these are all of one worker; its other connections are
 * quiet.
 */
final class HeldLoop implements Pace {

	/** One connection of so many belongs to the worker that is held up. */
	private static final int WORKERS = 10;

	/** One connection of so many holds it up. */
	private static final int HOLDERS = 100;

	private final OpenLoop others;

	/** Two of two hundred: so few that a list is quick to search. */
	private final List<Peer> holders = new ArrayList<>();

	private int opened;

	HeldLoop(OpenLoop others) {
		this.others = others;
	}

	/**
	 * Whether a connection holds up its worker.
	 * @param number how many were opened before it
	 */
	static boolean isHolder(int number) {
		return number % HOLDERS == 0;
	}

	@Override
	public void opened(Peer peer) throws IOException {
		int number = this.opened++;
		if (isHolder(number)) {
			this.holders.add(peer);
			peer.request(1, System.nanoTime());
			peer.flush();
		}
		else if (number % WORKERS != 0) {
			this.others.opened(peer);
		}
	}

	@Override
	public void replied(Peer peer, int count, long now) throws IOException {
		if (!this.holders.contains(peer)) {
			this.others.replied(peer, count, now);
			return;
		}
		peer.answered();
		peer.request(1, now);
		peer.flush();
	}

	@Override
	public long due() throws IOException {
		return this.others.due();
	}

	@Override
	public void end() {
		this.others.end();
	}

}

package io.zinx.bench.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A load of requests at a fixed rate, while some connections always have one request in
 * flight whose handler waits. With ten workers, as connections are numbered in the order
 * in which they were opened, these belong to one worker; its other connections send
 * nothing.
 */
final class HeldLoop implements Pace {

	/** The number of workers; one connection in so many belongs to the blocked worker. */
	private static final int WORKERS = 10;

	/** One connection in so many blocks the worker. */
	private static final int HOLDERS = 100;

	private final OpenLoop others;

	/** The blocking connections, so few that a list is quick to search. */
	private final List<Peer> holders = new ArrayList<>();

	private int opened;

	HeldLoop(OpenLoop others) {
		this.others = others;
	}

	/**
	 * True if a connection blocks its worker.
	 * @param number the number of connections opened before it
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

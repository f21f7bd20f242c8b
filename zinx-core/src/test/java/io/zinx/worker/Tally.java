package io.zinx.worker;

/**
 * A count that is right only if it is counted by one thread after the other, each of
 * which sees what the one before did.
 */
final class Tally {

	private int count;

	void add() {
		this.count++;
	}

	int count() {
		return this.count;
	}

}

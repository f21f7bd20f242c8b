package io.zinx.metrics;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * An array of counters, to which one thread or several add, and which any thread reads.
 */
abstract class CounterCells {

	/** The unused cells at both ends, so that two arrays never share a cache line. */
	static final int PADDING = 16;

	private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(long[].class);

	private final long[] cells;

	private final boolean oneWriter;

	/**
	 * Create an array.
	 * @param size the number of cells, the first of which is at {@link #PADDING}
	 * @param oneWriter whether only one thread at a time adds
	 */
	CounterCells(int size, boolean oneWriter) {
		this.cells = new long[size + 2 * PADDING];
		this.oneWriter = oneWriter;
	}

	final void add(int at, long value) {
		if (this.oneWriter) {
			CELL.setOpaque(this.cells, at, this.cells[at] + value);
		}
		else {
			CELL.getAndAdd(this.cells, at, value);
		}
	}

	/**
	 * Set a cell to a value if that is larger.
	 */
	final void longest(int at, long value) {
		long longest = read(at);
		while (value > longest && !CELL.compareAndSet(this.cells, at, longest, value)) {
			longest = read(at);
		}
	}

	/**
	 * Sum up two arrays that no longer change.
	 * @param sum an array of the same length with zeros
	 * @param fields the cells of each record, the last of which contains a maximum
	 * @return the sum
	 */
	static <C extends CounterCells> C sum(C sum, int fields, C one, C other) {
		sum.addAll(one, fields);
		sum.addAll(other, fields);
		return sum;
	}

	final void addAll(CounterCells ended, int fields) {
		for (int at = PADDING; at < this.cells.length - PADDING; at++) {
			if ((at - PADDING + 1) % fields == 0) {
				longest(at, ended.read(at));
			}
			else {
				add(at, ended.read(at));
			}
		}
	}

	final long read(int at) {
		return (long) CELL.getOpaque(this.cells, at);
	}

}

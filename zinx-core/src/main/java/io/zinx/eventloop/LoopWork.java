package io.zinx.eventloop;

/**
 * The work for the connections of one {@link MovableEventLoop} beside its sockets. Its
 * thread collects what is to be written, looks at the sockets, lets go of the loop, runs
 * what waits, and takes the loop again.
 */
public interface LoopWork {

	/**
	 * True if anything waits to be run, so that the loop must not sleep. On its event
	 * loop.
	 * @return whether {@link #run} has something to do
	 */
	boolean isWaiting();

	/**
	 * Run some of what waits. The event loop is free meanwhile: if this is held up,
	 * another thread takes it. On the thread that has let go of the loop last.
	 */
	void run();

	/**
	 * Write what was finished. Event loop only.
	 */
	void collect();

	/**
	 * See that nothing waits for long. About once a millisecond while anything is done,
	 * on the thread that watches.
	 * @param idle whether there are more processors than event loops that are busy
	 */
	void look(boolean idle);

}

package io.zinx.eventloop;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.TimeUnit;

import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import org.jspecify.annotations.Nullable;

/**
 * An event loop that no thread has for good. Whoever has taken it is its thread, for as
 * long as it wants; when it lets go, any other one may take it. So a thread can look at
 * the sockets, let go, run handlers that may block, and take the loop again; and if it
 * does not come back, another one goes on.
 *
 * <pre>
 *              take (one thread, by compare-and-set)
 *   FREE     ---------------------------------------->  OWNED
 *   odd phase                                           even phase
 *   no thread &lt;-------------------------------------  one thread is "in the event loop"
 *              release (its owner)
 * </pre>
 *
 * All that belongs to the loop is seen by its next thread, because that reads the owner
 * which the last one has written.
 */
public final class MovableEventLoop extends DrivenEventLoop {

	/**
	 * The most sockets that are read at a time (with epoll), and the most connections
	 * whose messages are handled before sockets are looked at again. Few, so that what a
	 * connection has in memory is still in the processor's cache when its message is
	 * handled and answered.
	 */
	public static final int ROUND = 16;

	private static final VarHandle OWNER;

	private static final VarHandle PHASE;

	static {
		try {
			MethodHandles.Lookup lookup = MethodHandles.lookup();
			OWNER = lookup.findVarHandle(MovableEventLoop.class, "owner", Thread.class);
			PHASE = lookup.findVarHandle(MovableEventLoop.class, "phase", int.class);
		}
		catch (ReflectiveOperationException ex) {
			throw new ExceptionInInitializerError(ex);
		}
	}

	/** The work beside the sockets; there from the first turn on. */
	private @Nullable LoopWork work;

	/** See that somebody looks at the loop. */
	private Runnable watch = () -> {
	};

	private volatile @Nullable Thread owner;

	/** Odd while the loop is free. Written by its owner. */
	private volatile int phase = 1;

	/** The last one that has let go. Written by the owner, before the phase. */
	private @Nullable Thread lastOwner;

	/**
	 * Create an event loop that is free.
	 * @param parent its group; {@code null} if it is in none
	 * @param factory makes what looks at the sockets
	 */
	public MovableEventLoop(@Nullable IoEventLoopGroup parent, IoHandlerFactory factory) {
		super(parent, factory);
	}

	/**
	 * Say what is done beside the sockets. Once, before any thread takes the loop.
	 * @param work what is done
	 * @param watch sees that somebody looks at the loop
	 */
	void begin(LoopWork work, Runnable watch) {
		this.work = work;
		this.watch = watch;
	}

	/**
	 * End a loop that is not driven, on the thread that calls, unless another one has
	 * taken it.
	 */
	void discard() {
		shutdownGracefully(0, 0, TimeUnit.NANOSECONDS);
		if (take(Thread.currentThread())) {
			enter();
			turn();
		}
	}

	/**
	 * See that somebody looks whether the loop is held up, because there is work for it.
	 * Any thread.
	 */
	public void watch() {
		this.watch.run();
	}

	LoopWork work() {
		LoopWork present = this.work;
		if (present == null) {
			throw new IllegalStateException("The loop has no work yet");
		}
		return present;
	}

	/**
	 * Take the loop for a thread, if it is free. Any thread.
	 * @return whether the loop is that thread's now
	 */
	boolean take(Thread thread) {
		return OWNER.compareAndSet(this, null, thread);
	}

	/**
	 * Begin to be its thread. By the thread that it was taken for.
	 */
	void enter() {
		PHASE.setRelease(this, this.phase + 1);
	}

	/**
	 * Let go. Its thread only.
	 */
	void release() {
		this.lastOwner = this.owner;
		PHASE.setRelease(this, this.phase + 1);
		this.owner = null;
	}

	/**
	 * The number of times the loop was taken and let go; odd while it is free. Any
	 * thread.
	 */
	int phase() {
		return this.phase;
	}

	/**
	 * The thread that had the loop last. By who has just read the phase.
	 */
	@Nullable Thread lastOwner() {
		return this.lastOwner;
	}

	/**
	 * True if a thread has the loop. Any thread.
	 * @return {@code false} if it is free
	 */
	public boolean isTaken() {
		return this.owner != null;
	}

	@Override
	public boolean inEventLoop(Thread thread) {
		return this.owner == thread;
	}

	@Override
	boolean hasWork() {
		return work().isWaiting();
	}

}

package io.zinx.eventloop;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelPromise;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoRegistration;
import io.netty.util.concurrent.AbstractScheduledEventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import org.jspecify.annotations.Nullable;

/**
 * An event loop on Netty's {@link IoHandler} that is driven turn by turn by its current
 * thread, which the subclass determines.
 */
abstract class DrivenEventLoop extends AbstractScheduledEventExecutor implements IoEventLoop {

	/** The number of tasks run before sockets are looked at once more. */
	private static final int MOST_TASKS = 4096;

	private final IoHandler handler;

	private final Context context = new Context();

	private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

	private final SocketPass pass;

	private final LoopEnd end = new LoopEnd();

	/** True once the handler has begun. Event loop only. */
	private boolean begun;

	DrivenEventLoop(@Nullable IoEventLoopGroup parent, IoHandlerFactory factory) {
		super(parent);
		this.handler = factory.newHandler(this);
		this.pass = new SocketPass(this.handler);
	}

	/**
	 * True if there is anything to do beside sockets and tasks, so that it must not
	 * sleep. Event loop only.
	 */
	abstract boolean hasWork();

	/**
	 * See that the loop does not sleep, or wakes up, because there is work. Any thread.
	 */
	public void wakeUp() {
		this.handler.wakeup();
	}

	/**
	 * The number of tasks that wait. Any thread; takes as long as there are many.
	 * @return 0 or more
	 */
	public int pendingTasks() {
		return this.tasks.size();
	}

	/**
	 * Look at the sockets, and run the tasks that are there. Sleeps until there is
	 * anything to do. Event loop only.
	 */
	final void turn() {
		if (!this.begun) {
			this.begun = true;
			this.handler.initialize();
		}
		if (isShuttingDown()) {
			end();
			return;
		}
		int results = this.handler.run(this.context);
		if (this.pass.isAwaited()) {
			this.pass.ran(results, this.tasks::add);
		}
		runTasks();
	}

	/**
	 * Run a task once every socket that is ready now was looked at, unless the loop ends
	 * before. Event loop only.
	 */
	final void executeBehindAllSockets(Runnable task) {
		this.pass.add(task);
	}

	private boolean runTasks() {
		fetchFromScheduledTaskQueue(this.tasks);
		for (int left = MOST_TASKS; left > 0; left--) {
			Runnable task = this.tasks.poll();
			if (task == null) {
				return left < MOST_TASKS;
			}
			safeExecute(task);
		}
		return true;
	}

	/**
	 * Close all channels, and run what that brings; what is begun meanwhile is closed,
	 * too.
	 */
	private void end() {
		if (isTerminated()) {
			return;
		}
		try {
			runTasks();
			this.handler.prepareToDestroy();
			cancelScheduledTasks();
			runAllTasks();
			this.handler.prepareToDestroy();
			runAllTasks();
		}
		finally {
			this.end.takeNoMore();
			destroy();
		}
	}

	private void destroy() {
		try {
			runAllTasks();
			cancelScheduledTasks();
			this.handler.destroy();
			runAllTasks();
		}
		finally {
			this.end.complete();
		}
	}

	/**
	 * Tasks may bring others; but not for longer than whoever ends the loop will wait.
	 */
	private void runAllTasks() {
		boolean more = runTasks();
		while (more && this.end.hasTime()) {
			more = runTasks();
		}
	}

	@Override
	public final void execute(Runnable task) {
		boolean mine = inEventLoop();
		if (mine && isShutdown()) {
			throw new RejectedExecutionException("The event loop has ended");
		}
		this.tasks.add(task);
		if (mine) {
			return;
		}
		if (isShutdown() && this.tasks.remove(task)) {
			throw new RejectedExecutionException("The event loop has ended");
		}
		this.handler.wakeup();
	}

	@Override
	public final IoEventLoopGroup parent() {
		return (IoEventLoopGroup) super.parent();
	}

	@Override
	public final IoEventLoop next() {
		return this;
	}

	@Override
	@Deprecated
	public final ChannelFuture register(Channel channel) {
		return register(new DefaultChannelPromise(channel, this));
	}

	@Override
	@Deprecated
	public final ChannelFuture register(ChannelPromise promise) {
		return register(promise.channel(), promise);
	}

	@Override
	@Deprecated
	public final ChannelFuture register(Channel channel, ChannelPromise promise) {
		ChannelInternals.register(channel, this, promise);
		return promise;
	}

	@Override
	public final Future<IoRegistration> register(IoHandle handle) {
		Promise<IoRegistration> promise = newPromise();
		if (inEventLoop()) {
			register(handle, promise);
		}
		else {
			execute(() -> register(handle, promise));
		}
		return promise;
	}

	private void register(IoHandle handle, Promise<IoRegistration> promise) {
		try {
			promise.setSuccess(this.handler.register(handle));
		}
		catch (Exception ex) {
			promise.setFailure(ex);
		}
	}

	@Override
	public final boolean isCompatible(Class<? extends IoHandle> handleType) {
		return this.handler.isCompatible(handleType);
	}

	@Override
	public final boolean isIoType(Class<? extends IoHandler> handlerType) {
		return handlerType == this.handler.getClass();
	}

	/**
	 * End the loop at its next turn. There is no quiet period: its owner gives it nothing
	 * more when it ends it.
	 */
	@Override
	public final Future<?> shutdownGracefully(long quietPeriod, long timeout, TimeUnit unit) {
		beginShutdown(unit.toNanos(timeout));
		return terminationFuture();
	}

	@Override
	@Deprecated
	public final void shutdown() {
		beginShutdown(0);
	}

	private void beginShutdown(long timeoutNanos) {
		this.end.begin(timeoutNanos);
		this.handler.wakeup();
	}

	@Override
	public final Future<?> terminationFuture() {
		return this.end.future();
	}

	@Override
	public final boolean isShuttingDown() {
		return this.end.hasBegun();
	}

	@Override
	public final boolean isShutdown() {
		return this.end.takesNoMore();
	}

	@Override
	public final boolean isTerminated() {
		return this.end.isComplete();
	}

	@Override
	public final boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
		return this.end.future().await(timeout, unit);
	}

	/**
	 * Says for how long there is nothing to do. Event loop only.
	 */
	private final class Context implements IoHandlerContext {

		@Override
		public boolean canBlock() {
			return DrivenEventLoop.this.tasks.isEmpty() && !hasScheduledTasks()
					&& !DrivenEventLoop.this.pass.isAwaited() && !hasWork() && !isShuttingDown();
		}

		@Override
		public long delayNanos(long currentTimeNanos) {
			return DrivenEventLoop.this.delayNanos(currentTimeNanos, Long.MAX_VALUE);
		}

		@Override
		public long deadlineNanos() {
			return nextScheduledTaskDeadlineNanos();
		}

	}

}

package io.zinx.transport;

import java.util.concurrent.Executor;

import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.zinx.eventloop.LoopDrivers;
import io.zinx.eventloop.MovableEventLoop;

/**
 * The group of event loops that are driven by threads which also run handlers.
 */
final class MovableLoopGroup extends MultiThreadIoEventLoopGroup {

	/** An executor required by Netty, which is never used. */
	private static final Executor UNUSED = Runnable::run;

	/**
	 * Create event loops, and begin to drive them.
	 * @param count the number of event loops
	 * @param factory the factory of I/O handlers
	 * @param drivers the threads that drive them
	 */
	MovableLoopGroup(int count, IoHandlerFactory factory, LoopDrivers drivers) {
		super(count, UNUSED, factory, drivers);
	}

	/**
	 * Create an event loop. Called by the constructor of the superclass, so the drivers
	 * are passed as an argument.
	 */
	@Override
	protected IoEventLoop newChild(Executor executor, IoHandlerFactory factory, Object... args) {
		LoopDrivers drivers = (LoopDrivers) args[0];
		return drivers.begin(new MovableEventLoop(this, factory));
	}

}

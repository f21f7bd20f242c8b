package io.zinx.transport;

import java.util.concurrent.Executor;

import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.zinx.eventloop.LoopDrivers;
import io.zinx.eventloop.MovableEventLoop;

/**
 * Event loops that are driven by threads which run handlers, too.
 */
final class MovableLoopGroup extends MultiThreadIoEventLoopGroup {

	/** Netty wants one; the threads come from elsewhere. */
	private static final Executor UNUSED = Runnable::run;

	/**
	 * Create event loops, and begin to drive them.
	 * @param count the number of event loops
	 * @param factory makes what looks at the sockets
	 * @param drivers drive them
	 */
	MovableLoopGroup(int count, IoHandlerFactory factory, LoopDrivers drivers) {
		super(count, UNUSED, factory, drivers);
	}

	/**
	 * Called by the constructor of the superclass, so what is needed comes as an
	 * argument.
	 */
	@Override
	protected IoEventLoop newChild(Executor executor, IoHandlerFactory factory, Object... args) {
		LoopDrivers drivers = (LoopDrivers) args[0];
		return drivers.begin(new MovableEventLoop(this, factory));
	}

}

package io.zinx.transport;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoOps;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoOps;
import io.zinx.eventloop.LimitedIoHandler;

/**
 * A wrapper of Netty's epoll handler that keeps half-closed connections writable. When a
 * peer has shut down its output, Netty (seen with 4.2.18) has no interest at first, and
 * removes the socket from the epoll set; when it then has to wait until the socket is
 * writable, it modifies an entry that does not exist, gets {@code ENOENT} and drops the
 * bytes that were not written. So an empty registration is made again before it is used.
 */
final class RearmingEpollIoHandler implements LimitedIoHandler {

	private final IoHandler delegate;

	private final int limit;

	private int sockets;

	private RearmingEpollIoHandler(IoHandler delegate, int limit) {
		this.delegate = delegate;
		this.limit = limit;
	}

	/**
	 * Wrap the handlers of a factory.
	 * @param limit the most sockets that these process in a run, 0 for no limit
	 */
	static IoHandlerFactory factory(IoHandlerFactory delegate, int limit) {
		return (executor) -> new RearmingEpollIoHandler(delegate.newHandler(executor), limit);
	}

	@Override
	public int limit() {
		return this.limit;
	}

	@Override
	public int sockets() {
		return this.sockets;
	}

	@Override
	public void initialize() {
		this.delegate.initialize();
	}

	@Override
	public int run(IoHandlerContext context) {
		return this.delegate.run(context);
	}

	@Override
	public void prepareToDestroy() {
		this.delegate.prepareToDestroy();
	}

	@Override
	public void destroy() {
		this.delegate.destroy();
	}

	@Override
	public IoRegistration register(IoHandle handle) throws Exception {
		return new Registration(handle);
	}

	@Override
	public void wakeup() {
		this.delegate.wakeup();
	}

	@Override
	public boolean isCompatible(Class<? extends IoHandle> handleType) {
		return this.delegate.isCompatible(handleType);
	}

	/**
	 * A registration that is made again after it was empty. Event loop only.
	 */
	private final class Registration extends Forwarding {

		private final IoHandle handle;

		Registration(IoHandle handle) throws Exception {
			super(RearmingEpollIoHandler.this.delegate.register(handle));
			this.handle = handle;
			RearmingEpollIoHandler.this.sockets++;
		}

		@Override
		public boolean cancel() {
			boolean cancelled = super.cancel();
			if (cancelled) {
				RearmingEpollIoHandler.this.sockets--;
			}
			return cancelled;
		}

		@Override
		public long submit(IoOps ops) {
			boolean emptied = this.delegate instanceof Emptied;
			if (isValid() && emptied != EpollIoOps.NONE.equals(ops)) {
				this.delegate = emptied ? registeredAnew() : new Emptied(this.delegate);
			}
			return super.submit(ops);
		}

		private IoRegistration registeredAnew() {
			this.delegate.cancel();
			try {
				return RearmingEpollIoHandler.this.delegate.register(this.handle);
			}
			catch (Exception ex) {
				throw new IllegalStateException("Cannot register a half-closed socket with epoll again", ex);
			}
		}

	}

	/**
	 * An empty registration, without interest. A type instead of a flag, which would cost
	 * memory for each connection.
	 */
	private static final class Emptied extends Forwarding {

		Emptied(IoRegistration delegate) {
			super(delegate);
		}

	}

	private abstract static class Forwarding implements IoRegistration {

		IoRegistration delegate;

		Forwarding(IoRegistration delegate) {
			this.delegate = delegate;
		}

		@Override
		@SuppressWarnings("TypeParameterUnusedInFormals")
		public <T> T attachment() {
			return this.delegate.attachment();
		}

		@Override
		public long submit(IoOps ops) {
			return this.delegate.submit(ops);
		}

		@Override
		public boolean isValid() {
			return this.delegate.isValid();
		}

		@Override
		public boolean cancel() {
			return this.delegate.cancel();
		}

	}

}

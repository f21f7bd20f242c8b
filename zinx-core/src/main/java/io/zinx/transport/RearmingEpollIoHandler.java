package io.zinx.transport;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoOps;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoOps;

/**
 * Mends half-closed connections on epoll. When a peer has shut down its output, Netty
 * (seen with 4.2.18) is interested in nothing at first, and takes the socket out of the
 * epoll set; when it then has to wait until the socket can be written again, it changes
 * an entry that is not there, gets {@code ENOENT} and drops what was still to be written.
 * So a registration that was emptied is made anew before it is used again.
 */
final class RearmingEpollIoHandler implements IoHandler {

	private final IoHandler delegate;

	private RearmingEpollIoHandler(IoHandler delegate) {
		this.delegate = delegate;
	}

	static IoHandlerFactory factory(IoHandlerFactory delegate) {
		return (executor) -> new RearmingEpollIoHandler(delegate.newHandler(executor));
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
		return new Registration(this.delegate, handle);
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
	 * A registration that survives having been emptied. Event loop only.
	 */
	private static final class Registration implements IoRegistration {

		private final IoHandler handler;

		private final IoHandle handle;

		private IoRegistration delegate;

		private boolean emptied;

		Registration(IoHandler handler, IoHandle handle) throws Exception {
			this.handler = handler;
			this.handle = handle;
			this.delegate = handler.register(handle);
		}

		@Override
		@SuppressWarnings("TypeParameterUnusedInFormals")
		public <T> T attachment() {
			return this.delegate.attachment();
		}

		@Override
		public long submit(IoOps ops) {
			if (this.delegate.isValid()) {
				boolean nothing = EpollIoOps.NONE.equals(ops);
				if (this.emptied && !nothing) {
					registerAnew();
				}
				this.emptied = nothing;
			}
			return this.delegate.submit(ops);
		}

		private void registerAnew() {
			this.delegate.cancel();
			try {
				this.delegate = this.handler.register(this.handle);
			}
			catch (Exception ex) {
				throw new IllegalStateException("Cannot register a half-closed socket with epoll again", ex);
			}
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

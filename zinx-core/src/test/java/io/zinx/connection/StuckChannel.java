package io.zinx.connection;

import java.net.SocketAddress;

import io.netty.channel.AbstractChannel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelMetadata;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.EventLoop;
import io.netty.channel.local.LocalAddress;

/**
 * A channel for any event loop that takes nothing until a test says so, and forgets what
 * it takes.
 */
final class StuckChannel extends AbstractChannel {

	private static final ChannelMetadata METADATA = new ChannelMetadata(false);

	private final ChannelConfig config = new DefaultChannelConfig(this);

	private volatile boolean stuck = true;

	private volatile boolean open = true;

	StuckChannel() {
		super(null);
	}

	/**
	 * Take everything from now on.
	 * @param connection the connection over this channel
	 */
	void unstick(ChannelConnection connection) {
		this.stuck = false;
		eventLoop().execute(() -> {
			flush();
			connection.flush();
		});
	}

	@Override
	protected void doWrite(ChannelOutboundBuffer in) {
		while (!this.stuck && in.current() != null) {
			in.remove();
		}
	}

	@Override
	protected AbstractUnsafe newUnsafe() {
		return new AbstractUnsafe() {
			@Override
			public void connect(SocketAddress remote, SocketAddress local, ChannelPromise promise) {
				promise.setFailure(new UnsupportedOperationException());
			}
		};
	}

	@Override
	protected boolean isCompatible(EventLoop loop) {
		return true;
	}

	@Override
	protected SocketAddress localAddress0() {
		return LocalAddress.ANY;
	}

	@Override
	protected SocketAddress remoteAddress0() {
		return LocalAddress.ANY;
	}

	@Override
	protected void doBind(SocketAddress address) {
	}

	@Override
	protected void doDisconnect() {
		this.open = false;
	}

	@Override
	protected void doClose() {
		this.open = false;
	}

	@Override
	protected void doBeginRead() {
	}

	@Override
	public ChannelConfig config() {
		return this.config;
	}

	@Override
	public boolean isOpen() {
		return this.open;
	}

	@Override
	public boolean isActive() {
		return this.open;
	}

	@Override
	public ChannelMetadata metadata() {
		return METADATA;
	}

}

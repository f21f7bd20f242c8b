package io.zinx.transport;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.PeerCredentials;
import io.zinx.link.UnixPeer;
import jdk.net.ExtendedSocketOptions;
import jdk.net.UnixDomainPrincipal;
import org.jspecify.annotations.Nullable;

/**
 * Handler of the listening channel of a Unix domain socket: names the peer of each
 * accepted channel, as far as the kernel tells, and lets it be half-closed.
 */
final class AcceptedUnixSockets extends ChannelInboundHandlerAdapter {

	private final UnixDomainSocketAddress address;

	private final ChannelHandler next;

	/**
	 * Create a handler.
	 * @param address the address of the server
	 * @param next the handler behind this one
	 */
	AcceptedUnixSockets(UnixDomainSocketAddress address, ChannelHandler next) {
		this.address = address;
		this.next = next;
	}

	@Override
	public void handlerAdded(ChannelHandlerContext ctx) {
		ctx.pipeline().addLast(this.next);
	}

	@Override
	public boolean isSharable() {
		return false;
	}

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object msg) {
		Channel accepted = (Channel) msg;
		if (accepted instanceof NioDomainSocketChannel nio) {
			NioHalfClose.allow(nio);
			UnixPeer.set(accepted, Nio.peer(nio, this.address));
		}
		else {
			accepted.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
			UnixPeer.set(accepted, NativeEpoll.peer(accepted, this.address));
		}
		ctx.fireChannelRead(accepted);
	}

	/**
	 * Peers of NIO. The JDK gives the names of user and group, and no process.
	 */
	private static final class Nio {

		static UnixPeer peer(NioDomainSocketChannel channel, UnixDomainSocketAddress address) {
			String path = (channel.remoteAddress() instanceof UnixDomainSocketAddress remote)
					? remote.getPath().toString() : "";
			UnixDomainPrincipal principal = principal(channel);
			return (principal != null) ? new UnixPeer(address, path, UnixPeer.UNKNOWN, principal.user().getName(),
					principal.group().getName()) : new UnixPeer(address, path, UnixPeer.UNKNOWN, null, null);
		}

		private static @Nullable UnixDomainPrincipal principal(Channel channel) {
			try {
				return channel.config().getOption(NioChannelOption.of(ExtendedSocketOptions.SO_PEERCRED));
			}
			catch (RuntimeException | LinkageError ex) {
				return null;
			}
		}

	}

	/**
	 * Peers of epoll; a class of its own because its library is optional.
	 */
	private static final class NativeEpoll {

		static UnixPeer peer(Channel accepted, UnixDomainSocketAddress address) {
			EpollDomainSocketChannel channel = (EpollDomainSocketChannel) accepted;
			DomainSocketAddress remote = channel.remoteAddress();
			String path = (remote != null) ? remote.path() : "";
			try {
				PeerCredentials peer = channel.peerCredentials();
				int[] groups = peer.gids();
				return new UnixPeer(address, path, peer.pid(), Integer.toUnsignedString(peer.uid()),
						(groups.length > 0) ? Integer.toUnsignedString(groups[0]) : null);
			}
			catch (IOException ex) {
				return new UnixPeer(address, path, UnixPeer.UNKNOWN, null, null);
			}
		}

	}

}

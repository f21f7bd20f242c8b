package io.zinx.transport;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.ServerChannel;
import io.netty.channel.local.LocalAddress;
import io.zinx.link.Links;

/**
 * Creates the listening sockets of a server, with the options of their channels.
 */
final class ListeningSockets {

	private static final String PORT = "zinx.port";

	private ListeningSockets() {
	}

	/**
	 * Create the sockets that the settings name.
	 * @param settings the settings
	 * @param loops the event loops
	 * @param common the options that all accepted channels have
	 * @return the sockets, not opened yet: that of the port, that of the port for
	 * WebSocket only, the Unix domain socket
	 */
	static List<ListeningSocket> of(TransportSettings settings, EventLoops loops, ServerBootstrap common) {
		if (settings.inMemory()) {
			return List.of(new PortSocket(bootstrap(common, loops, 0, loops.channelType()), LocalAddress.ANY, PORT));
		}
		List<ListeningSocket> sockets = new ArrayList<>();
		if (settings.hasPort()) {
			ServerBootstrap bootstrap = bootstrap(common, loops, 0, loops.channelType());
			setOptions(bootstrap, settings, loops);
			sockets.add(new PortSocket(bootstrap, new InetSocketAddress(settings.host(), settings.port()), PORT));
		}
		if (settings.hasWebSocketPort()) {
			sockets.add(webSocketPort(bootstrap(common, loops, sockets.size(), loops.channelType()), settings, loops));
		}
		UnixSocketSettings unixSocket = settings.unixSocket();
		if (unixSocket != null) {
			ServerBootstrap unix = bootstrap(common, loops, sockets.size(), loops.unixChannelType());
			setUnixOptions(unix, settings);
			sockets.add(new UnixSocket(unix, unixSocket, loops::unixAddress));
		}
		return List.copyOf(sockets);
	}

	private static ServerBootstrap bootstrap(ServerBootstrap common, EventLoops loops, int socket,
			Class<? extends ServerChannel> type) {
		return common.clone().group(loops.accepting(socket), loops.group()).channel(type);
	}

	private static ListeningSocket webSocketPort(ServerBootstrap bootstrap, TransportSettings settings,
			EventLoops loops) {
		setOptions(bootstrap, settings, loops);
		bootstrap.childAttr(Links.WEB_SOCKET_PORT, true);
		int port = Objects.requireNonNull(settings.link().webSocket()).port();
		return new PortSocket(bootstrap, new InetSocketAddress(settings.host(), port), "zinx.websocket.port");
	}

	private static void setOptions(ServerBootstrap bootstrap, TransportSettings settings, EventLoops loops) {
		// Netty sets TCP_NODELAY for every connection; to set it again costs a system
		// call
		// for each.
		bootstrap.option(ChannelOption.SO_BACKLOG, settings.backlog())
			.option(ChannelOption.SO_REUSEADDR, true)
			.childOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
		loops.keepAlive(bootstrap);
		if (settings.receiveBuffer() > 0) {
			bootstrap.option(ChannelOption.SO_RCVBUF, settings.receiveBuffer());
		}
		setSendBuffer(bootstrap, settings);
	}

	/**
	 * Set the options of a Unix domain socket, whose bytes wait in the send buffers of
	 * its peers only. The option of half-closed connections is that of each channel.
	 */
	private static void setUnixOptions(ServerBootstrap bootstrap, TransportSettings settings) {
		bootstrap.option(ChannelOption.SO_BACKLOG, settings.backlog());
		setSendBuffer(bootstrap, settings);
	}

	private static void setSendBuffer(ServerBootstrap bootstrap, TransportSettings settings) {
		if (settings.sendBuffer() > 0) {
			bootstrap.childOption(ChannelOption.SO_SNDBUF, settings.sendBuffer());
		}
	}

}

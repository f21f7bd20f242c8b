package io.zinx.link;

import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import io.zinx.diagnostics.PeerText;
import org.jspecify.annotations.Nullable;

/**
 * The client of a Unix domain socket: its remote address. Such a client has no address by
 * which it can be told from others, but the kernel knows its process. All methods may be
 * called from any thread.
 */
public final class UnixPeer extends SocketAddress {

	/** The value of {@link #process()} if it is not known. */
	public static final int UNKNOWN = -1;

	private static final AttributeKey<UnixPeer> KEY = AttributeKey.valueOf(UnixPeer.class, "peer");

	private final UnixDomainSocketAddress server;

	private final String path;

	private final int process;

	private final @Nullable String user;

	private final @Nullable String group;

	/**
	 * Create the address of a client.
	 * @param server the address it is connected to
	 * @param path the path its own socket is bound to; empty if there is none, as usual
	 * @param process its process, or {@link #UNKNOWN}
	 * @param user its user; {@code null} if it is not known
	 * @param group its group; {@code null} if it is not known
	 */
	public UnixPeer(UnixDomainSocketAddress server, String path, int process, @Nullable String user,
			@Nullable String group) {
		this.server = server;
		this.path = path;
		this.process = process;
		this.user = user;
		this.group = group;
	}

	/**
	 * Set the client of a channel. Before the channel is given to its event loop.
	 * @param channel the channel
	 * @param peer the client
	 */
	public static void set(Channel channel, UnixPeer peer) {
		channel.attr(KEY).set(peer);
	}

	/**
	 * The client of a channel.
	 * @param channel the channel
	 * @return its client; {@code null} if it is not that of a Unix domain socket
	 */
	public static @Nullable UnixPeer of(Channel channel) {
		return channel.hasAttr(KEY) ? channel.attr(KEY).get() : null;
	}

	/**
	 * The address of the server's socket.
	 * @return the address, whose path is that of {@code zinx.unix-socket.path}
	 */
	public UnixDomainSocketAddress server() {
		return this.server;
	}

	/**
	 * The path of the client's own socket. The client chooses it.
	 * @return the path; empty if it has none, as usual
	 */
	public String path() {
		return this.path;
	}

	/**
	 * The process that has connected. Another process may use the connection now.
	 * @return its number, 1 or more; 0 if it runs in another namespace of processes;
	 * {@link #UNKNOWN} without epoll
	 */
	public int process() {
		return this.process;
	}

	/**
	 * The user of the process at the time at which it connected.
	 * @return its number with epoll, its name without; {@code null} if the kernel does
	 * not tell
	 */
	public @Nullable String user() {
		return this.user;
	}

	/**
	 * The group of the process at the time at which it connected.
	 * @return its number with epoll, its name without; {@code null} if the kernel does
	 * not tell
	 */
	public @Nullable String group() {
		return this.group;
	}

	/**
	 * The client in words, for logs.
	 * @return for example {@code unix:/run/zinx.sock, process 123 of user 0}
	 */
	@Override
	public String toString() {
		StringBuilder text = new StringBuilder("unix:").append(this.server.getPath());
		if (!this.path.isEmpty()) {
			text.append(", client ").append(PeerText.escape(this.path));
		}
		if (this.process != UNKNOWN) {
			text.append(", process ").append(this.process);
		}
		if (this.user != null) {
			text.append((this.process != UNKNOWN) ? " of user " : ", user ").append(this.user);
		}
		return text.toString();
	}

}

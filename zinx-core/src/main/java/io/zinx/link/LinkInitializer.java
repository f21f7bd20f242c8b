package io.zinx.link;

import java.util.function.Consumer;
import java.util.function.LongSupplier;

import io.netty.channel.Channel;
import io.zinx.metrics.LinkMetrics;
import org.jspecify.annotations.Nullable;

/**
 * The begin of the link of each accepted channel: adds the handlers in front of the later
 * stages. One for each run of a server that is not plain.
 *
 * <pre>
 *   "zinx-proxy"         Netty's decoder, while a header of the PROXY protocol is read
 *   "zinx-first-bytes"   until the first bytes have decided
 *   "zinx-tls"           with TLS: Netty's SniHandler until the client has named the
 *                        server, if names matter, then TlsHandler
 *   "zinx-tls-gate"      with TLS
 * </pre>
 */
public final class LinkInitializer {

	private final LinkContext context;

	/** The begin for Unix domain sockets, which have no TLS; {@code null} if plain. */
	private final @Nullable LinkInitializer unix;

	private LinkInitializer(LinkContext context, @Nullable LinkInitializer unix) {
		this.context = context;
		this.unix = unix;
	}

	/**
	 * Create the begin of the links of a server.
	 * @param serverName the server's name, for logs
	 * @param settings the settings
	 * @param metrics the counters of results
	 * @param nanoTime the time, as {@link System#nanoTime()}
	 * @return the begin; {@code null} if links are plain
	 */
	public static @Nullable LinkInitializer of(String serverName, LinkSettings settings, LinkMetrics metrics,
			LongSupplier nanoTime) {
		if (settings.isPlain()) {
			return null;
		}
		LinkInitializer unix = (settings.tls() != null) ? of(serverName, settings.withTls(null), metrics, nanoTime)
				: null;
		return new LinkInitializer(new LinkContext(serverName, settings, metrics, nanoTime), unix);
	}

	/**
	 * The begin of the link of a client: with a Unix domain socket there is no TLS.
	 * @param channel the channel
	 * @return the begin; {@code null} if the link is plain
	 */
	public @Nullable LinkInitializer of(Channel channel) {
		boolean encrypts = this.context.settings().tls() != null;
		return (encrypts && UnixPeer.of(channel) != null) ? this.unix : this;
	}

	/**
	 * Begin the link of a client. Event loop only, before anything is read.
	 * @param channel the channel
	 * @param handshake the handshake
	 * @param laterStages called on the event loop when the client may send messages; adds
	 * the later handlers
	 */
	public void begin(Channel channel, PendingHandshake handshake, Consumer<Channel> laterStages) {
		ClientLink link = new ClientLink(handshake);
		channel.attr(Link.KEY).set(link);
		Admission admission = new Admission(handshake, laterStages);
		LinkSettings settings = this.context.settings();
		TlsSettings tls = settings.tls();
		if (tls != null && tls.mode() == TlsMode.REQUIRED && !settings.readsProxyHeaders()) {
			this.context.addTls(channel.pipeline(), null, link, admission);
			return;
		}
		channel.pipeline().addLast(ProtocolDetector.NAME, new ProtocolDetector(this.context, link, admission));
	}

	LinkContext context() {
		return this.context;
	}

}

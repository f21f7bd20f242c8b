package io.zinx.link;

import java.util.Objects;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.ssl.SslContext;
import io.netty.util.Mapping;
import io.zinx.authentication.AuthenticatorCalls;
import io.zinx.metrics.LinkMetrics;
import org.jspecify.annotations.Nullable;

/**
 * The objects that the links of one run of a server share. Any thread, except where the
 * event loop is named.
 */
final class LinkContext {

	private final LinkSettings settings;

	private final int maxMessageLength;

	private final Handshakes handshakes;

	private final ProxyHeaders proxyHeaders;

	private final Upgrades upgrades;

	private final @Nullable AuthenticatorCalls authenticator;

	/** The contexts by server name; {@code null} if there is only one. */
	private final @Nullable Mapping<String, Supplier<SslContext>> contextsByName;

	/**
	 * Create the shared objects.
	 * @param serverName the server's name, for logs
	 * @param settings the settings
	 * @param maxMessageLength the longest message of a client with its head, in bytes
	 * @param authenticator asks the application about each client; {@code null} to admit
	 * all
	 * @param metrics the counters of results
	 * @param nanoTime the time, as {@link System#nanoTime()}
	 */
	LinkContext(String serverName, LinkSettings settings, int maxMessageLength,
			@Nullable AuthenticatorCalls authenticator, LinkMetrics metrics, LongSupplier nanoTime) {
		this.authenticator = authenticator;
		this.settings = settings;
		this.maxMessageLength = maxMessageLength;
		this.handshakes = new Handshakes(serverName, metrics, nanoTime);
		this.proxyHeaders = new ProxyHeaders(serverName, settings.proxyProtocol(), metrics, nanoTime);
		this.upgrades = new Upgrades(serverName, metrics, nanoTime);
		TlsSettings tls = settings.tls();
		this.contextsByName = (tls != null && !tls.serverNames().isEmpty()) ? tls.contextsByName() : null;
	}

	LinkSettings settings() {
		return this.settings;
	}

	Handshakes handshakes() {
		return this.handshakes;
	}

	/**
	 * The calls of the application's authenticator; {@code null} if there is none.
	 */
	@Nullable AuthenticatorCalls authenticator() {
		return this.authenticator;
	}

	ProxyHeaders proxyHeaders() {
		return this.proxyHeaders;
	}

	Upgrades upgrades() {
		return this.upgrades;
	}

	/**
	 * The compression of a client's WebSocket messages.
	 * @param request the client's request
	 * @return the compression; {@code null} for none
	 */
	@Nullable WebSocketCompression compression(HttpRequest request) {
		boolean compresses = Objects.requireNonNull(this.settings.webSocket()).compression();
		return compresses ? WebSocketCompression.agree(request.headers(), this.maxMessageLength) : null;
	}

	/**
	 * Add TLS to the pipeline of a client. Event loop only.
	 * @param behind the name of the handler in front of it; {@code null} for none
	 * @param admission the admission after the handshake; {@code null} if the client has
	 * a connection already
	 * @param next the handler that decides after the handshake what the client begins
	 * with; {@code null} if that can only be messages
	 */
	void addTls(ChannelPipeline pipeline, @Nullable String behind, ClientLink link, @Nullable Admission admission,
			@Nullable ChannelHandler next) {
		TlsSettings tls = Objects.requireNonNull(this.settings.tls());
		ChannelHandler handler = tlsHandler(tls, pipeline.channel().alloc());
		TlsGate gate = new TlsGate(link, this.handshakes, admission, next);
		if (behind == null) {
			pipeline.addLast(TlsHandler.NAME, handler);
		}
		else {
			pipeline.addAfter(behind, TlsHandler.NAME, handler);
		}
		pipeline.addAfter(TlsHandler.NAME, TlsGate.NAME, gate);
	}

	/**
	 * Add the handlers that read a request for a WebSocket connection. Event loop only.
	 * @param behind the name of the handler in front of them
	 * @param upgrade the handler that answers it
	 */
	void addHttp(ChannelPipeline pipeline, String behind, ChannelHandler upgrade) {
		pipeline.addAfter(behind, "zinx-upgrade", upgrade);
		pipeline.addAfter(behind, "zinx-http-encoder", new HttpResponseEncoder());
		pipeline.addAfter(behind, "zinx-http-decoder", WebSocketDecoder.newRequestDecoder());
	}

	private ChannelHandler tlsHandler(TlsSettings tls, ByteBufAllocator allocator) {
		long timeoutMillis = tls.handshakeTimeout().toMillis();
		if (this.contextsByName != null) {
			return new ServerNameHandler(this.contextsByName, timeoutMillis);
		}
		TlsHandler handler = new TlsHandler(tls.context().get().newEngine(allocator));
		handler.setHandshakeTimeoutMillis(timeoutMillis);
		return handler;
	}

}

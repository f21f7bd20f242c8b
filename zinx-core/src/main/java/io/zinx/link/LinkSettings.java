package io.zinx.link;

import java.time.Duration;
import java.util.Objects;

import io.zinx.InvalidSettingException;
import io.zinx.authentication.AuthenticationSettings;
import org.jspecify.annotations.Nullable;

/**
 * The settings of the stage between sockets and messages.
 *
 * @param tls the encryption of connections; {@code null} for plain text
 * @param proxyProtocol the use of the PROXY protocol
 * @param sniffTimeout the time that a client has for its first bytes where these decide
 * between plain text and something else; then its connection begins in plain text, more
 * than zero
 * @param maxPendingHandshakes the most clients whose handshake is under way, 1 or more
 * @param webSocket the WebSocket connections; {@code null} for none
 * @param authentication the calls of the application's authenticator
 */
public record LinkSettings(@Nullable TlsSettings tls, ProxyProtocolSettings proxyProtocol, Duration sniffTimeout,
		int maxPendingHandshakes, @Nullable WebSocketSettings webSocket, AuthenticationSettings authentication) {

	/** The default time for the first bytes of a client, 200 ms. */
	public static final Duration DEFAULT_SNIFF_TIMEOUT = Duration.ofMillis(200);

	/** The defaults: plain text, without the PROXY protocol. */
	public static final LinkSettings DEFAULTS = new LinkSettings(null, ProxyProtocolSettings.OFF, DEFAULT_SNIFF_TIMEOUT,
			PendingHandshakes.DEFAULT_MAX, null, AuthenticationSettings.DEFAULTS);

	public LinkSettings {
		Objects.requireNonNull(proxyProtocol, "proxyProtocol");
		Objects.requireNonNull(sniffTimeout, "sniffTimeout");
		Objects.requireNonNull(authentication, "authentication");
		InvalidSettingException.requirePositive("sniff-timeout", sniffTimeout);
		if (proxyProtocol.mode() != ProxyProtocolMode.OFF && !OptionalLibrary.PROXY_PROTOCOL.isPresent()) {
			throw new InvalidSettingException("proxy-protocol.mode", proxyProtocol.mode(),
					"off, because the library that reads PROXY headers is not on the class path: add "
							+ OptionalLibrary.PROXY_PROTOCOL.coordinates());
		}
		InvalidSettingException.requireRange("handshake.max-pending", maxPendingHandshakes, 1, Integer.MAX_VALUE);
	}

	/**
	 * Change the encryption.
	 * @param tls the settings; {@code null} for plain text
	 * @return changed settings
	 */
	public LinkSettings withTls(@Nullable TlsSettings tls) {
		return new LinkSettings(tls, this.proxyProtocol, this.sniffTimeout, this.maxPendingHandshakes, this.webSocket,
				this.authentication);
	}

	/**
	 * Change the use of the PROXY protocol.
	 * @param proxyProtocol the settings
	 * @return changed settings
	 */
	public LinkSettings withProxyProtocol(ProxyProtocolSettings proxyProtocol) {
		return new LinkSettings(this.tls, proxyProtocol, this.sniffTimeout, this.maxPendingHandshakes, this.webSocket,
				this.authentication);
	}

	/**
	 * Return whether connections are messages and nothing else.
	 * @return {@code true} without TLS, PROXY protocol and WebSocket
	 */
	public boolean isPlain() {
		return this.tls == null && !readsProxyHeaders() && this.webSocket == null;
	}

	/**
	 * Return whether WebSocket connections are accepted where others are, too.
	 * @return whether the first bytes of a client decide between them
	 */
	public boolean mixesWebSocket() {
		return this.webSocket != null && this.webSocket.samePort();
	}

	/**
	 * Return whether the PROXY protocol is in use.
	 * @return whether headers are read
	 */
	public boolean readsProxyHeaders() {
		return this.proxyProtocol.mode() != ProxyProtocolMode.OFF;
	}

	/**
	 * Return whether the first bytes of a client, or those behind a header that is
	 * required, decide between messages and something else.
	 * @return whether messages and something else are possible at the same place
	 */
	public boolean mixesWithMessages() {
		if (mixesWebSocket()) {
			return true;
		}
		if (this.tls != null) {
			return this.tls.mode() == TlsMode.OPTIONAL;
		}
		return this.proxyProtocol.mode() == ProxyProtocolMode.OPTIONAL;
	}

}

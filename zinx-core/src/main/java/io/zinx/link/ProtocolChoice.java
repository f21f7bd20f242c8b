package io.zinx.link;

import java.time.Duration;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * The protocols that a client may begin with at one place: at the begin of its
 * connection, behind a header of the PROXY protocol, or inside TLS.
 *
 * @param proxy whether a header of the PROXY protocol comes first
 * @param tls whether TLS comes next; {@code null} if it cannot
 * @param webSocket whether an HTTP request comes next, or inside TLS
 */
record ProtocolChoice(ProxyProtocolMode proxy, @Nullable TlsMode tls, Http webSocket) {

	/**
	 * The choice at the begin of a connection.
	 * @param settings the settings
	 * @param webSocketPort whether it is on the port for WebSocket connections only
	 */
	static ProtocolChoice of(LinkSettings settings, boolean webSocketPort) {
		TlsSettings tls = settings.tls();
		Http shared = settings.mixesWebSocket() ? Http.OPTIONAL : Http.NONE;
		return new ProtocolChoice(settings.proxyProtocol().mode(), (tls != null) ? tls.mode() : null,
				webSocketPort ? Http.REQUIRED : shared);
	}

	/**
	 * The choice inside TLS.
	 */
	ProtocolChoice insideTls() {
		return new ProtocolChoice(ProxyProtocolMode.OFF, null, this.webSocket);
	}

	/**
	 * True if connections are messages and nothing else.
	 */
	boolean isPlain() {
		return this.proxy == ProxyProtocolMode.OFF && isPlainBehindHeader();
	}

	/**
	 * True if messages and nothing else may follow a header of the PROXY protocol.
	 */
	boolean isPlainBehindHeader() {
		return this.tls == null && this.webSocket == Http.NONE;
	}

	/**
	 * True if every client begins with TLS.
	 */
	boolean isOnlyTls() {
		return this.proxy == ProxyProtocolMode.OFF && this.tls == TlsMode.REQUIRED;
	}

	/**
	 * True if messages may follow where no header of the PROXY protocol does.
	 */
	boolean allowsMessages() {
		return this.tls != TlsMode.REQUIRED && this.webSocket != Http.REQUIRED;
	}

	/**
	 * True if an HTTP request may follow where no header of the PROXY protocol does.
	 */
	boolean allowsHttp() {
		return this.tls != TlsMode.REQUIRED && this.webSocket != Http.NONE;
	}

	/**
	 * The time that a client has for its first bytes.
	 * @param settings the settings
	 * @param header whether a header of the PROXY protocol comes next
	 */
	Duration timeout(LinkSettings settings, boolean header) {
		if (header) {
			return settings.proxyProtocol().timeout();
		}
		if (allowsMessages()) {
			return settings.sniffTimeout();
		}
		TlsSettings tls = settings.tls();
		return (this.tls != null && tls != null) ? tls.handshakeTimeout()
				: Objects.requireNonNull(settings.webSocket()).upgradeTimeout();
	}

	/**
	 * The place of an HTTP request for a WebSocket connection among what a client begins
	 * with.
	 */
	enum Http {

		/** It cannot. */
		NONE,

		/** It may. */
		OPTIONAL,

		/** It must. */
		REQUIRED

	}

}

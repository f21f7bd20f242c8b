package io.zinx.link;

import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;

import io.netty.handler.ssl.SslContext;
import io.netty.util.DomainWildcardMappingBuilder;
import io.netty.util.Mapping;
import io.netty.util.NetUtil;
import io.zinx.InvalidSettingException;

/**
 * The TLS settings of a server.
 * <p>
 * Each client begins with a TLS handshake. It takes no slot and has no connection before
 * that has succeeded: a handshake that fails is counted as a handshake, not as a
 * connection, and no listener is called. Then it takes a slot, or is rejected, or waits
 * for one; a message to rejected clients is encrypted. A client that requests another
 * handshake on the same connection (renegotiation, with TLS 1.2), or new keys more often
 * than eight times and once a minute (with TLS 1.3), is refused: the connection ends with
 * {@link io.zinx.connection.CloseReason#HANDSHAKE_FAILED}.
 *
 * @param mode the clients that are served
 * @param context supplies the context of each new connection, on event loops, so it must
 * not block; a supplier that returns another context from some time on replaces the
 * certificates of later connections. The context also determines whether clients must
 * send a certificate
 * @param serverNames the contexts of clients that name the server (SNI): by host name,
 * without regard to case; {@code *.example.org} stands for all names that have one label
 * in place of the asterisk. Clients with other names, and without one, get
 * {@code context}
 * @param handshakeTimeout the time limit of the handshake; zero for none
 */
public record TlsSettings(TlsMode mode, Supplier<SslContext> context, Map<String, Supplier<SslContext>> serverNames,
		Duration handshakeTimeout) {

	/** The default time limit of the handshake, ten seconds. */
	public static final Duration DEFAULT_HANDSHAKE_TIMEOUT = Duration.ofSeconds(10);

	/** A name that clients can ask for: no address, no port, no dot at the end. */
	private static final Pattern SERVER_NAME = Pattern.compile("(\\*\\.)?[^\\s*/:]*[^\\s*/:.]");

	public TlsSettings {
		Objects.requireNonNull(mode, "mode");
		Objects.requireNonNull(context, "context");
		Objects.requireNonNull(handshakeTimeout, "handshakeTimeout");
		serverNames = Collections.unmodifiableMap(new LinkedHashMap<>(serverNames));
		if (handshakeTimeout.isNegative()) {
			throw new InvalidSettingException("ssl.handshake-timeout", handshakeTimeout, "zero or more");
		}
		requireServer("context", context);
		serverNames.forEach(TlsSettings::requireServer);
		mapping(context, serverNames);
	}

	private static void requireServer(String what, Supplier<SslContext> context) {
		if (!context.get().isServer()) {
			throw new IllegalArgumentException(what + ": one for clients (expected: one for servers)");
		}
	}

	/**
	 * Create settings with one context, for clients with TLS only, and the default time
	 * limit.
	 * @param context supplies the context, as for the constructor
	 * @return the settings
	 */
	public static TlsSettings of(Supplier<SslContext> context) {
		return new TlsSettings(TlsMode.REQUIRED, context, Map.of(), DEFAULT_HANDSHAKE_TIMEOUT);
	}

	/**
	 * Create settings with one context, for clients with TLS only, and the default time
	 * limit.
	 * @param context a context made by {@code SslContextBuilder.forServer}
	 * @return the settings
	 */
	public static TlsSettings of(SslContext context) {
		return of(() -> context);
	}

	/**
	 * Change the clients that are served.
	 * @param mode the mode
	 * @return changed settings
	 */
	public TlsSettings withMode(TlsMode mode) {
		return new TlsSettings(mode, this.context, this.serverNames, this.handshakeTimeout);
	}

	/**
	 * Change the time limit of the handshake.
	 * @param handshakeTimeout the limit; zero for none
	 * @return changed settings
	 */
	public TlsSettings withHandshakeTimeout(Duration handshakeTimeout) {
		return new TlsSettings(this.mode, this.context, this.serverNames, handshakeTimeout);
	}

	/**
	 * Add the context of clients that name the server.
	 * @param serverName a host name, or one with a wildcard
	 * @param context supplies the context
	 * @return changed settings
	 * @throws InvalidSettingException if the name is not well-formed, or has a context
	 */
	public TlsSettings withServerName(String serverName, Supplier<SslContext> context) {
		Map<String, Supplier<SslContext>> names = new LinkedHashMap<>(this.serverNames);
		if (names.put(serverName, context) != null) {
			throw twice(serverName);
		}
		return new TlsSettings(this.mode, this.context, names, this.handshakeTimeout);
	}

	private static InvalidSettingException malformed(String serverName) {
		return new InvalidSettingException("ssl.server-name-bundles", "'" + serverName + "'",
				"a host name, or *. and a host name");
	}

	private static InvalidSettingException twice(String serverName) {
		return new InvalidSettingException("ssl.server-name-bundles", "'" + serverName + "' twice",
				"a server name that no other entry has");
	}

	/**
	 * The contexts by the names that clients ask for.
	 */
	Mapping<String, Supplier<SslContext>> contextsByName() {
		return mapping(this.context, this.serverNames);
	}

	private static Mapping<String, Supplier<SslContext>> mapping(Supplier<SslContext> context,
			Map<String, Supplier<SslContext>> serverNames) {
		DomainWildcardMappingBuilder<Supplier<SslContext>> builder = new DomainWildcardMappingBuilder<>(context);
		Set<String> seen = new HashSet<>();
		serverNames.forEach((name, own) -> {
			if (!seen.add(name.toLowerCase(Locale.ROOT))) {
				throw twice(name);
			}
			if (!SERVER_NAME.matcher(name).matches() || NetUtil.isValidIpV4Address(name)) {
				throw malformed(name);
			}
			try {
				builder.add(name, own);
			}
			catch (RuntimeException ex) {
				throw malformed(name);
			}
		});
		return builder.build();
	}

}

package io.zinx.link;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

import io.zinx.InvalidSettingException;
import org.jspecify.annotations.Nullable;

/**
 * The settings of WebSocket connections, whose messages carry the same bytes as other
 * connections.
 *
 * @param port the port for WebSocket connections only, 1 to 65535, or 0 for any free one;
 * -1 for none
 * @param samePort whether they are accepted where other connections are, too, and told
 * apart by their first bytes
 * @param path the path of requests, beginning with {@code /}
 * @param text whether messages are sent as text; those of clients may be text or binary
 * in any case
 * @param maxFrameSize the longest payload of a WebSocket frame of a client, in bytes, 125
 * or more
 * @param pingInterval the time between pings to each client; zero for none
 * @param upgradeTimeout the time limit of the request, more than zero
 * @param allowedOrigins the origins of pages that may connect, such as
 * {@code https://example.org}, or {@code *} for all. Clients that send no origin, and
 * pages of the host that they connect to, always may
 * @param subprotocols the subprotocols to choose from, in no order; if it is empty, the
 * first one that a client asks for is confirmed
 * @param healthPath a path at which requests are answered with status 200, without a
 * connection; {@code null} for none
 * @param compression whether messages are compressed for clients that ask for it
 * (permessage-deflate, RFC 7692), both ways, without a memory of earlier messages
 */
public record WebSocketSettings(int port, boolean samePort, String path, boolean text, int maxFrameSize,
		Duration pingInterval, Duration upgradeTimeout, List<String> allowedOrigins, List<String> subprotocols,
		@Nullable String healthPath, boolean compression) {

	/** The default of the longest payload of a frame, 64 KB. */
	public static final int DEFAULT_MAX_FRAME_SIZE = 65_536;

	/** The default time limit of a request. */
	public static final Duration DEFAULT_UPGRADE_TIMEOUT = Duration.ofSeconds(10);

	/**
	 * The longest payload of a frame that is no message, such as a ping (RFC 6455, 5.5).
	 */
	private static final int LONGEST_CONTROL_FRAME = 125;

	public WebSocketSettings {
		Objects.requireNonNull(path, "path");
		InvalidSettingException.requireRange("websocket.port", port, -1, 65535);
		if (port < 0 && !samePort) {
			throw new InvalidSettingException("websocket.port", port, "a port, or websocket.same-port=true");
		}
		requirePath("websocket.path", path);
		if (healthPath != null) {
			requirePath("websocket.health-path", healthPath);
		}
		InvalidSettingException.requireBytes("websocket.max-frame-size", maxFrameSize, LONGEST_CONTROL_FRAME,
				Integer.MAX_VALUE);
		if (pingInterval.isNegative()) {
			throw new InvalidSettingException("websocket.ping-interval", pingInterval, "zero for none, or more");
		}
		InvalidSettingException.requirePositive("websocket.upgrade-timeout", upgradeTimeout);
		allowedOrigins = List.copyOf(allowedOrigins);
		subprotocols = List.copyOf(subprotocols);
		allowedOrigins.forEach(WebSocketSettings::requireOrigin);
		subprotocols.forEach(WebSocketSettings::requireSubprotocol);
		if (!OptionalLibrary.WEB_SOCKET.isPresent()) {
			throw new InvalidSettingException((port >= 0) ? "websocket.port" : "websocket.same-port",
					(port >= 0) ? port : samePort,
					"to be unset, because the library that reads WebSocket messages is not on the class path: add "
							+ OptionalLibrary.WEB_SOCKET.coordinates());
		}
	}

	private static void requirePath(String name, String path) {
		if (!path.startsWith("/") || path.contains("?") || path.contains("#")) {
			throw new InvalidSettingException(name, "'" + path + "'", "a path that begins with / and has no query");
		}
	}

	private static void requireOrigin(String origin) {
		if (origin.equals("*")) {
			return;
		}
		try {
			URI uri = URI.create(origin);
			if (uri.getScheme() != null && uri.getHost() != null && uri.getRawPath().isEmpty()) {
				return;
			}
		}
		catch (IllegalArgumentException ex) {
			// Reported below.
		}
		throw new InvalidSettingException("websocket.allowed-origins", "'" + origin + "'",
				"origins such as https://example.org or http://localhost:8080, or *");
	}

	/**
	 * Check that a subprotocol is a token of HTTP (RFC 9110, section 5.6.2).
	 */
	private static void requireSubprotocol(String subprotocol) {
		boolean token = !subprotocol.isEmpty()
				&& subprotocol.chars().allMatch((c) -> c > ' ' && c < 0x7F && "()<>@,;:\\\"/[]?={}".indexOf(c) < 0);
		if (!token) {
			throw new InvalidSettingException("websocket.subprotocols", "'" + subprotocol + "'",
					"names without spaces and separators, such as chat.v1");
		}
	}

	/**
	 * Accept WebSocket connections on a port of their own.
	 * @param port 1 to 65535, or 0 for any free one
	 * @return the settings, all others with their defaults
	 */
	public static WebSocketSettings onPort(int port) {
		return withDefaults(port, false);
	}

	/**
	 * Accept WebSocket connections where other connections are accepted, too.
	 * @return the settings, all others with their defaults
	 */
	public static WebSocketSettings onSamePort() {
		return withDefaults(-1, true);
	}

	private static WebSocketSettings withDefaults(int port, boolean samePort) {
		return new WebSocketSettings(port, samePort, "/", false, DEFAULT_MAX_FRAME_SIZE, Duration.ZERO,
				DEFAULT_UPGRADE_TIMEOUT, List.of(), List.of(), null, false);
	}

	/**
	 * Return these settings with another path.
	 * @param path the path of requests, beginning with {@code /}
	 * @return new settings
	 */
	public WebSocketSettings withPath(String path) {
		return new WebSocketSettings(this.port, this.samePort, path, this.text, this.maxFrameSize, this.pingInterval,
				this.upgradeTimeout, this.allowedOrigins, this.subprotocols, this.healthPath, this.compression);
	}

	/**
	 * Return these settings with another kind of messages.
	 * @param text whether messages are sent as text instead of binary
	 * @return new settings
	 */
	public WebSocketSettings withText(boolean text) {
		return new WebSocketSettings(this.port, this.samePort, this.path, text, this.maxFrameSize, this.pingInterval,
				this.upgradeTimeout, this.allowedOrigins, this.subprotocols, this.healthPath, this.compression);
	}

	/**
	 * Return these settings with another longest frame.
	 * @param maxFrameSize the longest payload of a WebSocket frame of a client, in bytes,
	 * 125 or more
	 * @return new settings
	 */
	public WebSocketSettings withMaxFrameSize(int maxFrameSize) {
		return new WebSocketSettings(this.port, this.samePort, this.path, this.text, maxFrameSize, this.pingInterval,
				this.upgradeTimeout, this.allowedOrigins, this.subprotocols, this.healthPath, this.compression);
	}

	/**
	 * Return these settings with other pings.
	 * @param pingInterval the time between pings to each client; zero for none
	 * @return new settings
	 */
	public WebSocketSettings withPingInterval(Duration pingInterval) {
		return new WebSocketSettings(this.port, this.samePort, this.path, this.text, this.maxFrameSize, pingInterval,
				this.upgradeTimeout, this.allowedOrigins, this.subprotocols, this.healthPath, this.compression);
	}

	/**
	 * Return these settings with another time limit of requests.
	 * @param upgradeTimeout the time limit of the request, more than zero
	 * @return new settings
	 */
	public WebSocketSettings withUpgradeTimeout(Duration upgradeTimeout) {
		return new WebSocketSettings(this.port, this.samePort, this.path, this.text, this.maxFrameSize,
				this.pingInterval, upgradeTimeout, this.allowedOrigins, this.subprotocols, this.healthPath,
				this.compression);
	}

	/**
	 * Return these settings with other origins of pages that may connect.
	 * @param allowedOrigins the origins of pages that may connect, or {@code *} for all
	 * @return new settings
	 */
	public WebSocketSettings withAllowedOrigins(String... allowedOrigins) {
		return new WebSocketSettings(this.port, this.samePort, this.path, this.text, this.maxFrameSize,
				this.pingInterval, this.upgradeTimeout, List.of(allowedOrigins), this.subprotocols, this.healthPath,
				this.compression);
	}

	/**
	 * Return these settings with other subprotocols.
	 * @param subprotocols the subprotocols to choose from; none to confirm the first one
	 * that a client asks for
	 * @return new settings
	 */
	public WebSocketSettings withSubprotocols(String... subprotocols) {
		return new WebSocketSettings(this.port, this.samePort, this.path, this.text, this.maxFrameSize,
				this.pingInterval, this.upgradeTimeout, this.allowedOrigins, List.of(subprotocols), this.healthPath,
				this.compression);
	}

	/**
	 * Return these settings with another path of health checks.
	 * @param healthPath the path of health checks; {@code null} for none
	 * @return new settings
	 */
	public WebSocketSettings withHealthPath(@Nullable String healthPath) {
		return new WebSocketSettings(this.port, this.samePort, this.path, this.text, this.maxFrameSize,
				this.pingInterval, this.upgradeTimeout, this.allowedOrigins, this.subprotocols, healthPath,
				this.compression);
	}

	/**
	 * Return these settings with another choice of compression.
	 * @param compression whether messages are compressed for clients that ask for it
	 * @return new settings
	 */
	public WebSocketSettings withCompression(boolean compression) {
		return new WebSocketSettings(this.port, this.samePort, this.path, this.text, this.maxFrameSize,
				this.pingInterval, this.upgradeTimeout, this.allowedOrigins, this.subprotocols, this.healthPath,
				compression);
	}

	/**
	 * Return whether there is a port for WebSocket connections only.
	 * @return whether {@link #port()} is not -1
	 */
	public boolean hasPort() {
		return this.port >= 0;
	}

}

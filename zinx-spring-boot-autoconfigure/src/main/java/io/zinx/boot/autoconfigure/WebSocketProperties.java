package io.zinx.boot.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.zinx.InvalidSettingException;
import io.zinx.link.WebSocketSettings;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;
import org.springframework.util.unit.DataSize;

/**
 * Properties of WebSocket connections.
 */
@SuppressWarnings("checkstyle:MissingJavadocMethod")
public class WebSocketProperties {

	/**
	 * Port to listen on for WebSocket connections only. A random free port if 0.
	 */
	private @Nullable Integer port;

	/**
	 * WebSocket connections are accepted where others are, and told apart by their first
	 * bytes.
	 */
	private boolean samePort = false;

	/**
	 * Path at which clients begin WebSocket connections.
	 */
	private String path = "/";

	/**
	 * Messages are sent as text instead of binary, with codec 'raw' or 'delimiter'.
	 * Clients may send both.
	 */
	private boolean text = false;

	/**
	 * Maximum payload of one WebSocket frame of a client.
	 */
	private DataSize maxFrameSize = DataSize.ofKilobytes(64);

	/**
	 * Time between WebSocket pings to each client. None if zero.
	 */
	private Duration pingInterval = Duration.ZERO;

	/**
	 * Maximum time that a client has to send a complete WebSocket request.
	 */
	private Duration upgradeTimeout = Duration.ofSeconds(10);

	/**
	 * Origins of pages that may connect, such as https://example.org, or '*' for all.
	 * Pages of the host that they connect to always may.
	 */
	private List<String> allowedOrigins = new ArrayList<>();

	/**
	 * Subprotocols to choose from. The first one that a client asks for if empty.
	 */
	private List<String> subprotocols = new ArrayList<>();

	/**
	 * Path at which GET and HEAD requests of health checks are answered with status 200.
	 */
	private @Nullable String healthPath;

	/**
	 * Messages of 512 bytes or more are compressed for clients that ask for it, which may
	 * compress what they send.
	 */
	private boolean compression = false;

	public @Nullable Integer getPort() {
		return this.port;
	}

	public void setPort(@Nullable Integer port) {
		this.port = port;
	}

	public boolean isSamePort() {
		return this.samePort;
	}

	public void setSamePort(boolean samePort) {
		this.samePort = samePort;
	}

	public String getPath() {
		return this.path;
	}

	public void setPath(String path) {
		this.path = path;
	}

	public boolean isText() {
		return this.text;
	}

	public void setText(boolean text) {
		this.text = text;
	}

	public DataSize getMaxFrameSize() {
		return this.maxFrameSize;
	}

	public void setMaxFrameSize(DataSize maxFrameSize) {
		this.maxFrameSize = maxFrameSize;
	}

	public Duration getPingInterval() {
		return this.pingInterval;
	}

	public void setPingInterval(Duration pingInterval) {
		this.pingInterval = pingInterval;
	}

	public Duration getUpgradeTimeout() {
		return this.upgradeTimeout;
	}

	public void setUpgradeTimeout(Duration upgradeTimeout) {
		this.upgradeTimeout = upgradeTimeout;
	}

	public List<String> getAllowedOrigins() {
		return this.allowedOrigins;
	}

	public void setAllowedOrigins(List<String> allowedOrigins) {
		this.allowedOrigins = allowedOrigins;
	}

	public List<String> getSubprotocols() {
		return this.subprotocols;
	}

	public void setSubprotocols(List<String> subprotocols) {
		this.subprotocols = subprotocols;
	}

	public @Nullable String getHealthPath() {
		return this.healthPath;
	}

	public void setHealthPath(@Nullable String healthPath) {
		this.healthPath = healthPath;
	}

	public boolean isCompression() {
		return this.compression;
	}

	public void setCompression(boolean compression) {
		this.compression = compression;
	}

	/**
	 * Create settings from these properties.
	 * @return the settings; {@code null} if WebSocket connections are not accepted
	 * @throws InvalidSettingException if one has a value the server cannot work with
	 */
	@Nullable WebSocketSettings toSettings() {
		Integer own = this.port;
		if (own == null && !this.samePort) {
			return null;
		}
		int bytes = (int) InvalidSettingException.requireBytes("websocket.max-frame-size", this.maxFrameSize.toBytes(),
				1, Integer.MAX_VALUE);
		return new WebSocketSettings((own != null) ? own : -1, this.samePort, this.path, this.text, bytes,
				this.pingInterval, this.upgradeTimeout, this.allowedOrigins, this.subprotocols,
				StringUtils.hasText(this.healthPath) ? this.healthPath : null, this.compression);
	}

}

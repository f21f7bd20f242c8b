package io.zinx.boot.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.zinx.InvalidSettingException;
import io.zinx.link.ProxyProtocolMode;
import io.zinx.link.ProxyProtocolSettings;

/**
 * Properties of the PROXY protocol.
 */
@SuppressWarnings("checkstyle:MissingJavadocMethod")
public class ProxyProtocolProperties {

	private static final String TRUSTED = "proxy-protocol.trusted";

	/**
	 * Use of the PROXY protocol, in which a load balancer names the address of the client
	 * in a header before the client's own bytes.
	 */
	private ProxyProtocolMode mode = ProxyProtocolMode.OFF;

	/**
	 * Networks of the load balancers, whose PROXY headers are believed. A client with
	 * another address that sends a header is closed.
	 */
	private List<String> trusted = new ArrayList<>(ProxyProtocolSettings.DEFAULT_TRUSTED);

	/**
	 * Maximum time that a load balancer has to send a complete PROXY header.
	 */
	private Duration timeout = Duration.ofSeconds(5);

	public ProxyProtocolMode getMode() {
		return this.mode;
	}

	public void setMode(ProxyProtocolMode mode) {
		this.mode = mode;
	}

	public List<String> getTrusted() {
		return this.trusted;
	}

	public void setTrusted(List<String> trusted) {
		this.trusted = trusted;
	}

	public Duration getTimeout() {
		return this.timeout;
	}

	public void setTimeout(Duration timeout) {
		this.timeout = timeout;
	}

	/**
	 * Create settings from these properties.
	 * @return the settings
	 * @throws InvalidSettingException if a network is not well-formed, there is none, or
	 * the time is not allowed
	 */
	ProxyProtocolSettings toSettings() {
		for (int index = 0; index < this.trusted.size(); index++) {
			requireNetwork(index);
		}
		return new ProxyProtocolSettings(this.mode, this.trusted, this.timeout);
	}

	/**
	 * Check one network by itself, so that its place is known.
	 */
	private void requireNetwork(int index) {
		String network = this.trusted.get(index);
		try {
			new ProxyProtocolSettings(ProxyProtocolMode.OFF, List.of(network), ProxyProtocolSettings.DEFAULT_TIMEOUT);
		}
		catch (InvalidSettingException ex) {
			throw new InvalidSettingException(TRUSTED + "[" + index + "]", network, ex.expected());
		}
	}

}

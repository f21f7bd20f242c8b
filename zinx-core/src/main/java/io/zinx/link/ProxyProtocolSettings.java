package io.zinx.link;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.zinx.InvalidSettingException;

/**
 * The settings of the PROXY protocol, versions 1 and 2.
 */
public final class ProxyProtocolSettings {

	/** The default time limit of a header, five seconds. */
	public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(5);

	/**
	 * The networks that are trusted by default: loopback, and the private ranges of IPv4
	 * and IPv6.
	 */
	public static final List<String> DEFAULT_TRUSTED = List.of("127.0.0.0/8", "::1/128", "10.0.0.0/8", "172.16.0.0/12",
			"192.168.0.0/16", "fc00::/7");

	/** The default settings: no header is read. */
	public static final ProxyProtocolSettings OFF = new ProxyProtocolSettings(ProxyProtocolMode.OFF, DEFAULT_TRUSTED,
			DEFAULT_TIMEOUT);

	private final ProxyProtocolMode mode;

	private final List<String> trusted;

	private final Duration timeout;

	private final List<IpSubnetFilterRule> networks;

	/**
	 * Create settings.
	 * @param mode the mode
	 * @param trusted the networks whose headers are believed, each as an address, or as
	 * an address and the number of its fixed bits ({@code 10.0.0.0/8}); the header of
	 * another peer closes it. Peers on a Unix domain socket are always trusted
	 * @param timeout the time limit of a header, more than zero
	 * @throws InvalidSettingException if a network is not well-formed, there is none
	 * although headers are read, or the limit is not more than zero
	 */
	public ProxyProtocolSettings(ProxyProtocolMode mode, List<String> trusted, Duration timeout) {
		this.mode = Objects.requireNonNull(mode, "mode");
		this.trusted = List.copyOf(trusted);
		this.timeout = Objects.requireNonNull(timeout, "timeout");
		InvalidSettingException.requirePositive("proxy-protocol.timeout", timeout);
		if (mode != ProxyProtocolMode.OFF && this.trusted.isEmpty()) {
			throw new InvalidSettingException("proxy-protocol.trusted", null,
					"the networks of the load balancers, for example 10.0.0.0/8");
		}
		this.networks = this.trusted.stream().map(ProxyProtocolSettings::network).toList();
	}

	private static IpSubnetFilterRule network(String text) {
		String network = text.strip();
		String bits = network.contains(":") ? "/128" : "/32";
		try {
			return new IpSubnetFilterRule(network.contains("/") ? network : network + bits, IpFilterRuleType.ACCEPT);
		}
		catch (RuntimeException ex) {
			throw new InvalidSettingException("proxy-protocol.trusted", "'" + text + "'",
					"networks such as 10.0.0.0/8, 192.0.2.7 or fc00::/7");
		}
	}

	/**
	 * The mode.
	 * @return the mode
	 */
	public ProxyProtocolMode mode() {
		return this.mode;
	}

	/**
	 * The networks whose headers are believed.
	 * @return the networks, as they were given
	 */
	public List<String> trusted() {
		return this.trusted;
	}

	/**
	 * The time limit of a header.
	 * @return more than zero
	 */
	public Duration timeout() {
		return this.timeout;
	}

	/**
	 * Return whether headers of a peer are believed. Any thread.
	 * @param peer the address at the other end of the socket
	 * @return whether it belongs to a trusted network, or is on this machine
	 */
	public boolean trusts(SocketAddress peer) {
		if (!(peer instanceof InetSocketAddress address)) {
			return true;
		}
		for (IpSubnetFilterRule network : this.networks) {
			if (network.matches(address)) {
				return true;
			}
		}
		return false;
	}

}

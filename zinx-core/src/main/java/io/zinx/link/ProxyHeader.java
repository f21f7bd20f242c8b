package io.zinx.link;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * The header of the PROXY protocol that a load balancer has sent in front of the bytes of
 * a client. Its numbers and formats are those of
 * <a href="https://www.haproxy.org/download/3.0/doc/proxy-protocol.txt">the protocol's
 * specification</a>. Immutable.
 */
public final class ProxyHeader {

	private static final int AUTHORITY = 0x02;

	private static final int UNIQUE_ID = 0x05;

	private static final int GCP = 0xE0;

	private static final int AWS = 0xEA;

	private static final int AWS_VPC_ENDPOINT = 1;

	private final int version;

	private final SocketAddress proxyAddress;

	private final @Nullable InetSocketAddress clientAddress;

	private final @Nullable InetSocketAddress destinationAddress;

	private final Map<Integer, byte[]> values;

	ProxyHeader(int version, SocketAddress proxyAddress, @Nullable InetSocketAddress clientAddress,
			@Nullable InetSocketAddress destinationAddress, Map<Integer, byte[]> values) {
		this.version = version;
		this.proxyAddress = proxyAddress;
		this.clientAddress = clientAddress;
		this.destinationAddress = destinationAddress;
		this.values = new TreeMap<>(values);
	}

	/**
	 * The version of the protocol.
	 * @return 1 (a line of text) or 2 (binary)
	 */
	public int version() {
		return this.version;
	}

	/**
	 * The address of the load balancer, from which the socket comes.
	 * @return the address
	 */
	public SocketAddress proxyAddress() {
		return this.proxyAddress;
	}

	/**
	 * The address of the client, as the load balancer sees it.
	 * @return the address; {@code null} if the load balancer speaks for itself, as in a
	 * health check, or does not know it
	 */
	public @Nullable InetSocketAddress clientAddress() {
		return this.clientAddress;
	}

	/**
	 * The address that the client has connected to.
	 * @return the address; {@code null} if {@link #clientAddress()} is
	 */
	public @Nullable InetSocketAddress destinationAddress() {
		return this.destinationAddress;
	}

	/**
	 * A value by the number of its type. Version 2 only.
	 * @param type the type of the value (TLV), 0 to 255
	 * @return a copy of its bytes, of the last one if there are several; empty if there
	 * is none
	 */
	public Optional<byte[]> value(int type) {
		return Optional.ofNullable(this.values.get(type)).map(byte[]::clone);
	}

	/**
	 * The host name that the client has asked for, if the load balancer has ended TLS.
	 * @return the name; empty if it was not sent
	 */
	public Optional<String> serverName() {
		return value(AUTHORITY).map((name) -> new String(name, StandardCharsets.UTF_8));
	}

	/**
	 * The number that the load balancer has given the connection.
	 * @return its bytes, whose meaning is the load balancer's; empty if it was not sent
	 */
	public Optional<byte[]> uniqueId() {
		return value(UNIQUE_ID);
	}

	/**
	 * The VPC endpoint through which the client has come, with load balancers of Amazon.
	 * @return its name; empty if it was not sent
	 */
	public Optional<String> awsVpcEndpointId() {
		return value(AWS).filter((value) -> value.length > 1 && value[0] == AWS_VPC_ENDPOINT)
			.map((value) -> new String(value, 1, value.length - 1, StandardCharsets.UTF_8));
	}

	/**
	 * The Private Service Connect connection through which the client has come, with load
	 * balancers of Google.
	 * @return its number, which is unsigned; empty if it was not sent
	 */
	public Optional<Long> gcpConnectionId() {
		return value(GCP).filter((value) -> value.length == Long.BYTES)
			.map((value) -> ByteBuffer.wrap(value).getLong());
	}

	@Override
	public String toString() {
		return "PROXY version " + this.version + " from " + this.proxyAddress + " for "
				+ ((this.clientAddress != null) ? this.clientAddress : "itself");
	}

}

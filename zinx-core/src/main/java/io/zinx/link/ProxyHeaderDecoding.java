package io.zinx.link;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.TreeMap;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelInboundHandler;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import io.netty.handler.codec.haproxy.HAProxyProtocolVersion;
import io.netty.handler.codec.haproxy.HAProxyTLV;
import io.netty.util.NetUtil;
import org.jspecify.annotations.Nullable;

/**
 * The step from the bytes of a header to a {@link ProxyHeader}, by Netty's decoder; a
 * class of its own because its library is optional.
 */
final class ProxyHeaderDecoding {

	private ProxyHeaderDecoding() {
	}

	/**
	 * Create the handler that reads one header and removes itself behind it.
	 */
	static ChannelInboundHandler newDecoder() {
		return new HAProxyMessageDecoder();
	}

	/**
	 * Convert what the handler has read, which is released.
	 * @param message the message of the handler
	 * @param proxy the address at the other end of the socket
	 */
	static ProxyHeader read(Object message, SocketAddress proxy) {
		HAProxyMessage header = (HAProxyMessage) message;
		try {
			int version = (header.protocolVersion() == HAProxyProtocolVersion.V1) ? 1 : 2;
			return new ProxyHeader(version, proxy, address(header.sourceAddress(), header.sourcePort()),
					address(header.destinationAddress(), header.destinationPort()), values(header));
		}
		finally {
			header.release();
		}
	}

	private static @Nullable InetSocketAddress address(@Nullable String text, int port) {
		byte[] address = (text != null) ? NetUtil.createByteArrayFromIpAddressString(text) : null;
		if (address == null) {
			return null;
		}
		try {
			return new InetSocketAddress(InetAddress.getByAddress(address), port);
		}
		catch (UnknownHostException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Map<Integer, byte[]> values(HAProxyMessage header) {
		Map<Integer, byte[]> values = new TreeMap<>();
		for (HAProxyTLV value : header.tlvs()) {
			values.put(value.typeByteValue() & 0xFF, ByteBufUtil.getBytes(value.content()));
		}
		return values;
	}

}

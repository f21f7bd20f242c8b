package io.zinx.link;

import java.net.SocketAddress;

import javax.net.ssl.SSLSession;

import io.netty.channel.Channel;
import io.zinx.metrics.ConnectionTransport;
import org.jspecify.annotations.Nullable;

/**
 * The link of one client that may begin with more than messages. Event loop only, except
 * where another thread is named.
 */
final class ClientLink implements Link {

	/** The handshake, later the connection. */
	private LinkListener owner;

	private volatile @Nullable ProxyHeader proxyHeader;

	private volatile @Nullable SSLSession tlsSession;

	private @Nullable TlsHandler tls;

	private boolean holdsFirstBytes;

	ClientLink(PendingHandshake handshake) {
		this.owner = handshake;
	}

	LinkListener owner() {
		return this.owner;
	}

	/**
	 * Record whether bytes were read that have not decided yet what they begin.
	 */
	void holdsFirstBytes(boolean held) {
		this.holdsFirstBytes = held;
	}

	void proxyHeader(ProxyHeader header) {
		this.proxyHeader = header;
	}

	void tls(TlsHandler tls) {
		this.tls = tls;
	}

	void tlsSession(SSLSession session) {
		this.tlsSession = session;
	}

	@Override
	public SocketAddress remoteAddress(Channel channel) {
		ProxyHeader header = this.proxyHeader;
		SocketAddress named = (header != null) ? header.clientAddress() : null;
		return (named != null) ? named : Link.super.remoteAddress(channel);
	}

	@Override
	public ConnectionTransport transport(Channel channel) {
		return (this.tlsSession != null) ? ConnectionTransport.TLS : Link.super.transport(channel);
	}

	@Override
	public @Nullable ProxyHeader proxyHeader() {
		return this.proxyHeader;
	}

	@Override
	public @Nullable SSLSession tlsSession() {
		return this.tlsSession;
	}

	@Override
	public void connected(LinkListener connection) {
		this.owner = connection;
	}

	@Override
	public boolean isMidRecord() {
		TlsHandler tls = this.tls;
		return this.holdsFirstBytes || (tls != null && tls.isMidRecord());
	}

	@Override
	public void closeOutput(Channel channel) {
		TlsHandler tls = this.tls;
		if (tls == null) {
			Link.super.closeOutput(channel);
			return;
		}
		tls.closeOutbound().addListener((said) -> Link.super.closeOutput(channel));
	}

}

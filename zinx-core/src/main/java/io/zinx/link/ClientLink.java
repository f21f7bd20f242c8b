package io.zinx.link;

import java.net.SocketAddress;

import javax.net.ssl.SSLSession;

import io.netty.channel.Channel;
import io.zinx.authentication.Authentication;
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

	private volatile @Nullable WebSocketHandshake webSocket;

	private @Nullable WebSocketHandler frames;

	private @Nullable WebSocketClose rejection;

	private volatile @Nullable Authentication authentication;

	private boolean holdsFirstBytes;

	/** The number of bytes that were reported as held. */
	private int held;

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

	/**
	 * The application has admitted the client.
	 */
	void authentication(Authentication authentication) {
		this.authentication = authentication;
	}

	/**
	 * The client exchanges WebSocket messages from now on.
	 * @param handshake its request
	 * @param frames the handler of its frames
	 */
	void webSocket(WebSocketHandshake handshake, WebSocketHandler frames) {
		this.webSocket = handshake;
		this.frames = frames;
	}

	/**
	 * The last frame to the client, before its channel is closed.
	 */
	WebSocketClose webSocketClose() {
		WebSocketClose rejection = this.rejection;
		return (rejection != null) ? rejection : this.owner.webSocketClose();
	}

	@Override
	public SocketAddress remoteAddress(Channel channel) {
		ProxyHeader header = this.proxyHeader;
		SocketAddress named = (header != null) ? header.clientAddress() : null;
		return (named != null) ? named : Link.super.remoteAddress(channel);
	}

	@Override
	public ConnectionTransport transport(Channel channel) {
		boolean encrypted = this.tlsSession != null;
		if (this.webSocket != null) {
			return encrypted ? ConnectionTransport.WSS : ConnectionTransport.WS;
		}
		return encrypted ? ConnectionTransport.TLS : Link.super.transport(channel);
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
	public @Nullable WebSocketHandshake webSocket() {
		return this.webSocket;
	}

	@Override
	public @Nullable Authentication authentication() {
		return this.authentication;
	}

	@Override
	public void rejected(WebSocketClose close) {
		this.rejection = close;
	}

	@Override
	public void connected(LinkListener connection) {
		this.owner = connection;
		this.held = 0;
	}

	@Override
	public void traced(boolean traced) {
		if (this.frames != null) {
			this.frames.traced(traced);
		}
	}

	/**
	 * Report how many bytes are held whose rest is awaited, if that has changed. After
	 * each read.
	 */
	void reportHeld() {
		TlsHandler tls = this.tls;
		WebSocketHandler frames = this.frames;
		int now = ((tls != null) ? tls.held() : 0) + ((frames != null) ? frames.held() : 0);
		if (now != this.held) {
			this.held = now;
			this.owner.linkHolds(now);
		}
	}

	@Override
	public boolean isMidRecord() {
		TlsHandler tls = this.tls;
		WebSocketHandler frames = this.frames;
		return this.holdsFirstBytes || (tls != null && tls.isMidRecord()) || (frames != null && frames.isMidFrame());
	}

	@Override
	public void closeOutput(Channel channel) {
		WebSocketHandler frames = this.frames;
		if (frames != null) {
			frames.sayClose().addListener((said) -> closeStream(channel));
		}
		else {
			closeStream(channel);
		}
	}

	private void closeStream(Channel channel) {
		TlsHandler tls = this.tls;
		if (tls == null) {
			Link.super.closeOutput(channel);
			return;
		}
		tls.closeOutbound().addListener((said) -> Link.super.closeOutput(channel));
	}

}

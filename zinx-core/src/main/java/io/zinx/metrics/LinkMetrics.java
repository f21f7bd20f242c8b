package io.zinx.metrics;

/**
 * The counters of what lies between socket and messages: transports, TLS handshakes,
 * headers of the PROXY protocol, requests for WebSocket and questions to the application.
 * Any thread.
 */
public final class LinkMetrics {

	private final EnumCounters<HandshakeResult> handshakes = new EnumCounters<>(HandshakeResult.class);

	private final EnumCounters<ProxyHeaderResult> proxyHeaders = new EnumCounters<>(ProxyHeaderResult.class);

	private final EnumCounters<UpgradeResult> upgrades = new EnumCounters<>(UpgradeResult.class);

	private final EnumCounters<AuthenticationOutcome> authentications = new EnumCounters<>(AuthenticationOutcome.class);

	private final EnumCounters<ConnectionTransport> accepted = new EnumCounters<>(ConnectionTransport.class);

	private final EnumCounters<ConnectionTransport> open = new EnumCounters<>(ConnectionTransport.class);

	/**
	 * Count a TLS handshake that is over.
	 * @param result how it has ended
	 */
	public void countHandshake(HandshakeResult result) {
		this.handshakes.add(result, 1);
	}

	/**
	 * Count a header of the PROXY protocol that was read, or awaited and is not.
	 * @param result how it has ended
	 */
	public void countProxyHeader(ProxyHeaderResult result) {
		this.proxyHeaders.add(result, 1);
	}

	/**
	 * Count a request that could begin a WebSocket connection.
	 * @param result how it has ended
	 */
	public void countUpgrade(UpgradeResult result) {
		this.upgrades.add(result, 1);
	}

	/**
	 * Count a question to the application whether a client may connect.
	 * @param outcome its outcome
	 */
	public void countAuthentication(AuthenticationOutcome outcome) {
		this.authentications.add(outcome, 1);
	}

	/**
	 * Count an admitted connection.
	 * @param transport its transport
	 */
	public void countAccepted(ConnectionTransport transport) {
		this.accepted.add(transport, 1);
		this.open.add(transport, 1);
	}

	/**
	 * Count a connection that has ended.
	 * @param transport its transport
	 */
	public void countEnded(ConnectionTransport transport) {
		this.open.add(transport, -1);
	}

	/**
	 * An open connection has begun TLS, or WebSocket messages. It stays counted as
	 * admitted over its first transport.
	 * @param before the transport before
	 * @param now the transport from now on
	 */
	public void changed(ConnectionTransport before, ConnectionTransport now) {
		this.open.add(before, -1);
		this.open.add(now, 1);
	}

	/**
	 * TLS handshakes that have ended in one way.
	 * @param result how
	 * @return 0 or more
	 */
	public long handshakes(HandshakeResult result) {
		return this.handshakes.sum(result);
	}

	/**
	 * Headers of the PROXY protocol that were read, or awaited and are not.
	 * @param result how they have ended
	 * @return 0 or more
	 */
	public long proxyHeaders(ProxyHeaderResult result) {
		return this.proxyHeaders.sum(result);
	}

	/**
	 * Requests that could begin a WebSocket connection.
	 * @param result how they have ended
	 * @return 0 or more
	 */
	public long upgrades(UpgradeResult result) {
		return this.upgrades.sum(result);
	}

	/**
	 * Questions to the application whether a client may connect.
	 * @param outcome their outcome
	 * @return 0 or more
	 */
	public long authentications(AuthenticationOutcome outcome) {
		return this.authentications.sum(outcome);
	}

	/**
	 * Connections admitted over one transport.
	 * @param transport the transport
	 * @return 0 or more
	 */
	public long accepted(ConnectionTransport transport) {
		return this.accepted.sum(transport);
	}

	/**
	 * Connections that are open now, by transport.
	 * @param transport the transport
	 * @return 0 or more
	 */
	public long open(ConnectionTransport transport) {
		return Math.max(0, this.open.sum(transport));
	}

	long acceptedInAll() {
		long sum = 0;
		for (ConnectionTransport transport : ConnectionTransport.values()) {
			sum += accepted(transport);
		}
		return sum;
	}

}

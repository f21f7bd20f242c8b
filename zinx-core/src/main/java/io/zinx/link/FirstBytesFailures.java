package io.zinx.link;

import java.nio.channels.ClosedChannelException;

import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import io.zinx.metrics.HandshakeResult;
import io.zinx.metrics.ProxyHeaderResult;
import io.zinx.metrics.UpgradeResult;

/**
 * The counts and log lines of one client whose first bytes never decide. Event loop only.
 */
final class FirstBytesFailures {

	private final LinkContext context;

	private final ProtocolChoice choice;

	private final ClientLink link;

	FirstBytesFailures(LinkContext context, ProtocolChoice choice, ClientLink link) {
		this.context = context;
		this.choice = choice;
		this.link = link;
	}

	/**
	 * The client has sent nothing in time where messages are not possible, or an
	 * authenticator has to know first how it connects.
	 */
	void silent(Channel channel) {
		if (this.choice.tls() != null) {
			this.context.handshakes()
				.failed(this.link.owner(), HandshakeResult.TIMEOUT,
						new SslHandshakeTimeoutException("nothing was sent"));
		}
		else if (this.choice.allowsHttp()) {
			String limit = this.choice.allowsMessages() ? "authentication.timeout" : "websocket.upgrade-timeout";
			this.context.upgrades()
				.failed(channel, UpgradeResult.TIMEOUT, "it sent nothing in time (zinx." + limit + ")");
		}
		else {
			this.context.proxyHeaders().failed(channel, ProxyHeaderResult.TIMEOUT, "");
		}
	}

	/**
	 * The client was closed, by itself or by this side.
	 * @param ofHeader whether a header of the PROXY protocol was required or begun
	 * @param undecided whether the client might have begun with a message
	 */
	void aborted(Channel channel, boolean ofHeader, boolean undecided) {
		HandshakeResult result = this.link.owner().resultOfClose();
		if (ofHeader) {
			this.context.proxyHeaders()
				.failed(channel,
						(result == HandshakeResult.DISPLACED) ? ProxyHeaderResult.DISPLACED : ProxyHeaderResult.ABORTED,
						"");
		}
		else if (this.choice.tls() != null) {
			this.context.handshakes().failed(this.link.owner(), result, new ClosedChannelException());
		}
		else if (!undecided) {
			this.context.upgrades().aborted(channel, result);
		}
	}

}

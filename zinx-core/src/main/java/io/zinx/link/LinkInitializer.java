package io.zinx.link;

import java.util.function.Consumer;

import io.netty.channel.Channel;

/**
 * The begin of the link of each channel that was accepted at one place: adds the handlers
 * in front of the later stages.
 *
 * <pre>
 *   "zinx-proxy"         Netty's decoder, while a header of the PROXY protocol is read
 *   "zinx-first-bytes"   until the first bytes have decided
 *   "zinx-tls"           with TLS: Netty's SniHandler until the client has named the
 *                        server, if names matter, then TlsHandler
 *   "zinx-tls-gate"      with TLS
 *   "zinx-first-bytes"   with TLS and WebSocket, until the first bytes inside TLS have
 *                        decided
 *   "zinx-upgrade"       while an HTTP request is read and answered, behind Netty's
 *                        decoder and encoder
 *   "zinx-authentication"  without WebSocket, until the application has decided about
 *                        the client
 *   "zinx-inflate"       with compression, behind Netty's decoder and encoder of frames
 *   "zinx-deflate"       with compression, Netty's handler
 *   "zinx-messages"      with compression
 *   "zinx-websocket"     with WebSocket, behind Netty's decoder and encoder of frames
 * </pre>
 */
public final class LinkInitializer {

	private final LinkContext context;

	private final ProtocolChoice choice;

	LinkInitializer(LinkContext context, ProtocolChoice choice) {
		this.context = context;
		this.choice = choice;
	}

	/**
	 * Begin the link of a client. Event loop only, before anything is read.
	 * @param channel the channel
	 * @param handshake the handshake
	 * @param laterStages called on the event loop when the client may send messages; adds
	 * the later handlers
	 */
	public void begin(Channel channel, PendingHandshake handshake, Consumer<Channel> laterStages) {
		ClientLink link = new ClientLink(handshake);
		channel.attr(Link.KEY).set(link);
		Admission admission = new Admission(this.context, link, handshake, laterStages);
		if (this.choice.isPlain()) {
			admission.admit(channel);
			return;
		}
		ProtocolDetector detector = new ProtocolDetector(this.context, this.choice, link, admission);
		if (this.choice.isOnlyTls()) {
			this.context.addTls(channel.pipeline(), null, link, admission, detector.insideTls());
			return;
		}
		channel.pipeline().addLast(ProtocolDetector.NAME, detector);
	}

	LinkContext context() {
		return this.context;
	}

}

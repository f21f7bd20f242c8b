package io.zinx.link;

import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaders;
import io.zinx.authentication.Authentication;
import io.zinx.authentication.AuthenticationResult;
import io.zinx.authentication.AuthenticatorCall;
import io.zinx.authentication.AuthenticatorCalls;
import io.zinx.authentication.ConnectionRequest;
import io.zinx.metrics.ConnectionTransport;
import org.jspecify.annotations.Nullable;

/**
 * The question to the application whether one client may connect. Event loop only.
 */
final class ClientAuthentication {

	private final AuthenticatorCalls calls;

	private final ClientLink link;

	private final Channel channel;

	private @Nullable AuthenticatorCall call;

	ClientAuthentication(AuthenticatorCalls calls, ClientLink link, Channel channel) {
		this.calls = calls;
		this.link = link;
		this.channel = channel;
	}

	/**
	 * Ask.
	 * @param handshake the client's request for WebSocket; {@code null} for none
	 * @param headers the header fields of that request
	 * @param admitted called later if it may connect
	 * @param refused called later if it may not
	 */
	void ask(@Nullable WebSocketHandshake handshake, @Nullable HttpHeaders headers, Runnable admitted,
			Consumer<AuthenticationResult.Refused> refused) {
		ConnectionRequest request = (handshake != null && headers != null) ? request(handshake, headers) : request();
		this.call = this.calls.ask(request, this.channel.eventLoop(), (result) -> {
			if (result instanceof AuthenticationResult.Refused why) {
				refused.accept(why);
			}
			else {
				Principal principal = ((AuthenticationResult.Admitted) result).principal();
				this.link.authentication(new Authentication(principal, request));
				admitted.run();
			}
		});
	}

	private ConnectionRequest request() {
		return new ConnectionRequest(this.link.remoteAddress(this.channel), this.link.transport(this.channel),
				this.link.tlsSession(), null, null, Map.of());
	}

	private ConnectionRequest request(WebSocketHandshake handshake, HttpHeaders headers) {
		Map<String, List<String>> all = new TreeMap<>();
		headers.names().forEach((name) -> all.put(name, headers.getAll(name)));
		ConnectionTransport transport = (this.link.tlsSession() != null) ? ConnectionTransport.WSS
				: ConnectionTransport.WS;
		return new ConnectionRequest(this.link.remoteAddress(this.channel), transport, this.link.tlsSession(),
				handshake.path(), handshake.query(), all);
	}

	/**
	 * The client is gone.
	 */
	void withdraw() {
		if (this.call != null) {
			this.call.withdraw();
		}
	}

}

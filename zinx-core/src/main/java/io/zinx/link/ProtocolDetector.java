package io.zinx.link;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandler;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.DecoderException;
import io.netty.util.ReferenceCountUtil;
import io.zinx.authentication.AuthenticatorCalls;
import io.zinx.link.FirstBytes.Match;
import io.zinx.link.FirstBytes.Protocol;
import io.zinx.metrics.ProxyHeaderResult;
import org.jspecify.annotations.Nullable;

/**
 * The handler that waits for the first bytes of a client, decides by them what is between
 * the socket and the messages, and removes itself. Event loop only.
 *
 * <pre>
 *   FIRST --- header ---> HEADER --- address read ---> BEHIND_HEADER
 *     |                     |                            |
 *     |              not well-formed,                    |
 *     |               not in time                        |
 *     |                     v                            |
 *     +---- refused ----> OVER <-- TLS, HTTP, messages --+
 *     |                     ^
 *     +- TLS, HTTP, messages
 * </pre>
 *
 * A client that may begin with a message, and sends nothing for the sniff timeout, may be
 * one that waits for the server: its connection begins, and the decision is open until
 * the server sends a byte.
 */
final class ProtocolDetector extends ChannelDuplexHandler {

	static final String NAME = "zinx-first-bytes";

	private static final String DECODER_NAME = "zinx-proxy";

	private final LinkContext context;

	private final LinkSettings settings;

	private final ProtocolChoice choice;

	private final ClientLink link;

	private final Admission admission;

	private final FirstBytesFailures failures;

	private State state = State.FIRST;

	/** True if the client was admitted before its first bytes. */
	private boolean admitted;

	/** True if the server has sent something, which only plain text allows. */
	private boolean written;

	private @Nullable ByteBuf held;

	private @Nullable Future<?> timer;

	/**
	 * Create a detector.
	 * @param context the objects that links share
	 * @param choice the protocols that the client may begin with
	 * @param link the link of the client
	 * @param admission the admission of the client
	 */
	ProtocolDetector(LinkContext context, ProtocolChoice choice, ClientLink link, Admission admission) {
		this.context = context;
		this.settings = context.settings();
		this.choice = choice;
		this.link = link;
		this.admission = admission;
		this.failures = new FirstBytesFailures(context, choice, link);
	}

	/**
	 * Create the detector for what is inside TLS.
	 * @return the detector; {@code null} if that can only be messages
	 */
	@Nullable ProtocolDetector insideTls() {
		ProtocolChoice inside = this.choice.insideTls();
		if (inside.isPlain()) {
			return null;
		}
		ProtocolDetector next = new ProtocolDetector(this.context, inside, this.link, this.admission);
		next.admitted = this.admitted;
		return next;
	}

	@Override
	public boolean isSharable() {
		return false;
	}

	@Override
	public void channelActive(ChannelHandlerContext ctx) {
		expireAfter(ctx, timeout());
		ctx.read();
	}

	private Duration timeout() {
		AuthenticatorCalls authenticator = this.context.authenticator();
		return (authenticator != null && mayBeMessages()) ? authenticator.settings().timeout()
				: this.choice.timeout(this.settings, awaitsHeader());
	}

	private boolean requiresHeader() {
		return this.choice.proxy() == ProxyProtocolMode.REQUIRED;
	}

	private void expireAfter(ChannelHandlerContext ctx, Duration timeout) {
		cancelTimer();
		if (!timeout.isZero()) {
			this.timer = ctx.executor().schedule(() -> expire(ctx), timeout.toNanos(), TimeUnit.NANOSECONDS);
		}
	}

	private void cancelTimer() {
		if (this.timer != null) {
			this.timer.cancel(false);
			this.timer = null;
		}
	}

	private void expire(ChannelHandlerContext ctx) {
		if (awaitsHeader()) {
			refuse(ctx, ProxyHeaderResult.TIMEOUT, "");
		}
		else if (mayBeMessages() && this.context.authenticator() == null) {
			this.admitted = true;
			if (this.admission.admit(ctx.channel())) {
				ctx.fireChannelActive();
			}
		}
		else {
			this.failures.silent(ctx.channel());
			close();
		}
	}

	/**
	 * True if the client is to be closed unless a complete header arrives.
	 */
	private boolean awaitsHeader() {
		return this.state == State.HEADER || (this.state == State.FIRST && requiresHeader());
	}

	private boolean mayBeMessages() {
		return !awaitsHeader() && this.choice.allowsMessages();
	}

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object message) {
		if (!(message instanceof ByteBuf read)) {
			headerRead(ctx, ProxyHeaderDecoding.read(message, Link.PLAIN.remoteAddress(ctx.channel())));
		}
		else if (this.state == State.OVER) {
			read.release();
		}
		else {
			ByteBuf before = this.held;
			this.held = (before != null) ? ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(ctx.alloc(), before, read)
					: read;
			this.link.holdsFirstBytes(true);
			decide(ctx, this.held);
		}
	}

	@Override
	public void channelReadComplete(ChannelHandlerContext ctx) {
		if (this.admitted) {
			ctx.fireChannelReadComplete();
		}
		else {
			ctx.read();
		}
	}

	private void decide(ChannelHandlerContext ctx, ByteBuf bytes) {
		boolean proxy = this.state == State.FIRST && this.choice.proxy() != ProxyProtocolMode.OFF;
		Protocol protocol = this.written ? Protocol.MESSAGES
				: FirstBytes.decide(bytes, proxy, this.choice.tls() != null, this.choice.allowsHttp());
		if (protocol == Protocol.PROXY) {
			beginHeader(ctx, bytes);
		}
		else if (protocol != null && awaitsHeader()) {
			refuse(ctx, ProxyHeaderResult.MISSING, "");
		}
		else if (protocol == Protocol.TLS || (protocol != null && this.choice.tls() == TlsMode.REQUIRED)) {
			beginTls(ctx);
		}
		else if (protocol == Protocol.HTTP || (protocol != null && !mayBeMessages())) {
			beginHttp(ctx);
		}
		else if (protocol != null) {
			beginMessages(ctx);
		}
	}

	private void beginHeader(ChannelHandlerContext ctx, ByteBuf bytes) {
		Match shortEnough = FirstBytes.isShortEnough(bytes);
		if (!this.context.proxyHeaders().settings().trusts(Link.PLAIN.remoteAddress(ctx.channel()))) {
			refuse(ctx, ProxyHeaderResult.UNTRUSTED, "");
		}
		else if (shortEnough == Match.NO) {
			refuse(ctx, ProxyHeaderResult.TOO_LONG, "");
		}
		else if (shortEnough == Match.YES) {
			this.state = State.HEADER;
			expireAfter(ctx, this.settings.proxyProtocol().timeout());
			ctx.pipeline().addBefore(NAME, DECODER_NAME, ProxyHeaderDecoding.newDecoder());
			ChannelHandlerContext decoder = ctx.pipeline().context(DECODER_NAME);
			try {
				((ChannelInboundHandler) decoder.handler()).channelRead(decoder, release());
			}
			catch (Exception ex) {
				exceptionCaught(ctx, ex);
			}
		}
	}

	private void headerRead(ChannelHandlerContext ctx, ProxyHeader header) {
		if (this.state != State.HEADER) {
			return;
		}
		this.state = State.BEHIND_HEADER;
		this.link.proxyHeader(header);
		this.context.proxyHeaders().succeeded(header);
		if (this.choice.isPlainBehindHeader() || this.written) {
			beginMessages(ctx);
		}
		else if (this.choice.tls() == TlsMode.REQUIRED) {
			beginTls(ctx);
		}
		else if (!this.admitted) {
			expireAfter(ctx, timeout());
		}
	}

	private void beginTls(ChannelHandlerContext ctx) {
		this.context.addTls(ctx.pipeline(), ctx.name(), this.link, this.admitted ? null : this.admission, insideTls());
		end(ctx);
	}

	private void beginHttp(ChannelHandlerContext ctx) {
		this.context.addHttp(ctx.pipeline(), ctx.name(),
				new UpgradeHandler(this.context, this.link, this.admitted ? null : this.admission));
		end(ctx);
	}

	private void beginMessages(ChannelHandlerContext ctx) {
		if (this.admitted) {
			end(ctx);
		}
		else if (this.admission.admit(ctx.channel())) {
			ByteBuf first = over();
			ctx.pipeline().remove(this);
			ctx.fireChannelActive();
			passOn(ctx, first);
		}
		else {
			discard();
		}
	}

	/**
	 * Pass on what was read, and leave the pipeline.
	 */
	private void end(ChannelHandlerContext ctx) {
		ByteBuf first = over();
		ctx.pipeline().remove(this);
		passOn(ctx, first);
	}

	private static void passOn(ChannelHandlerContext ctx, @Nullable ByteBuf first) {
		if (first != null) {
			ctx.fireChannelRead(first);
		}
	}

	private void discard() {
		ReferenceCountUtil.release(over());
	}

	private @Nullable ByteBuf over() {
		this.state = State.OVER;
		cancelTimer();
		return release();
	}

	private @Nullable ByteBuf release() {
		ByteBuf bytes = this.held;
		this.held = null;
		this.link.holdsFirstBytes(false);
		return bytes;
	}

	private void refuse(ChannelHandlerContext ctx, ProxyHeaderResult result, String cause) {
		this.context.proxyHeaders().failed(ctx.channel(), result, cause);
		close();
	}

	private void close() {
		discard();
		this.link.owner().linkFailed();
	}

	/**
	 * The server sends a byte: what the client sends is messages, except for a header.
	 */
	@Override
	public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
		this.written = true;
		if (this.state == State.FIRST || this.state == State.BEHIND_HEADER) {
			beginMessages(ctx);
		}
		ctx.write(message, promise);
	}

	@Override
	public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
		if (event instanceof ChannelInputShutdownEvent && this.state != State.OVER) {
			inputEnded(ctx);
		}
		ctx.fireUserEventTriggered(event);
	}

	private void inputEnded(ChannelHandlerContext ctx) {
		if (mayBeMessages()) {
			beginMessages(ctx);
		}
		else {
			ctx.close();
		}
	}

	@Override
	public void channelInactive(ChannelHandlerContext ctx) {
		if (this.state == State.OVER) {
			ctx.fireChannelInactive();
		}
		else if (this.admitted) {
			end(ctx);
			ctx.fireChannelInactive();
		}
		else {
			abort(ctx);
		}
	}

	private void abort(ChannelHandlerContext ctx) {
		boolean ofHeader = awaitsHeader();
		boolean undecided = mayBeMessages();
		discard();
		this.failures.aborted(ctx.channel(), ofHeader, undecided);
	}

	/**
	 * Refuse a header that is not well-formed. Netty's decoder may report it once more
	 * when the channel is closed.
	 */
	@Override
	public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
		if (this.state == State.OVER) {
			ctx.close();
		}
		else if (this.state == State.HEADER && cause instanceof DecoderException) {
			refuse(ctx, ProxyHeaderResult.MALFORMED, String.valueOf(cause.getMessage()));
		}
		else if (this.admitted) {
			ctx.fireExceptionCaught(cause);
		}
		else {
			ctx.close();
		}
	}

	/**
	 * The states of a detector, see there.
	 */
	private enum State {

		FIRST, HEADER, BEHIND_HEADER, OVER

	}

}

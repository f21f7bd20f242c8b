package io.zinx.link;

import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.zinx.eventloop.ChannelInternals;
import io.zinx.metrics.ConnectionTransport;
import io.zinx.metrics.UpgradeResult;
import org.jspecify.annotations.Nullable;

/**
 * The handler of the HTTP request with which a WebSocket connection begins. Event loop
 * only.
 *
 * <pre>
 *   REQUEST --- fulfils the rules ---> QUESTION --- admitted ---> ANSWER --- written ---> (WebSocketHandler)
 *      |                                  |
 *      | does not, or in no time          | refused by the application
 *      v                                  v
 *   REFUSED <-----------------------------+
 *      |
 *      +--- written, or in no time ---> (closed)
 * </pre>
 */
final class UpgradeHandler extends ChannelDuplexHandler {

	/** The time in which a refused client may read the answer. */
	private static final long REFUSED_MILLIS = 500;

	private final LinkContext context;

	private final WebSocketSettings settings;

	private final UpgradeRules rules;

	private final ClientLink link;

	private final @Nullable Admission admission;

	/** Frames that were read before the answer to the request is written. */
	private final Queue<Object> early = new ArrayDeque<>(0);

	private State state = State.REQUEST;

	private @Nullable HttpRequest request;

	private @Nullable ClientAuthentication question;

	private @Nullable Future<?> timer;

	/**
	 * Create a handler.
	 * @param context the objects that links share
	 * @param link the link of the client
	 * @param admission the client's admission; {@code null} if it has a connection
	 */
	UpgradeHandler(LinkContext context, ClientLink link, @Nullable Admission admission) {
		this.context = context;
		this.settings = Objects.requireNonNull(context.settings().webSocket());
		this.rules = new UpgradeRules(this.settings);
		this.link = link;
		this.admission = admission;
	}

	@Override
	public boolean isSharable() {
		return false;
	}

	@Override
	public void handlerAdded(ChannelHandlerContext ctx) {
		long millis = this.settings.upgradeTimeout().toMillis();
		Runnable expire = () -> end(ctx, UpgradeResult.TIMEOUT,
				"it sent no complete request within " + millis + " ms (zinx.websocket.upgrade-timeout)");
		this.timer = ctx.executor().schedule(expire, millis, TimeUnit.MILLISECONDS);
	}

	private void cancelTimer() {
		if (this.timer != null) {
			this.timer.cancel(false);
			this.timer = null;
		}
	}

	private void end(ChannelHandlerContext ctx, UpgradeResult result, String why) {
		fail(ctx, result, why);
		this.link.owner().linkFailed();
	}

	private void fail(ChannelHandlerContext ctx, UpgradeResult result, String why) {
		this.state = State.REFUSED;
		cancelTimer();
		this.context.upgrades().failed(ctx.channel(), result, why);
	}

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object message) {
		if (this.state == State.ANSWER || this.state == State.QUESTION) {
			this.early.add(message);
			return;
		}
		try {
			if (this.state == State.REQUEST && message instanceof HttpRequest head) {
				this.request = head;
				UpgradeRefusal refusal = this.rules.refusal(head);
				if (refusal != null) {
					refuse(ctx, head, refusal);
				}
			}
			if (this.state == State.REQUEST && message instanceof LastHttpContent) {
				ask(ctx, Objects.requireNonNull(this.request));
			}
		}
		finally {
			ReferenceCountUtil.release(message);
		}
	}

	@Override
	public void channelReadComplete(ChannelHandlerContext ctx) {
		if (this.admission == null) {
			ctx.fireChannelReadComplete();
		}
		else if (this.state == State.REQUEST || this.state == State.REFUSED) {
			ctx.read();
		}
	}

	private void ask(ChannelHandlerContext ctx, HttpRequest request) {
		this.state = State.QUESTION;
		cancelTimer();
		WebSocketCompression compression = this.context.compression(request);
		WebSocketHandshake handshake = this.rules.handshake(request, compression != null);
		this.question = (this.admission != null) ? this.admission.question(ctx.channel()) : null;
		if (this.question == null) {
			answer(ctx, request, handshake, compression);
			return;
		}
		this.question.ask(handshake, request.headers(), () -> answer(ctx, request, handshake, compression),
				(refused) -> refuse(ctx, request, UpgradeRefusal.of(refused)));
	}

	private void answer(ChannelHandlerContext ctx, HttpRequest request, WebSocketHandshake handshake,
			@Nullable WebSocketCompression compression) {
		this.state = State.ANSWER;
		if (!this.link.owner().webSocketBegun(handshake.text())) {
			end(ctx, UpgradeResult.MALFORMED, "its connection has begun without WebSocket");
			return;
		}
		WebSocketDecoder decoder = new WebSocketDecoder(this.settings.maxFrameSize(), compression);
		decoder.handshake(ctx, request, handshake.subprotocol()).addListener((written) -> {
			if (written.isSuccess()) {
				begin(ctx, handshake, decoder);
			}
			else {
				ctx.close();
			}
		});
	}

	private void begin(ChannelHandlerContext ctx, WebSocketHandshake handshake, WebSocketDecoder decoder) {
		Channel channel = ctx.channel();
		WebSocketHandler handler = new WebSocketHandler(this.link::owner, this.link::webSocketClose,
				this.link::reportHeld, decoder, this.settings.pingInterval().toNanos());
		ConnectionTransport before = this.link.transport(channel);
		this.link.webSocket(handshake, handler);
		this.context.upgrades().succeeded(channel, handshake);
		if (this.admission == null) {
			this.context.upgrades().changed(before, this.link.transport(channel));
		}
		channel.pipeline().addAfter(ctx.name(), WebSocketHandler.NAME, handler);
		ChannelHandlerContext next = channel.pipeline().context(WebSocketHandler.NAME);
		channel.pipeline().remove(this);
		if (this.admission != null && this.admission.admit(channel)) {
			next.fireChannelActive();
		}
		for (Object frame = this.early.poll(); frame != null; frame = this.early.poll()) {
			handler.channelRead(next, frame);
		}
	}

	private void refuse(ChannelHandlerContext ctx, HttpRequest request, UpgradeRefusal refusal) {
		fail(ctx, refusal.result(), refusal.text());
		ctx.writeAndFlush(refusal.response(request.method().equals(HttpMethod.HEAD))).addListener((written) -> {
			if (this.admission != null && Link.PLAIN.canHalfClose(ctx.channel())) {
				this.link.closeOutput(ctx.channel());
			}
			else {
				this.link.owner().linkFailed();
			}
		});
		ChannelInternals.closeWithin(ctx.channel(), REFUSED_MILLIS);
	}

	/** Closes a client that is sent a message although it waits for an answer. */
	@Override
	public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
		if (message instanceof HttpObject) {
			ctx.write(message, promise);
			return;
		}
		ReferenceCountUtil.release(message);
		promise.tryFailure(new ClosedChannelException());
		if (this.state == State.REQUEST) {
			end(ctx, UpgradeResult.MALFORMED, "the server has sent a message before its request was complete");
		}
	}

	@Override
	public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
		if (event instanceof ChannelInputShutdownEvent && this.state != State.ANSWER) {
			ctx.close();
		}
		else {
			ctx.fireUserEventTriggered(event);
		}
	}

	@Override
	public void channelInactive(ChannelHandlerContext ctx) {
		cancelTimer();
		this.early.forEach(ReferenceCountUtil::release);
		this.early.clear();
		if (this.question != null) {
			this.question.withdraw();
		}
		if (this.state == State.REQUEST || this.state == State.QUESTION) {
			this.state = State.REFUSED;
			this.context.upgrades().aborted(ctx.channel(), this.link.owner().resultOfClose());
		}
		if (this.admission == null) {
			ctx.fireChannelInactive();
		}
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
		if (this.admission == null) {
			ctx.fireExceptionCaught(cause);
		}
		else {
			ctx.close();
		}
	}

	/** The states of a handler, see there. */
	private enum State {

		REQUEST, QUESTION, ANSWER, REFUSED

	}

}

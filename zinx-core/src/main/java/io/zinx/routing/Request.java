package io.zinx.routing;

import java.util.Objects;
import java.util.concurrent.CompletionStage;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.zinx.connection.Connection;
import io.zinx.connection.SendFailedException;
import io.zinx.connection.SendResult;
import io.zinx.message.Body;
import io.zinx.message.Message;
import org.jspecify.annotations.Nullable;

/**
 * One message that was received, and the connection it came from. A new object for each
 * message, so it may be kept.
 * <p>
 * Its body is in the buffer that was read from the socket. It can be read while the
 * router handles the request, on that thread; code that needs it later copies it, with
 * {@link #body()} or {@link #copy()}. Methods that change the request, such as
 * {@link #abort()}, {@link #goTo} and {@link #next()}, are for that thread only.
 */
public final class Request extends RequestAttributes {

	/** The most jumps with {@link #goTo}. */
	static final int MAX_JUMPS = 100;

	private static final RouterFunction[] NO_FUNCTIONS = {};

	private static final HandleStep[] STEPS = HandleStep.values();

	/** No step: functions handle the request, not the methods of a router. */
	private static final byte NO_STEP = -1;

	/** No step: the request was made by hand, or is a copy. */
	private static final byte DETACHED = -2;

	private final Connection connection;

	private final int msgId;

	/** The functions that handle it, and the index of the next one. */
	private RouterFunction[] functions = NO_FUNCTIONS;

	private int nextFunction;

	/** The next method of the router, as its ordinal. */
	private byte nextStep = NO_STEP;

	private byte jumps;

	private boolean aborted;

	Request(Connection connection, long msgId, ByteBuf buffer, int bodyIndex, int bodyLength) {
		super(buffer, bodyIndex, bodyLength);
		this.connection = connection;
		this.msgId = (int) msgId;
	}

	/**
	 * Create a request for the test of a router. Its body can be read at any time.
	 * @param connection the connection it comes from
	 * @param msgId the message number, 0 to 4294967295
	 * @param body the body, not copied
	 * @return the request
	 */
	public static Request of(Connection connection, long msgId, byte[] body) {
		Objects.requireNonNull(connection, "connection");
		Request request = new Request(connection, Message.requireMsgId(msgId), Unpooled.wrappedBuffer(body), 0,
				body.length);
		request.nextStep = DETACHED;
		return request;
	}

	/**
	 * The connection the message came from.
	 * @return the connection
	 */
	public Connection connection() {
		return this.connection;
	}

	/**
	 * The message number.
	 * @return 0 to 4294967295
	 */
	public long msgId() {
		return Integer.toUnsignedLong(this.msgId);
	}

	/**
	 * The complete frame as it was received, with head and tail of the wire format.
	 * @return a new array at each call
	 * @throws IllegalStateException if the request was already handled, or has no frame
	 * because it is a copy, was created by {@link #of} or was changed by an interceptor
	 */
	public byte[] frame() {
		byte[] frame = frame(this.connection.codec());
		if (frame == null) {
			throw new IllegalStateException(
					this + " has a body and no frame: only a request as it was received has one");
		}
		return frame;
	}

	/**
	 * Send a message back, as {@link Connection#send(long, byte[])}.
	 * @param msgId the message number, 0 to 4294967295
	 * @param body the body
	 * @return the result, never {@link SendResult#UNSENDABLE}
	 * @throws SendFailedException if it can never be sent, because it is longer than
	 * {@code zinx.outbound.max-bytes} or the wire format cannot express it; if the router
	 * does not catch it, the message counts as failed
	 */
	public SendResult reply(long msgId, byte[] body) {
		return SendFailedException.requireSendable(this.connection, msgId, this.connection.send(msgId, body));
	}

	/**
	 * Send a body back that writes itself, as {@link #reply(long, byte[])}. An echo is
	 * {@code request.reply(1, request)}.
	 * @param msgId the message number, 0 to 4294967295
	 * @param body the body
	 * @return the result, never {@link SendResult#UNSENDABLE}
	 * @throws SendFailedException if it can never be sent
	 */
	public SendResult reply(long msgId, Body body) {
		return SendFailedException.requireSendable(this.connection, msgId, this.connection.send(msgId, body));
	}

	/**
	 * Send a text back in UTF-8, as {@link #reply(long, byte[])}.
	 * @param msgId the message number, 0 to 4294967295
	 * @param text the body
	 * @return the result, never {@link SendResult#UNSENDABLE}
	 * @throws SendFailedException if it can never be sent
	 */
	public SendResult reply(long msgId, String text) {
		return SendFailedException.requireSendable(this.connection, msgId, this.connection.send(msgId, text));
	}

	/**
	 * End the handling of this request behind the function that runs now: no later
	 * {@link RouterFunction} is called, and no later method of a {@link Router},
	 * {@link Router#postHandle} included. Functions that wait in {@link #next()}
	 * continue. If an interceptor calls it, neither middleware nor router gets the
	 * message. Cannot be undone.
	 */
	public void abort() {
		this.aborted = true;
	}

	/**
	 * Return whether {@link #abort()} was called.
	 * @return {@code true} once it was
	 */
	public boolean isAborted() {
		return this.aborted;
	}

	/**
	 * Choose the method of the {@link Router} that is called when the current one has
	 * returned; the methods after it follow in order. The last call counts. Going back is
	 * allowed; after 100 calls for one message this method throws, which ends endless
	 * loops. No effect once aborted, and on a copy or a request created by {@link #of}.
	 * @param step the method to call next
	 * @throws IllegalStateException if called too often, or by a {@link RouterFunction}
	 * or {@link Interceptor}, which has no steps
	 */
	@SuppressWarnings("EnumOrdinal")
	public void goTo(HandleStep step) {
		Objects.requireNonNull(step, "step");
		if (this.nextStep == DETACHED) {
			return;
		}
		if (this.nextStep == NO_STEP) {
			throw new IllegalStateException("goTo(" + step + ") for " + this
					+ " is possible only inside a Router: functions and interceptors have no steps");
		}
		if (this.jumps == MAX_JUMPS) {
			throw new IllegalStateException(
					"goTo(" + step + ") for " + this + " was called " + MAX_JUMPS + " times before: an endless loop?");
		}
		this.jumps++;
		this.nextStep = (byte) step.ordinal();
	}

	/**
	 * Run the functions behind the current one, and the router, if there is one, and
	 * return when they have returned. Has no effect if there are none, if they have run,
	 * or if the request was aborted. For a {@link RouterFunction} that has work to do
	 * after the others; without this call they run when the function has returned.
	 * @throws Exception the exception of one of them; those behind it do not run
	 */
	public void next() throws Exception {
		RouterFunction[] all = this.functions;
		try {
			while (!this.aborted && this.nextFunction < all.length) {
				all[this.nextFunction++].handle(this);
			}
		}
		catch (Throwable ex) {
			this.nextFunction = all.length;
			throw ex;
		}
	}

	/**
	 * Make the end of this message depend on a stage: the message is handled when the
	 * stage has completed. After router, middleware and interceptors have returned, the
	 * connection waits for the stage without holding a thread; until then no later
	 * message, listener or task of the connection runs. If the stage fails, or does not
	 * complete within {@code zinx.async-timeout}, the message counts as failed and the
	 * connection continues; a later completion is ignored, but replies can still be sent.
	 * {@link Router#postHandle} does not wait for the stage. To be called once for each
	 * request, on the thread that handles it; no effect if the handler throws afterwards,
	 * and on a copy. The code that completes the stage cannot read the body: call
	 * {@link #body()} before.
	 * @param answer the stage; its value is not used
	 * @throws IllegalStateException if the request was handled, or has a stage
	 */
	public void answerLater(CompletionStage<?> answer) {
		Objects.requireNonNull(answer, "answer");
		buffer();
		if (!extras().answer(answer)) {
			throw new IllegalStateException(this + " already has a stage to wait for: combine the stages");
		}
	}

	/**
	 * Take the stage to wait for, which is the caller's from now on.
	 * @return the stage, or {@code null} if there is none
	 */
	@Nullable CompletionStage<?> takeAnswer() {
		RequestExtras extras = extrasIfAny();
		return (extras != null) ? extras.takeAnswer() : null;
	}

	/**
	 * Copy this request for use on another thread, or after it was handled. The copy has
	 * a body and attributes of its own and the same connection, so it can send replies at
	 * any time. It is not part of the handling: {@link #abort()}, {@link #goTo} and
	 * {@link #next()} have no effect on it. A copy, too, is for one thread at a time.
	 * @return a new request, whose body can be read at any time
	 * @throws IllegalStateException if the request was handled already
	 */
	public Request copy() {
		return withContent(msgId(), body());
	}

	/**
	 * Create a request for the same message with another body, for
	 * {@link Interceptor.Chain#proceed}. This request does not change.
	 * @param body the body, not copied
	 * @return a new request with the same connection and number and a copy of the
	 * attributes, whose body can be read at any time
	 */
	public Request withBody(byte[] body) {
		return withMessage(msgId(), body);
	}

	/**
	 * Create a request for another message of the same connection, for
	 * {@link Interceptor.Chain#proceed}. This request does not change.
	 * @param msgId the message number, 0 to 4294967295
	 * @param body the body, not copied
	 * @return a new request with the same connection and a copy of the attributes, whose
	 * body can be read at any time
	 * @throws IllegalArgumentException if {@code msgId} is out of range
	 */
	public Request withMessage(long msgId, byte[] body) {
		Request request = withContent(msgId, body);
		request.extras().replaces(this);
		return request;
	}

	private Request withContent(long msgId, byte[] body) {
		Request request = of(this.connection, msgId, body);
		RequestExtras extras = extrasIfAny();
		if (extras != null) {
			request.extras().attributes().putAll(extras.attributes());
		}
		return request;
	}

	/**
	 * Call the methods of a router.
	 * @param router the router
	 * @throws Exception the exception of one of the methods
	 */
	void run(Router router) throws Exception {
		if (router instanceof FunctionRouter functions) {
			functions.handle(this);
			return;
		}
		byte outerStep = this.nextStep;
		this.nextStep = 0;
		try {
			while (this.nextStep < STEPS.length && !this.aborted) {
				switch (STEPS[this.nextStep++]) {
					case PRE_HANDLE -> router.preHandle(this);
					case HANDLE -> router.handle(this);
					case POST_HANDLE -> router.postHandle(this);
				}
			}
		}
		finally {
			this.nextStep = outerStep;
		}
	}

	/**
	 * Call functions in order. A router or function that passes the request on to another
	 * route may call those of that route.
	 * @param functions the functions, in order
	 * @throws Exception what one of them threw
	 */
	void run(RouterFunction[] functions) throws Exception {
		RouterFunction[] outerFunctions = this.functions;
		int outerNext = this.nextFunction;
		byte outerStep = this.nextStep;
		this.functions = functions;
		this.nextFunction = 0;
		this.nextStep = NO_STEP;
		try {
			next();
		}
		finally {
			this.functions = outerFunctions;
			this.nextFunction = outerNext;
			this.nextStep = outerStep;
		}
	}

	/**
	 * Count the message as failed, although its exception was caught.
	 */
	void fail(Throwable failure) {
		extras().failure(failure);
	}

	@Nullable Throwable failure() {
		RequestExtras extras = extrasIfAny();
		return (extras != null) ? extras.failure() : null;
	}

	@Override
	public String toString() {
		return "Request of message " + msgId() + " (" + bodyLength() + " bytes) from connection "
				+ this.connection.connId();
	}

}
